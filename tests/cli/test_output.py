"""What stands behind -o is what is written: its ending is kept or refused, and "-" is standard output."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import Run

MEETING = ("--meeting", "2026-12-09")


@pytest.mark.parametrize(
    "command",
    [
        ("print",), ("print", "--report", "plan"), ("print", "--report", "strategies"),
        ("print", "--report", "one-page"),
        ("print", "--report", "packet", *MEETING), ("print", "--report", "agenda", *MEETING), ("export",),
        ("export", "--to", "plan"), ("export", "--audience", "public"),
    ],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.parametrize("name", ["x.docx", "x.PDFX", "x.txt", "x.html", "x.7z"])
def test_an_ending_of_another_kind_is_refused_and_nothing_is_written(
    run: Run, imported: Path, tmp_path: Path, command: tuple[str, ...], name: str
) -> None:
    said = run(command[0], imported, *command[1:], "-o", tmp_path / name)
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert name in said.err
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("report", ["packet", "plan", "one-page", "goal-brief", "minutes", "policy", "agenda"])
def test_a_text_is_no_table(run: Run, imported: Path, tmp_path: Path, report: str) -> None:
    said = run("print", imported, "--report", report, *MEETING, "-o", tmp_path / "x.xlsx")
    assert said.code == 2
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize("report", ["plan", "outline"])
def test_a_dash_is_standard_output(imported: Path, tmp_path: Path, report: str) -> None:
    command = [sys.executable, "-m", "planstudio", "print", str(imported), "--report", report, "-o", "-"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=300)
    assert said.stdout.startswith(b"%PDF")
    assert said.stdout.rstrip().endswith(b"%%EOF"), "nothing is said among the bytes"
    assert b"page" in said.stderr
    assert not (tmp_path / "-").exists()


def test_json_goes_to_standard_output_for_whoever_reads_on(run: Run, imported: Path) -> None:
    said = run("export", imported, "-o", "-")
    assert json.loads(said.out)["format"] == "planstudio"
    assert said.err == "Wrote -\n"


@pytest.mark.parametrize("name", ["new.docx", "-"])
def test_no_plan_is_made_under_another_name(run: Run, tmp_path: Path, name: str) -> None:
    said = run("new", name if name == "-" else tmp_path / name)
    assert said.code == 2
    assert ".planstudio" in said.err
    assert not (tmp_path / name).exists()


def test_a_name_with_a_date_or_without_an_ending_is_a_name(run: Run, imported: Path, tmp_path: Path) -> None:
    for name in ("Packet 10.14", "packet", "Packet Rev. 2"):
        assert run("print", imported, "--report", "outline", "-o", tmp_path / name).code == 0
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")


def test_a_clean_copy_from_the_command_line_is_a_plan(run: Run, imported: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.planstudio"
    assert run("export", imported, "--to", "plan", "-o", copy).out == f"Wrote {copy}\n"
    assert "Otter Creek" in run("show", copy).out
    assert run("export", imported, "--to", "plan", "-o", copy).code == 2, "a plan is never replaced"
    assert "audience" not in run("show", imported, "--json", "--audience", "public").err
    assert run("show", imported, "--audience", "public", "--as-of", "2026-01-01").code == 2
