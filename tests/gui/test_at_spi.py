"""The window as AT-SPI gives it to Orca: a process of its own that is walked while it changes, and stays alive."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BUS = Path("/usr/libexec/at-spi-bus-launcher")
SYSTEM = Path("/usr/bin/python3")


def missing() -> str:
    """What this computer lacks to listen with; "" for nothing."""
    for name in ("Xvfb", "dbus-run-session"):
        if shutil.which(name) is None:
            return name
    if not BUS.exists() or not SYSTEM.exists():
        return "at-spi2-core and a Python of the system"
    asked = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    has = subprocess.run([SYSTEM, "-c", asked], env={"PATH": os.environ["PATH"]}, capture_output=True, check=False)
    return "" if has.returncode == 0 else "python3-gi and gir1.2-atspi-2.0"


def test_a_screen_reader_walks_the_window_while_it_changes(tmp_path: Path) -> None:
    if lacks := missing():
        pytest.skip(f"needs {lacks}")
    program = [sys.executable, str(HERE / "at_spi_window.py"), str(tmp_path)]
    env = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path), "LANG": "C.UTF-8",
        "PLANSTUDIO_DATA": str(tmp_path), "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }  # fmt: skip
    ear = [
        "dbus-run-session",
        "--",
        "env",
        "-u",
        "PYTHONPATH",
        SYSTEM,
        HERE / "at_spi_ear.py",
        BUS,
        "Undone: Add a goal.",
    ]
    ran = subprocess.run(
        [*ear, "env", f"PYTHONPATH={env['PYTHONPATH']}", *program], env=env, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    heard = json.loads(ran.stdout.splitlines()[-1])
    assert heard["alive"], ran.stderr
    assert heard["walks"] > 1
    met = heard["met"]
    assert met["heading named level 1"] > 1
    assert met["heading named level 2"] > 1
    assert met["combo box named pressed"] > 1
    assert met["push button named pressed"] > 1
    gone = met.get("push button nameless pressed", 0)  # the name of what goes while it is asked for is empty
    assert gone * 20 < met["push button named pressed"]
    assert "Add a goal: done." in " ".join(heard["announced"])
    assert "Undone: Add a goal." in " ".join(heard["announced"])
