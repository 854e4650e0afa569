"""A plan that others work on, too, from a terminal: how it stands, another copy, what waits for an answer, waiting."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Run, Said
from factories import DISTRICT, add_goal, add_strategy, dump, reopen
from planstudio import app
from planstudio.operations import goals, plans
from planstudio.store.working import working_folder
from planstudio.workspace import Workspace


@contextmanager
def at_home(path: Path) -> Iterator[Workspace]:
    """The plan as the window of this computer has it; what is not published is left undone when it ends."""
    workspace = app.open_workspace(path)
    yield workspace
    workspace.close()


@contextmanager
def at_bos(path: Path, data: Path) -> Iterator[Workspace]:
    """The plan on another computer."""
    workspace = reopen(path, data.with_name("laptop"), device="laptop", author="Bo")
    yield workspace
    workspace.publish()
    workspace.close()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A saved plan with two goals and a strategy."""
    path = tmp_path / "otter.planstudio"
    workspace = app.open_workspace(path, create=True)
    workspace.start_plan("New plan", plans.create_plan, DISTRICT, "Upstream")
    goal = add_goal(workspace, "Every child reads")
    add_strategy(workspace, goal, "Coach teachers")
    add_goal(workspace, "Every child swims")
    workspace.publish()
    workspace.close()
    return path


def first_goal(workspace: Workspace, title: str = "Every child reads") -> str:
    return next(str(key) for key, row in dump(workspace)["goal"].items() if row["title"] == title)


@pytest.fixture
def parted(plan: Path, data: Path) -> tuple[Path, Path]:
    """The plan and Bo's copy of it, which say different things of one goal's title and of one strategy."""
    bos = plan.with_name("bos.planstudio")
    shutil.copy(plan, bos)
    with at_home(plan) as workspace:
        goal = first_goal(workspace)
        workspace.do("Rename", goals.edit_goal, goal, title="Every child reads well")
        (strategy,) = dump(workspace)["strategy"]
        workspace.do("Delete", goals.delete_strategy, str(strategy))
        workspace.publish()
    with at_bos(bos, data) as workspace:
        workspace.do("Rename", goals.edit_goal, goal, title="Everybody reads")
        workspace.do("Say more", goals.edit_strategy, str(strategy), title="Coach all teachers")
    return plan, bos


@pytest.fixture
def differing(parted: tuple[Path, Path], done: Run) -> Path:
    """The plan with both differences open."""
    done("merge", *parted)
    return parted[0]


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "lock"}


# How it stands.


def test_a_saved_plan_is_told_with_exit_0(plan: Path, done: Run) -> None:
    assert done("status", plan).out.startswith("Saved: the file of 2")
    form = json.loads(done("status", plan, "--json").out)
    assert (form["place"], form["saved"], form["only_here"], form["open_by"]) == ("saved", True, 0, None)


def test_a_look_changes_nothing(plan: Path, run: Run, tmp_path: Path, data: Path) -> None:
    with at_home(plan) as workspace:
        add_goal(workspace, "Not saved yet")
    plan.with_name(f".~{plan.name}.gone-1-1.tmp").write_bytes(b"left by a crash")
    before = files_in(tmp_path)
    said = run("status", plan)
    assert said.code == 1
    assert said.out == "Waiting: 1 step is only on this computer. The next save writes it into the file.\n"
    assert files_in(tmp_path) == before


def _newer(plan: Path, data: Path) -> None:
    with at_bos(plan, data) as workspace:
        add_goal(workspace, "Bo's")


def _both(plan: Path, data: Path) -> None:
    with at_home(plan) as workspace:
        add_goal(workspace, "Ours")
        add_goal(workspace, "Ours, too")
    _newer(plan, data)


def _older(plan: Path, data: Path) -> None:
    before = plan.read_bytes()
    with at_home(plan) as workspace:
        add_goal(workspace, "Today")
        workspace.publish()
    plan.write_bytes(before)


def _another(plan: Path, data: Path) -> None:
    plan.unlink()
    other = app.open_workspace(plan.with_name("other.planstudio"), create=True)
    other.start_plan("New plan", plans.create_plan, "Elsewhere", "")
    other.publish()
    other.close()
    os.replace(other.path, plan)


@pytest.mark.parametrize(
    ("happens", "place", "words"),
    [
        (_newer, "newer", "Newer: 1 step of others is only in the file."),
        (_both, "both", "Both: 2 steps are only on this computer, and 1 step of others is only in the file."),
        (_older, "older", "Older: the file has gone back to a former state; 1 step is only on this computer."),
        (lambda plan, _data: plan.unlink(), "gone", "Gone: there is no file at"),
        (_another, "other plan", "Not saved: another plan stands at"),
        (lambda plan, _data: plan.write_text("agenda " * 99), "no plan", "Not saved: otter.planstudio is not a Plan"),
        (lambda plan, _data: plan.write_bytes(plan.read_bytes()[:9000]), "unreadable", "Not saved:"),
        (lambda plan, _data: os.rename(plan.parent, plan.parent.with_name("away")), "out of reach", "Waiting: the"),
    ],
)
def test_whatever_happened_to_the_file_is_a_sentence_and_exit_1(
    happens: Callable[[Path, Path], Any], place: str, words: str, tmp_path: Path, plan: Path, data: Path, run: Run
) -> None:
    folder = tmp_path / "Board"
    folder.mkdir()
    moved = folder / plan.name
    with at_home(plan) as workspace:
        workspace.save_copy(moved)
    with at_home(moved):
        pass
    happens(moved, data)
    said = run("status", moved)
    assert (said.code, said.err) == (1, "")
    assert said.out.startswith(words)
    assert json.loads(run("status", moved, "--json").out)["place"] == place


def test_a_plan_that_this_computer_never_had_open_is_simply_looked_at(
    plan: Path, done: Run, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLANSTUDIO_DATA", str(tmp_path / "new computer"))
    out = done("status", plan).out
    assert out.startswith("Saved: ")
    assert "no working copy" in out
    assert not (tmp_path / "new computer").exists()
    said = run("status", tmp_path / "nothing.planstudio")
    assert (said.code, said.err) == (2, f"planstudio: There is no file at {tmp_path / 'nothing.planstudio'}.\n")


def test_work_that_a_crash_left_in_the_middle_of_a_step_is_looked_at_in_a_copy(
    plan: Path, data: Path, run: Run
) -> None:
    code = f"""
import os, sqlite3
connection = sqlite3.connect({str(working_folder(plan, data) / "work.db")!r}, isolation_level=None)
connection.execute("PRAGMA cache_size=1"); connection.execute("PRAGMA cache_spill=1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE goal SET statement = hex(randomblob(200000))")
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=600)
    assert (working_folder(plan, data) / "work.db-journal").stat().st_size > 0
    said = run("status", plan)
    assert (said.code, said.err) == (0, "")
    assert (working_folder(plan, data) / "work.db-journal").stat().st_size > 0, "a look takes nothing back"


def test_who_has_it_open_is_told(plan: Path, data: Path, done: Run) -> None:
    with at_home(plan):
        assert "It is open on this computer." in done("status", plan).out
        assert json.loads(done("status", plan, "--json").out)["open_on_this_computer"] is True
    note = {"user": "J. Lee", "computer": "ROOM-12", "pid": 1, "since": "2099-11-30T09:12:00+00:00"}
    plan.with_name(f"~${plan.name}").write_text(json.dumps(note))
    assert "J. Lee has it open on ROOM-12, since 2099-11-" in done("status", plan).out
    assert json.loads(done("status", plan, "--json").out)["open_by"]["user"] == "J. Lee"


# Another copy.


def test_a_copy_is_counted_and_then_taken_in_and_stays(parted: tuple[Path, Path], data: Path, done: Run) -> None:
    plan, bos = parted
    before, copy = plan.read_bytes(), bos.read_bytes()
    counts = "2 steps only in the copy, 4 steps in both, 2 steps only in the plan\n"
    assert done("merge", plan, bos, "--dry-run").out == counts
    assert plan.read_bytes() == before
    out = done("merge", plan, bos).out
    assert out == (
        f"Took in 2 steps of {bos}.\n2 differences are to be settled. See: planstudio conflicts PLAN\n"
    )  # fmt: skip
    assert bos.read_bytes() == copy
    assert done("merge", plan, bos).out == f"{bos} has nothing new.\n"
    assert "2 differences wait for an answer." in done("status", plan).out
    kept = list((working_folder(plan, data) / "backups").rglob("*bos.planstudio"))
    assert [path.read_bytes() for path in kept] == [copy]
    assert "2 steps since" in done("backups", plan).out, "the plan as it was before"


def test_a_plan_that_was_saved_as_a_copy_comes_back_as_a_branch(plan: Path, done: Run) -> None:
    branch = plan.with_name("branch.planstudio")
    done("copy", plan, "--whole", "-o", branch)
    with at_home(branch) as workspace:
        add_goal(workspace, "From the branch")
        workspace.publish()
    with at_home(plan) as workspace:
        add_goal(workspace, "Meanwhile")
        workspace.publish()
    assert done("merge", plan, branch).out == f"Took in 1 step of {branch}.\n"
    out = done("show", plan).out
    assert "From the branch" in out
    assert "Meanwhile" in out


def test_another_plan_is_refused_and_so_is_what_is_none(plan: Path, run: Run, done: Run, tmp_path: Path) -> None:
    clean, text = tmp_path / "clean.planstudio", tmp_path / "text.planstudio"
    done("copy", plan, "--clean", "-o", clean)
    text.write_text("minutes " * 99)
    before = plan.read_bytes()
    for more in ((), ("--dry-run",)):
        assert run("merge", plan, clean, *more) == Said(2, "", "planstudio: This is another plan, not a copy.\n")
        assert "is not a Plan Studio plan" in run("merge", plan, text, *more).err
        assert "There is no file at" in run("merge", plan, tmp_path / "gone.planstudio", *more).err
        assert "This is the plan itself" in run("merge", plan, plan, *more).err
    assert plan.read_bytes() == before


def test_what_is_not_in_the_copys_file_yet_is_told(plan: Path, run: Run) -> None:
    copy = plan.with_name("copy.planstudio")
    shutil.copy(plan, copy)
    with at_home(copy) as workspace:
        add_goal(workspace, "Not saved")
    said = run("merge", plan, copy)
    assert said.code == 0
    assert said.err == f"1 step of {copy} is not in its file yet and is left out. Save it first to take it in.\n"


def test_a_copy_that_would_take_most_of_the_plan_away_is_asked_about(plan: Path, data: Path, run: Run) -> None:
    bos = plan.with_name("bos.planstudio")
    shutil.copy(plan, bos)
    with at_bos(bos, data) as workspace:
        for goal in dump(workspace)["goal"]:
            workspace.do("Delete", goals.delete_goal, str(goal))
    before = run("show", plan).out
    said = run("merge", plan, bos)
    assert said.code == 2
    assert said.err == (
        "planstudio: This would take away 3 of the 5 entries of the plan, so nothing was changed. "
        "If that is meant, say --force.\n"
    )
    assert run("show", plan).out == before
    assert run("merge", plan, bos, "--force").code == 0
    assert "Every child" not in run("show", plan).out


# What waits for an answer.


def listed(done: Run, plan: Path) -> dict[str, dict[str, Any]]:
    """The open questions by the table of their first cell."""
    return {one["cells"][0]["table"]: one for one in json.loads(done("conflicts", plan, "--json").out)}


def test_the_differences_are_listed_with_both_sides(differing: Path, done: Run) -> None:
    found = listed(done, differing)
    title, strategy = found["goal"]["cells"][0], found["strategy"]
    assert (title["field"], title["before"]) == ("title", "Every child reads")
    assert {(side["words"], side["author"] == "Bo", side["mine"]) for side in title["sides"]} == {
        ("Everybody reads", True, False), ("Every child reads well", False, True),
    }  # fmt: skip
    assert {side["take"] for cell in strategy["cells"] for side in cell["sides"]} >= {"kept"}
    out = done("conflicts", differing).out
    for words in (found["goal"]["code"], "before: “Every child reads”", "“Everybody reads”  Bo, 2", "(yours)"):
        assert words in out
    for side in title["sides"]:
        assert f"    {side['take']}" in out


@pytest.mark.parametrize(("side", "title"), [("mine", "Every child reads well"), ("theirs", "Everybody reads")])
def test_a_side_is_taken_and_the_answer_travels(
    side: str, title: str, differing: Path, data: Path, done: Run, run: Run
) -> None:
    code = listed(done, differing)["goal"]["code"]
    assert done("settle", differing, code, "--take", side).out == "Settled 1 difference. 1 waits for an answer.\n"
    with at_bos(differing, data) as workspace:
        assert first_goal(workspace, title)
    said = run("settle", differing, code, "--take", side)
    assert (said.code, said.err) == (
        2, f"planstudio: No difference has the code {code}. See: planstudio conflicts PLAN\n"
    )  # fmt: skip
    done("undo", differing)
    assert listed(done, differing)["goal"]["cells"][0]["field"] == "title"


def test_several_are_settled_in_one_step_and_a_step_names_a_side(differing: Path, done: Run) -> None:
    found = listed(done, differing)
    codes = [one["code"] for one in found.values()]
    assert done("settle", differing, *codes, "--take", "theirs").out == "Settled 2 differences.\n"
    assert done("conflicts", differing).out == "Nothing waits for an answer.\n"
    assert "Coach all teachers" in done("show", differing).out
    done("undo", differing)
    assert listed(done, differing).keys() == found.keys()
    ours = next(side for side in found["goal"]["cells"][0]["sides"] if side["mine"])
    done("settle", differing, found["goal"]["code"], "--take", ours["take"])
    assert "Every child reads well" in done("show", differing).out


def test_what_was_deleted_is_kept_or_goes(differing: Path, done: Run) -> None:
    code = listed(done, differing)["strategy"]["code"]
    done("settle", differing, code, "--take", "kept")
    assert "Coach all teachers" in done("show", differing).out
    done("undo", differing)
    done("settle", differing, listed(done, differing)["strategy"]["code"], "--take", "mine")
    assert "Coach" not in done("show", differing).out


def test_a_third_value_stands_instead_of_either(differing: Path, done: Run, run: Run) -> None:
    found = listed(done, differing)
    done("settle", differing, found["goal"]["code"], "--value", "  Every child reads, and well ")
    assert "Every child reads, and well" in done("show", differing).out
    said = run("settle", differing, found["strategy"]["code"], "--value", "Coach some")
    assert said.code == 2
    assert "can only be chosen" in said.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--take", "ours"), "no side is “ours”. Name one of "),
        (("--take", ""), "no side is “”. Name one of "),
        (("--value", " "), "cannot stand here"),
        ((), "one of the arguments --take --value is required"),
        (("--take", "mine", "--value", "x"), "not allowed with argument"),
    ],
)
def test_an_answer_that_is_none_is_refused_with_a_sentence(
    words: tuple[str, ...], why: str, differing: Path, done: Run, run: Run
) -> None:
    before = differing.read_bytes()
    said = run("settle", differing, listed(done, differing)["goal"]["code"], *words)
    assert said.code == 2
    assert why in said.err
    assert len(said.err.splitlines()) == 1
    assert differing.read_bytes() == before


# Copies and backups.


def test_a_clean_copy_has_no_history_and_a_whole_one_has_all(plan: Path, done: Run, run: Run, tmp_path: Path) -> None:
    clean, whole = tmp_path / "clean.planstudio", tmp_path / "whole.planstudio"
    assert done("copy", plan, "--clean", "-o", clean).out == f"Wrote {clean}\n"
    done("copy", plan, "--whole", "-o", whole)
    assert len(done("history", whole).out.splitlines()) == 4
    assert len(done("history", clean).out.splitlines()) < 4
    assert "Every child swims" in done("show", clean).out
    for words, why in (
        (("--whole", "-o", whole), "would take a plan's place"),
        (("--whole", "-o", tmp_path / "a.pdf"), "End its name with .planstudio"),
        (("--whole", "-o", tmp_path / "b.planstudio", "--audience", "public"), "A whole copy has everything"),
        (("-o", tmp_path / "b.planstudio"), "one of the arguments --clean --whole --send is required"),
    ):
        said = run("copy", plan, *words)
        assert said.code == 2
        assert why in said.err


def test_the_backups_are_listed_under_either_name(plan: Path, done: Run) -> None:
    assert done("backups", plan).out == done("restore", plan).out != ""


def test_a_backup_comes_back_as_a_step_that_colleagues_get(plan: Path, data: Path, done: Run, run: Run) -> None:
    with at_bos(plan, data):
        pass
    name = done("backups", plan).out.split()[0]
    with at_home(plan) as workspace:
        workspace.do("Rename", goals.edit_goal, first_goal(workspace), title="Changed since")
        workspace.publish()
    done("restore", plan, name)
    assert "Changed since" not in done("show", plan).out
    with at_bos(plan, data) as workspace:
        assert first_goal(workspace, "Every child reads")
    assert "Changed since" not in done("show", plan).out
    done("undo", plan)
    assert "Changed since" in done("show", plan).out


def test_a_backup_that_takes_most_of_the_plan_away_is_asked_about(plan: Path, done: Run, run: Run) -> None:
    name = done("backups", plan).out.split()[0]
    with at_home(plan) as workspace:
        for n in range(6):
            add_goal(workspace, f"Goal {n}")
        workspace.publish()
    said = run("restore", plan, name)
    assert said.code == 2
    assert "would take away 6 of the 11 entries" in said.err
    assert "Goal 5" in done("show", plan).out
    done("restore", plan, name, "--force")
    assert "Goal 5" not in done("show", plan).out


# Waiting.

_HOLD = """
import sys
from pathlib import Path
from planstudio.app import open_workspace
workspace = open_workspace(Path(sys.argv[1]))
print("open", flush=True)
input()
workspace.close()
"""


@pytest.fixture
def holder(plan: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has the plan open until it is told to close it."""
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(plan)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ
    )
    assert other.stdin is not None
    assert other.stdout is not None
    assert other.stdout.readline() == b"open\n"
    yield other
    if other.poll() is None:
        other.communicate(b"\n", timeout=600)


def test_a_command_waits_for_whoever_has_the_plan_open(
    plan: Path, holder: subprocess.Popen[bytes], run: Run
) -> None:  # fmt: skip
    assert "already open" in run("undo", plan).err
    assert "already open" in run("undo", plan, "--wait", "0.2").err
    waiting = subprocess.Popen(
        [sys.executable, "-m", "planstudio", "undo", str(plan), "--wait", "600"], stdout=subprocess.PIPE
    )
    holder.communicate(b"\n", timeout=600)
    out, _err = waiting.communicate(timeout=600)
    assert (waiting.returncode, out.decode()) == (0, "Undid “Add goal”\n")


@pytest.mark.parametrize("command", ["import", "redo", "restore", "merge", "settle"])
def test_what_writes_may_wait_and_says_why_it_gave_up(
    command: str, plan: Path, page: Path, holder: subprocess.Popen[bytes], run: Run
) -> None:  # fmt: skip
    bos = plan.with_name("bos.planstudio")
    shutil.copy(plan, bos)
    words: dict[str, tuple[object, ...]] = {
        "import": (page, "--into", plan), "redo": (plan,), "restore": (plan, "newest"), "merge": (plan, bos),
        "settle": (plan, "abcdef", "--take", "mine"),
    }  # fmt: skip
    said = run(command, *words[command], "--wait", "0.1")
    assert said.code == 2
    assert "otter.planstudio is already open in another Plan Studio window" in said.err


@pytest.mark.parametrize("seconds", ["soon", "-1", "nan", "inf", "99999999"])
def test_a_wait_that_is_no_number_of_seconds_is_refused(seconds: str, plan: Path, run: Run) -> None:
    said = run("undo", plan, f"--wait={seconds}")
    assert said.code == 2
    assert "no number of seconds from 0 to 86400" in said.err
