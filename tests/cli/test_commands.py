"""Each command does what its help says."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pypdfium2
import pytest

from cli.conftest import Run
from planstudio.cli import main, terminal


def test_new_makes_a_named_plan(done: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.planstudio"
    assert done("new", path, "--organization", "Otter Creek", "--title", "Upstream 2030").out == f"Made {path}\n"
    form = json.loads(done("show", path, "--json").out)
    assert (form["organization"], form["plan_title"], form["goals"]) == ("Otter Creek", "Upstream 2030", [])


def test_import_makes_the_plan_and_says_what_it_took(done: Run, page: Path, tmp_path: Path) -> None:
    path = tmp_path / "otter.planstudio"
    assert done("import", page, "--into", path).out == f"{page}: 3 statements, 2 goals, 3 strategies\n"
    assert path.exists()


def test_what_the_plan_says_already_is_told_and_one_is_one(done: Run, tmp_path: Path) -> None:
    page, path = tmp_path / "one.txt", tmp_path / "p.planstudio"
    page.write_text("Goal 1: Read\n\nStrategy 1.1: Hire a coach\n", "utf-8")
    assert done("import", page, "--into", path).out == f"{page}: 1 goal, 1 strategy\n"
    again = done("import", page, "--into", path).out
    assert again == f"{page}: 1 goal, 1 strategy\n  2 elements say the same as the plan\n"


def test_an_import_is_one_step(imported: Path, done: Run) -> None:
    before = done("show", imported).out
    assert done("undo", imported).out == "Undid “Import page.md”\n"
    assert "Every child reads" not in done("show", imported).out
    assert done("redo", imported).out == "Redid “Import page.md”\n"
    assert done("show", imported).out == before


def test_several_documents_go_into_one_plan_in_their_order(done: Run, page: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.md"
    second.write_text("# Our Beliefs\n\n- All children learn.\n- All adults learn.\n", "utf-8")
    done("import", page, second, "--into", tmp_path / "both.planstudio")
    out = done("show", tmp_path / "both.planstudio").out
    assert out.index("Dig a pool") > out.index("All adults learn.") > out.index("Core Values")
    assert "Import second.md" in done("history", tmp_path / "both.planstudio").out


def test_a_document_that_holds_nothing_is_told_and_the_others_are_taken(run: Run, page: Path, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.txt"
    nothing.write_text("Dear Ann,\n\nsee you at eight.\n", "utf-8")
    said = run("import", nothing, page, "--into", tmp_path / "otter.planstudio")
    assert said.code == 0
    assert said.err == f"{nothing}: nothing of a plan was recognised.\n"
    assert "Dig a pool" in run("show", tmp_path / "otter.planstudio").out


def test_a_dry_run_shows_the_form_and_makes_nothing(done: Run, page: Path, tmp_path: Path, data: Path) -> None:
    form = json.loads(done("import", "--dry-run", "--json", page).out)
    assert form["organization"] == "Otter Creek School District"
    assert form["mission"] == ["Otter Creek teaches every child to read, to reckon and to swim."]
    assert form["statements"][0]["items"][0] == {"title": "Trust", "text": "We keep our word & say when we cannot."}
    assert [goal["title"] for goal in form["goals"]] == ["Every child reads", "Every child swims"]
    assert form["goals"][0]["strategies"] == ["Coach every teacher of the first grades", "Lend books on Saturdays"]
    assert done("import", "--dry-run", page).out == f"{page}: 3 statements, 2 goals, 3 strategies\n"
    assert not list(tmp_path.glob("*.planstudio"))
    assert not data.exists()


def test_a_dry_run_of_a_document_without_a_plan_only_says_so(done: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ann,\n\nsee you at eight.\n", "utf-8")
    form = json.loads(done("import", "--dry-run", "--json", tmp_path / "letter.txt").out)
    assert [(one["kind"], one["source"]) for one in form.pop("remarks")] == [("not taken", [1, 3])]
    assert form == {}


def test_remarks_are_told_with_their_line(done: Run, tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(
        "# Our Mission\n\nWe teach every child.\n\n# OUR STRATEGIC PRIORITIES\n\n# Core Values\n\n- Trust\n- Care\n"
    )
    out = done("import", "--dry-run", path).out
    assert "  line 5: " in out


def test_show_prints_every_text_in_order(imported: Path, done: Run) -> None:
    out = " ".join(done("show", imported).out.split())
    places = [
        out.index(words)
        for words in (
            "Otter Creek School District",
            "teaches every child to read, to reckon and to swim.",
            "In five years visitors will find",
            "Adults who know every name",
            "Trust: We keep our word & say when we cannot.",
            "Goal 1 Every child reads",
            "1.2 Lend books on Saturdays",
            "2.1 Dig a pool",
        )
    ]
    assert places == sorted(places)


def test_show_as_of_tells_how_it_stood(imported: Path, done: Run, run: Run) -> None:
    at = json.loads(done("history", imported, "--json", "--limit", "1").out)["at"]
    time.sleep(1.1)  # history tells whole seconds
    done("undo", imported)
    assert "Dig a pool" not in done("show", imported).out
    assert "Dig a pool" in done("show", imported, "--as-of", at[:-6] + ".999" + at[-6:]).out
    today = done("show", imported, "--as-of", at[:10])
    assert f"As of {_long(at)}" in today.out
    assert run("show", imported, "--as-of", "2001-01-01").err == "planstudio: This file holds no plan.\n"


def test_print_makes_both_reports(imported: Path, done: Run, tmp_path: Path) -> None:
    for report in ("plan", "packet"):
        target = tmp_path / f"{report}.pdf"
        said = done("print", imported, "--report", report, "-o", target, "--title", "For October", "--paper", "a4")
        document = pypdfium2.PdfDocument(target)
        try:
            text = " ".join(_text(document).split())
            assert said.out == f"{len(document)} pages in {target}\n"
            assert round(document[0].get_width()) == 595
        finally:
            document.close()
        for words in ("Otter Creek School District", "Every child swims", "Dig a pool", "For October"):
            assert words in text, (report, words)


def test_print_takes_the_policies_that_are_named(done: Run, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    policies = [
        {"code": code, "title": f"T{code}", "versions": [{"body": f"Text of {code}."}]} for code in ("11", "12")
    ]
    plan.write_text(json.dumps({"format": "planstudio", "version": 1, "policies": policies}), "utf-8")
    done("import", plan, "--into", tmp_path / "p.planstudio")
    shown = {}
    for codes in ("11, 12", "12", "none"):
        done("print", tmp_path / "p.planstudio", "-o", tmp_path / "p.pdf", "--policies", codes)
        document = pypdfium2.PdfDocument(tmp_path / "p.pdf")
        text = _text(document)
        document.close()
        shown[codes] = [code for code in ("11", "12") if f"Text of {code}." in text]
    assert shown == {"11, 12": ["11", "12"], "12": ["12"], "none": []}


def test_printing_twice_replaces_the_file_and_leaves_nothing_beside_it(
    imported: Path, done: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "prints"
    folder.mkdir()
    for _n in range(2):
        done("print", imported, "-o", folder / "packet.pdf")
    assert [path.name for path in folder.iterdir()] == ["packet.pdf"]


def test_history_tells_who_did_what(imported: Path, done: Run) -> None:
    lines = [json.loads(line) for line in done("history", imported, "--json").out.splitlines()]
    assert [line["step"] for line in lines] == ["Import page.md", "New plan"]
    assert lines[0]["kind"] == "import"
    assert lines[0]["author"]
    assert len(done("history", imported, "--limit", "1").out.splitlines()) == 1
    assert len(done("history", imported, "--limit", "-3").out.splitlines()) == 1
    assert len(done("history", imported, "--limit", "9" * 30).out.splitlines()) == 2


def test_undo_and_redo_say_when_there_is_nothing(imported: Path, done: Run) -> None:
    assert done("redo", imported).out == "There is nothing to redo.\n"
    for _n in range(2):
        done("undo", imported)
    assert done("undo", imported).out == "There is nothing to undo.\n"


def test_check_finds_a_sound_plan_sound(imported: Path, done: Run) -> None:
    assert done("check", imported).out.startswith("Sound: ")


def test_restore_lists_the_backups_and_brings_one_back(imported: Path, done: Run) -> None:
    (line,) = done("restore", imported).out.splitlines()
    name = line.split()[0]
    assert name.endswith(".planstudio")
    done("new", imported.with_name("other.planstudio"))
    done("undo", imported)
    assert done("restore", imported, name).out == f"Restored {name}\n"
    assert "Dig a pool" in done("show", imported).out
    assert done("undo", imported).out == "Undid “Restore a backup”\n"
    assert "Dig a pool" not in done("show", imported).out


def test_a_backup_takes_the_place_of_a_plan_that_is_beyond_opening(imported: Path, done: Run, run: Run) -> None:
    damaged = imported.read_bytes()[:9000]
    imported.write_bytes(damaged)
    assert run("show", imported).code == 2
    assert done("restore", imported, "newest").out.startswith("Restored ")
    (kept,) = imported.parent.glob("otter before restore *.planstudio")
    assert kept.read_bytes() == damaged
    assert "Dig a pool" in done("show", imported).out


def test_a_plan_without_backups_says_so(done: Run, tmp_path: Path) -> None:
    assert "no backup" in done("restore", tmp_path / "never.planstudio").out


def test_what_can_be_read_of_a_damaged_plan_is_saved(imported: Path, run: Run, done: Run, tmp_path: Path) -> None:
    whole = bytearray(imported.read_bytes())
    page = len(whole) // 4096 // 2 * 4096
    whole[page : page + 4096] = b"\xff" * 4096
    damaged, saved = tmp_path / "damaged.planstudio", tmp_path / "saved.planstudio"
    damaged.write_bytes(whole)
    said = run("show", damaged)
    assert said.code == 2
    assert "damaged" in said.err or "altered" in said.err
    assert run("restore", damaged, "--salvage", saved).code == 0
    assert "Otter Creek" in done("show", saved).out
    assert "exists already" in run("restore", damaged, "--salvage", saved).err


def test_export_and_import_give_the_same_plan(imported: Path, done: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert done("export", imported, "--to", "json", "-o", first).out == f"Wrote {first}\n"
    assert done("import", first, "--into", tmp_path / "copy.planstudio").out == f"Loaded {first}\n"
    done("export", tmp_path / "copy.planstudio", "-o", second)
    assert second.read_bytes() == first.read_bytes()
    assert done("show", tmp_path / "copy.planstudio", "--json").out == done("show", imported, "--json").out


def test_a_json_brings_its_files_from_its_own_folder(
    done: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "chart.csv").write_text("a,b\n")
    goals = [{"title": "Read", "files": [{"path": "chart.csv"}]}]
    whole = {"format": "planstudio", "version": 1, "plans": [{"title": "P", "goals": goals}]}
    (folder / "plan.json").write_text(json.dumps(whole))
    monkeypatch.chdir(tmp_path)
    done("import", "made/plan.json", "--into", "p.planstudio")
    done("export", "p.planstudio", "-o", "out.json")
    exported = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert exported["plans"][0]["goals"][0]["files"][0]["data"] == "YSxiCg=="


def test_the_demo_prints_a_packet_without_a_window(done: Run, tmp_path: Path) -> None:
    folder = tmp_path / "not there yet"
    out = done("demo", "--print-only", folder).out
    packet = folder / "juniper-flats-packet.pdf"
    assert str(packet) in out
    assert packet.read_bytes().startswith(b"%PDF-")
    assert done("demo", "--print-only", folder).out == out


def test_two_plans_do_not_know_each_other(done: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        done("new", tmp_path / f"{name}.planstudio", "--title", f"Plan {name}")
    assert "Plan one" in done("show", tmp_path / "one.planstudio").out
    done("undo", tmp_path / "one.planstudio")
    assert "Plan two" in done("show", tmp_path / "two.planstudio").out
    assert "Plan one" not in done("show", tmp_path / "two.planstudio").out


def test_a_plan_is_found_again_after_it_was_moved(imported: Path, done: Run, tmp_path: Path) -> None:
    moved = imported.rename(tmp_path / "moved.planstudio")
    assert "Dig a pool" in done("show", moved).out
    assert done("undo", moved).out == "Undid “Import page.md”\n"


def test_a_command_leaves_nothing_beside_the_plan(imported: Path, page: Path, done: Run) -> None:
    for command in ("show", "check", "history", "undo"):
        done(command, imported)
    assert {path.name for path in imported.parent.iterdir()} == {imported.name, page.name, "data"}


def test_a_command_alone_is_the_window(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[Path | None] = []
    monkeypatch.setattr("planstudio.app.run_window", lambda path: opened.append(path) or 0)
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.setenv("DISPLAY", ":0")
    plan = tmp_path / "a.planstudio"
    plan.touch()
    assert [main([]), main([str(plan)]), main(["open"]), main(["open", str(plan)])] == [0] * 4
    assert opened == [None, plan, None, plan]


def test_the_bar_shows_only_what_takes_a_while_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    bar = terminal.Bar()
    bar(0.1, "Too early")
    later = time.monotonic() + 5
    monkeypatch.setattr(time, "monotonic", lambda: later)
    bar(0.5, "Goals")
    bar(7, "Beyond")
    bar.__exit__()
    shown = screen.getvalue().split("\r")
    assert shown[1].startswith("[############            ]  50% Goals")
    assert shown[2].startswith("[########################]")
    assert shown[-2].strip() == ""
    assert "Too early" not in screen.getvalue()
    monkeypatch.setattr("sys.stderr", plain := io.StringIO())
    bar(0.5, "Goals")
    assert plain.getvalue() == ""


def _text(document: pypdfium2.PdfDocument) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def _long(at: str) -> str:
    from datetime import datetime

    from planstudio.i18n import long_date

    return long_date(datetime.fromisoformat(at).date())
