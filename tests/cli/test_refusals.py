"""What cannot be done ends with exit code 2 and one sentence; nothing is left behind and nothing is a traceback."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cli.conftest import Run, Said
from planstudio import app
from planstudio.cli import main


def _refused(said: Said, *words: str) -> None:
    assert said.code == 2, said
    assert said.err.startswith("planstudio"), said.err
    assert said.err.endswith(".\n"), said.err
    assert said.err.count("\n") == 1, said.err
    assert "Traceback" not in said.err
    for one in words:
        assert one in said.err


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A folder of things that are no plan and no document."""
    folder = tmp_path / "bad"
    (folder / "folder.planstudio").mkdir(parents=True)
    (folder / "words.planstudio").write_text("Our mission is to teach every child.\n" * 20)
    (folder / "empty.planstudio").write_bytes(b"")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\n\t\n")
    (folder / "report.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")
    (folder / "letter.docx").write_bytes(b"PK\x03\x04\x14\x00\x06\x00")
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "slip.json").write_text('{"format": "planstudio",')
    (folder / "other.json").write_text('{"mission": ["We teach."]}')
    (folder / "wrong.json").write_text(
        json.dumps({"format": "planstudio", "version": 1, "plans": [{"goals": [{"deadline": "soon"}]}]})
    )
    with closing(sqlite3.connect(folder / "foreign.planstudio")) as connection:
        connection.execute("CREATE TABLE goal (id)")
        connection.commit()
    return folder


READERS = ("show", "history", "check")
WRITERS = ("undo", "redo")
NO_PLAN = [
    ("nothing.planstudio", "There is no file at"),
    ("folder.planstudio", "is a folder"),
    ("words.planstudio", "is not a Plan Studio plan"),
    ("empty.planstudio", "is not a Plan Studio plan"),
    ("foreign.planstudio", "is not a Plan Studio plan"),
    ("report.pdf", "is not a Plan Studio plan"),
]


@pytest.mark.parametrize(("name", "words"), NO_PLAN)
@pytest.mark.parametrize("command", READERS + WRITERS)
def test_what_is_no_plan_is_not_opened(command: str, name: str, words: str, bad: Path, run: Run) -> None:
    before = sorted(bad.rglob("*"))
    _refused(run(command, bad / name), words)
    assert sorted(bad.rglob("*")) == before


@pytest.mark.parametrize(("name", "words"), NO_PLAN)
def test_nothing_is_printed_or_exported_of_what_is_no_plan(name: str, words: str, bad: Path, run: Run) -> None:
    _refused(run("print", bad / name, "-o", bad / "out.pdf"), words)
    _refused(run("export", bad / name, "-o", bad / "out.json"), words)
    assert not list(bad.glob("out*"))


@pytest.mark.parametrize(("name", "words"), NO_PLAN[1:])
def test_nothing_is_imported_into_what_is_no_plan(name: str, words: str, bad: Path, page: Path, run: Run) -> None:
    target = bad / name
    before = target.read_bytes() if target.is_file() else None
    _refused(run("import", page, "--into", target), words)
    assert (target.read_bytes() if target.is_file() else None) == before


DOCUMENTS = [
    ("nothing.txt", "nothing.txt cannot be read: No such file or directory"),
    ("folder.planstudio", "folder.planstudio cannot be read: Is a directory"),
    ("report.pdf", "report.pdf: This kind of file cannot be brought in yet"),
    ("letter.docx", "letter.docx: This kind of file"),
    ("noise.txt", "noise.txt: This kind of file"),
    ("foreign.planstudio", "foreign.planstudio: This kind of file"),
    ("slip.json", "This is not JSON"),
    ("other.json", '"format": "planstudio"'),
]


@pytest.mark.parametrize(("name", "words"), DOCUMENTS)
def test_a_document_that_cannot_be_read_is_named_and_nothing_is_made(
    name: str, words: str, bad: Path, page: Path, run: Run
) -> None:
    for documents in ([bad / name], [page, bad / name]):
        _refused(run("import", *documents, "--into", bad / "new.planstudio"), words)
        assert not (bad / "new.planstudio").exists()
    _refused(run("import", "--dry-run", "--json", bad / name), words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty.txt", "empty.txt: nothing of a plan was recognised"),
        ("blank.txt", "blank.txt: nothing of a plan was recognised"),
        ("wrong.json", "plans[0].goals[0].deadline: “soon” is not a date like 2026-10-14"),
    ],
)
def test_an_import_that_fails_leaves_no_plan_and_a_plan_as_it_was(
    name: str, words: str, bad: Path, imported: Path, run: Run
) -> None:
    _refused(run("import", bad / name, "--into", bad / "new.planstudio"), words)
    _refused(run("show", bad / "new.planstudio"), "There is no file at")
    _refused(run("export", bad / "new.planstudio", "-o", bad / "new.json"), "There is no file at")
    assert not (bad / "new.planstudio").exists()
    before = run("show", imported, "--json").out
    _refused(run("import", bad / name, "--into", imported), words)
    assert run("show", imported, "--json").out == before
    (bad / name).write_text("# Our Mission\n\nWe teach every child.\n")
    (bad / name).rename(bad / "page.md")
    assert run("import", bad / "page.md", "--into", bad / "new.planstudio").code == 0, "the next try works"


def test_an_import_needs_a_plan_to_go_into(page: Path, run: Run) -> None:
    _refused(run("import", page), "Say which plan to add to, with --into PLAN.")


def test_a_complete_json_has_no_dry_run(tmp_path: Path, run: Run) -> None:
    (tmp_path / "plan.json").write_text('{"format": "planstudio", "version": 1}')
    _refused(run("import", "--dry-run", tmp_path / "plan.json"), "is complete JSON: import it without --dry-run")


@pytest.mark.parametrize(
    "when",
    [
        "yesterday",
        "2026-13-01",
        "14.10.2026",
        "2026-10-14T25:00",
        "0001-01-01",
        " ",
        "2026-W99-1",
    ],
)
def test_a_moment_that_is_none_is_told(when: str, imported: Path, run: Run, tmp_path: Path) -> None:
    said = run("show", imported, "--as-of", when)
    if said.code == 0:
        pytest.fail(f"{when} was taken for a moment: {said.out[:80]}")
    _refused(said)
    _refused(run("print", imported, "-o", tmp_path / "x.pdf", "--as-of", when))
    assert not (tmp_path / "x.pdf").exists()


def test_a_policy_that_the_plan_does_not_have_is_told(imported: Path, run: Run, tmp_path: Path) -> None:
    _refused(
        run("print", imported, "-o", tmp_path / "x.pdf", "--policies", "1800,5145"), "The plan has no policy 1800."
    )
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("missing/out", "cannot be written: No such file or directory"),
        ("bad", "is a folder"),
        (".", "is a folder"),
        ("", "is a folder"),
        ("page.md/out", "cannot be written: Not a directory"),
        ("otter.planstudio", "would take a plan's place"),
        ("OTHER.PLANSTUDIO", "would take a plan's place"),
        ("x" * 300, "cannot be written: File name too long"),
    ],
)
def test_a_place_that_cannot_be_written_to_is_told(
    target: str, words: str, imported: Path, bad: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    _refused(run("export", imported, "-o", target), words)
    _refused(run("print", imported, "-o", target), words)
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_does_not_let_us_write_is_told(imported: Path, run: Run, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    _refused(run("print", imported, "-o", locked / "x.pdf"), "Permission denied")
    _refused(run("new", locked / "x.planstudio"), "does not let this program write")


def test_new_does_not_replace_a_plan(imported: Path, run: Run) -> None:
    before = run("show", imported).out
    _refused(run("new", imported), "otter.planstudio exists already. Choose another name.")
    assert run("show", imported).out == before


def test_a_name_that_no_disk_takes_is_told(tmp_path: Path, run: Run) -> None:
    _refused(run("new", tmp_path / f"{'z' * 260}.planstudio"), "is too long for this disk. Choose a shorter one.")


def test_new_needs_a_folder(tmp_path: Path, run: Run) -> None:
    _refused(run("new", tmp_path / "missing" / "x.planstudio"), "There is no folder")


def test_a_title_of_a_megabyte_makes_no_plan(tmp_path: Path, run: Run) -> None:
    _refused(run("new", tmp_path / "x.planstudio", "--title", "x" * 2**20), "room for 1,000 characters")
    assert not (tmp_path / "x.planstudio").exists()


@pytest.mark.parametrize("name", ["20200101-000000-1.planstudio", "newest", "../otter.planstudio", "/etc/passwd"])
def test_a_backup_that_is_not_there_is_told(name: str, tmp_path: Path, run: Run) -> None:
    _refused(run("restore", tmp_path / "never.planstudio", name), "There is no backup called")


def test_the_demo_does_not_write_over_a_file(page: Path, run: Run) -> None:
    _refused(run("demo", "--print-only", page), "File exists")


@pytest.mark.parametrize(
    "words",
    [
        ("show",),
        ("show", "a", "b"),
        ("print", "a.planstudio"),
        ("print", "a.planstudio", "-o", "x.pdf", "--report", "poem"),
        ("print", "a.planstudio", "-o", "x.pdf", "--paper", "a3"),
        ("export", "a.planstudio", "-o", "x", "--to", "docx"),
        ("history", "a.planstudio", "--limit", "many"),
        ("import",),
        ("--nonsense",),
        ("show", "a.planstudio", "--nonsense"),
    ],
)
def test_a_slip_of_the_keyboard_points_at_the_help(words: tuple[str, ...], run: Run) -> None:
    said = run(*words)
    _refused(said)
    assert "--help." in said.err
    assert said.out == ""


def test_a_plan_that_was_altered_inside_is_not_sound(imported: Path, run: Run, data: Path) -> None:
    """A row that the history does not explain is found by `check`, and by its exit code."""
    import shutil

    shutil.rmtree(data)
    with closing(sqlite3.connect(imported)) as connection:
        connection.execute("DELETE FROM strategy WHERE text LIKE 'Dig%'")
        connection.commit()
    said = run("check", imported)
    _refused(said, "is not sound. Restore its last good copy.")
    assert said.out.startswith("! ")


def test_an_error_of_the_system_is_one_sentence(monkeypatch: pytest.MonkeyPatch, imported: Path, run: Run) -> None:
    def fail(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(app, "open_to_read", fail)
    _refused(run("show", imported), "planstudio: No space left on device.")


def test_a_key_that_stops_the_command_is_no_crash(monkeypatch: pytest.MonkeyPatch, imported: Path, run: Run) -> None:
    def stop(_path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "open_to_read", stop)
    _refused(run("show", imported), "stopped.")


def test_a_mistyped_command_ends_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frobnicate"]) == 2
    assert "no command and no file called frobnicate" in capsys.readouterr().err


def test_no_display_is_told_and_nothing_aborts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2  # the tests run without one
    assert "no display" in capsys.readouterr().err
