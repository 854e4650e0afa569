"""What the faults need: a disk that can be filled, and a line in the report that says how hard they bit."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Tell = Callable[[str], None]
# Processes are forked, stopped and limited here: what Windows has no word for.
collect_ignore_glob = [] if os.name == "posix" else ["test_*.py"]


@pytest.fixture
def tell(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Tell:
    """Say in the run's report what was met: a fault test that met nothing proves nothing."""

    def say(words: str) -> None:
        record_property("met", words)
        plugins = request.config.pluginmanager
        with plugins.get_plugin("capturemanager").global_and_fixture_disabled():
            plugins.get_plugin("terminalreporter").write_line(f"\n{request.node.name}: {words}")

    return say


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, mounted in memory."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    folder = tmp_path / "small disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=False, capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
