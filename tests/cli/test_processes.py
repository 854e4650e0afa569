"""Commands as processes of their own: exit codes, pipes, other letters, and a plan that is open elsewhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.conftest import Run

COMMAND = [sys.executable, "-m", "planstudio"]


def _run(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *map(str, words)], capture_output=True, timeout=600, env=os.environ | environment, check=False
    )


def test_the_version_is_told_and_nothing_big_is_loaded() -> None:
    code = "import sys; from planstudio.cli import main\ntry: main(['--version'])\nfinally: print(sorted(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=600, check=True).stdout
    assert out.startswith("planstudio 0.1.0\n")
    loaded = {name.split(".")[0] for name in json.loads(out.splitlines()[1].replace("'", '"'))}
    assert "planstudio" in loaded
    assert not loaded & {"PySide6", "reportlab", "alembic", "openpyxl", "PIL", "babel", "pypdfium2", "markdown_it"}


def test_a_refusal_is_exit_code_2_and_one_line_on_stderr(tmp_path: Path) -> None:
    done = _run("show", tmp_path / "nothing.planstudio")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == f"planstudio: There is no file at {tmp_path / 'nothing.planstudio'}.\n"


def test_every_letter_comes_out_whatever_the_terminal_speaks(tmp_path: Path, done: Run) -> None:
    name = "Hmoob Kev Cai · Nuñez · Việt · Школа · 日本"
    done("new", tmp_path / "a.planstudio", "--organization", name)
    for encoding in ("ascii", "cp1252", "utf-8"):
        out = _run("show", tmp_path / "a.planstudio", "--json", PYTHONIOENCODING=encoding).stdout
        assert json.loads(out.decode("utf-8"))["organization"] == name


def test_a_reader_who_has_had_enough_gets_no_complaint(imported: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "show", str(imported), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    try:
        assert process.wait(60) == 0
        assert process.stderr.read() == b""
    finally:
        process.stderr.close()


def test_no_bar_is_drawn_into_a_pipe(imported: Path, tmp_path: Path) -> None:
    done = _run("print", imported, "-o", tmp_path / "packet.pdf")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.fixture
def _open_elsewhere(imported: Path) -> Iterator[None]:
    """Another process has the plan open, with a step that it has not published yet."""
    code = f"""
from pathlib import Path
from planstudio.app import open_workspace
from planstudio.operations.plans import edit_plan
from planstudio.queries.plans import current_plan
workspace = open_workspace(Path({str(imported)!r}))
workspace.do("Rename", edit_plan, workspace.ask(current_plan), title="Not published yet")
print("open", flush=True)
input()
workspace.close()
"""
    other = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdin is not None
    assert other.stdout is not None
    assert other.stdout.readline() == b"open\n"
    yield
    other.communicate(b"\n", timeout=600)
    assert other.returncode == 0


@pytest.mark.usefixtures("_open_elsewhere")
def test_a_plan_that_is_open_elsewhere_is_shown_as_its_file_is(imported: Path, run: Run, tmp_path: Path) -> None:
    said = run("show", imported)
    assert (said.code, said.err) == (0, "")
    assert "Dig a pool" in said.out
    assert "Not published yet" not in said.out
    assert run("history", imported).code == 0
    assert run("check", imported).code == 0
    assert run("export", imported, "-o", tmp_path / "a.json").code == 0


@pytest.mark.usefixtures("_open_elsewhere")
@pytest.mark.parametrize("command", ["undo", "redo"])
def test_a_plan_that_is_open_elsewhere_is_not_changed(command: str, imported: Path, page: Path, run: Run) -> None:
    for said in (run(command, imported), run("import", page, "--into", imported), run("restore", imported, "newest")):
        assert said.code == 2
        assert "otter.planstudio is already open in another Plan Studio window" in said.err


def test_what_was_not_published_is_shown_once_the_other_is_gone(imported: Path, done: Run) -> None:
    code = f"""
import os
from pathlib import Path
from planstudio.app import open_workspace
from planstudio.operations.plans import edit_plan
from planstudio.queries.plans import current_plan
workspace = open_workspace(Path({str(imported)!r}))
workspace.do("Rename", edit_plan, workspace.ask(current_plan), title="Not published yet")
os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=600, check=False).returncode == 9
    assert "Not published yet" in done("show", imported).out
    assert done("undo", imported).out == "Undid “Rename”\n"
