"""What comes from outside the program: names of any bytes, devices, pipes, and no console at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planstudio.cli import main

posix = pytest.mark.skipif(os.name != "posix", reason="devices, pipes and names of any bytes")
PLAN_TEXT = "Goal 1: Read well\n\nStrategy 1.1: Hire a coach\n"
BARE = {"PATH": os.environ.get("PATH", ""), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)}


def started(*words: str | bytes | Path, data: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program as a process in an environment that holds nothing but *environment*; it writes no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "planstudio", *words], stdin=subprocess.DEVNULL, capture_output=True, check=False,
        env=BARE | {"PLANSTUDIO_DATA": str(data)} | environment,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr, done.stderr.decode("utf-8", "replace")
    assert done.returncode in (0, 2), done
    assert not [c for c in done.stdout + done.stderr if c < 32 and c not in b"\n\t"], "a command for the terminal"
    return done


@posix
@pytest.mark.parametrize("kind", ["device", "pipe", "link"])
def test_a_device_or_a_pipe_is_refused_and_not_waited_for(kind: str, tmp_path: Path, data: Path) -> None:
    path = Path("/dev/zero")
    if kind == "pipe":
        os.mkfifo(path := tmp_path / "pipe.txt")
    elif kind == "link":
        (path := tmp_path / "link.txt").symlink_to("/dev/zero")
    for how in (["--dry-run"], ["--into", tmp_path / "new.planstudio"]):
        done = started("import", path, *how, data=data)
        assert done.returncode == 2
        assert b"is a device or a pipe, not a file" in done.stderr
    assert not (tmp_path / "new.planstudio").exists()
    assert started("show", path, data=data).returncode == 2


@posix
@pytest.mark.parametrize(
    ("name", "locale"),
    [
        (b"caf\xc3\xa9\xe9", {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        (b"\x1b]0;owned\x07\x1b[2J\nplanstudio: saved.\xff", {"LC_ALL": "C"}),
    ],
)
def test_every_name_goes_through_every_command_in_every_locale(
    name: bytes, locale: dict[str, str], tmp_path: Path, data: Path
) -> None:
    folder = os.fsencode(tmp_path)
    document, plan = folder + b"/" + name + b".txt", folder + b"/" + name + b".planstudio"
    pdf = folder + b"/" + name + b".pdf"
    with open(document, "wb") as file:
        file.write(PLAN_TEXT.encode())
    for words in (
        ("import", document, "--into", plan),
        ("export", plan, "-o", pdf + b".json"), ("print", plan, "-o", pdf), ("history", plan, "--json"),
    ):  # fmt: skip
        done = started(*words, data=data, **locale)
        assert done.returncode == 0, (words, done.stderr)
    assert os.path.exists(pdf)
    for words in (("open", folder + b"/gone " + name), ("print", plan, "-o", folder)):
        done = started(*words, data=data, **locale)
        assert done.returncode == 2
        assert done.stderr.count(b"\n") == 1, "one sentence, one line"


def test_a_computer_without_home_and_language_prints_the_demo(tmp_path: Path, data: Path) -> None:
    done = started("demo", "--print-only", tmp_path / "demo", data=data, TZ="Pacific/Chatham", LC_ALL="C")
    assert (tmp_path / "demo" / "juniper-flats-packet.pdf").stat().st_size > 10_000
    assert os.fsencode(tmp_path / "demo" / "juniper-flats-packet.pdf") in done.stdout


@pytest.mark.parametrize("name", ["minutes.pdf", "minutes.json"])
def test_what_is_no_former_print_is_replaced_only_by_force(
    name: str, imported: Path, run, done, tmp_path: Path
) -> None:
    command = ("print", imported, "-o") if name.endswith("pdf") else ("export", imported, "-o")
    target = tmp_path / name
    target.write_text("Minutes of the last meeting")
    assert "--force" in run(*command, target).err
    assert target.read_text() == "Minutes of the last meeting"
    done(*command, target, "--force")
    printed = target.read_bytes()
    assert not printed.startswith(b"Minutes")
    done(*command, target)
    shutil.copy(imported, target)
    assert "is a plan" in run(*command, target, "--force").err


def test_another_plan_is_told_beside_what_was_asked_for(imported: Path, run, done, tmp_path: Path) -> None:
    done("new", tmp_path / "Beta.planstudio", "--organization", "Beta District")
    (tmp_path / "Beta.planstudio").replace(imported)
    os.utime(imported, ns=(5, 5))
    told = run("show", imported)
    assert "Beta District" in told.out
    assert "is another plan than the one that stood here before" in told.err
    kept = Path(told.err.strip().rpartition("The former work is kept: ")[2])
    assert kept.is_file()
    assert "another plan, which stood here before" in done("restore", imported).out
    done("restore", imported, kept.name)
    assert "Beta District" not in done("show", imported).out


# Without a console.

_MUTE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from planstudio import app
shown = []
QMessageBox.exec = lambda box: shown.append(box.text()) or 0
app.has_display = lambda: True
out, sys.stdin, sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__ = sys.stdout, *[None] * 5
{prepare}
from planstudio.__main__ import main
try:
    code = main({words!r})
except SystemExit as ended:
    code = ended.code
out.write(repr((code, shown)))
out.flush()
"""
_QUIT = """
import planstudio.gui.window as shown_window
show = shown_window.Window.show
shown_window.Window.show = lambda window: (show(window), QTimer.singleShot(300, window.close))[0]
"""


def mute(words: list[str], data: Path, prepare: str = "") -> tuple[int, list[str]]:
    """The exit code, and what windows said, of a program that was started without streams."""
    done = subprocess.run(
        [sys.executable, "-c", _MUTE.format(prepare=prepare, words=words)], capture_output=True, check=False,
        env=os.environ | {"PLANSTUDIO_DATA": str(data)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    code, told = eval(done.stdout.decode())
    return code, told


def test_quitting_without_streams_raises_nothing(imported: Path, data: Path) -> None:
    assert mute(["open", str(imported)], data, _QUIT) == (0, [])


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["gone.planstudio"], "gone.planstudio"),
        (["open", "a", "b"], "unrecognized arguments"),
        (["print"], "--output"),
        (["--version"], "planstudio "),
        (["show", "--help"], "--as-of"),
    ],
)
def test_a_refusal_without_streams_is_told_in_a_window(words: list[str], part: str, data: Path) -> None:
    code, told = mute(words, data)
    assert code == (0 if words[-1] in ("--version", "--help") else 2)
    assert len(told) == 1
    assert part in told[0]


def test_a_command_without_streams_does_its_work(imported: Path, tmp_path: Path, data: Path) -> None:
    code, told = mute(["print", str(imported), "-o", str(tmp_path / "a.pdf")], data)
    assert (code, told) == (0, [])
    assert (tmp_path / "a.pdf").exists()


def test_the_log_holds_no_command_for_a_terminal(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    assert main(["\x1b[2Jgone\nplan"]) == 2
    log = (data / "logs" / "planstudio.log").read_bytes()
    assert b"gone" in log
    assert b"\x1b" not in log
