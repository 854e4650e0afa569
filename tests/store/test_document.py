"""The plan as a file: what stands in the user's folder, and what only this computer has."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from factories import add_goal, cell, create, dump, one_of_everything, reopen
from planstudio.domain.clock import Clock
from planstudio.domain.errors import NotAPlan, PlanStudioError, StoreUnavailable, TooNew
from planstudio.domain.files import FileRelation, FileState
from planstudio.operations import goals
from planstudio.queries.conflicts import open_differences
from planstudio.store.restore import BackupsOfPlan
from planstudio.store.schema import SCHEMA
from planstudio.store.verify import inspect
from planstudio.store.working import working_folder
from planstudio.workspace import Workspace


def work_of(place: Path, data: Path) -> Path:
    return working_folder(place, data) / "work.db"


def titles(path: Path) -> list[str]:
    """The goals in the file at *path*, read as any program can that knows SQLite."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return sorted(title for (title,) in connection.execute("SELECT title FROM goal"))


def crash(workspace: Workspace) -> None:
    """End *workspace* as a crash does: nothing is published and the note stays; only the lock falls."""
    workspace._document.engine.dispose()
    workspace._document._unlock()


# Making and opening.


def test_a_new_plan_is_one_complete_file_and_a_note(workspace: Workspace, place: Path) -> None:
    workspace.publish()
    assert sorted(path.name for path in place.parent.iterdir()) == [place.name, f"~${place.name}"]
    inspect(place)
    workspace.close()
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_nothing_is_written_into_a_plan_after_it_was_closed(workspace: Workspace, place: Path, data: Path) -> None:
    """A field that loses the cursor late would write where nobody holds the lock any more."""
    goal = add_goal(workspace, "Read")
    workspace.publish()
    workspace.close()
    with pytest.raises(StoreUnavailable, match="has been closed"):
        workspace.do("Late", goals.edit_goal, goal, title="Late")
    again = reopen(place, data)
    assert cell(again, "goal", goal, "title") == "Read"
    again.close()


def test_a_plan_is_never_made_over_a_file_that_is_there(place: Path, data: Path) -> None:
    place.write_text("minutes of the last meeting")
    with pytest.raises(StoreUnavailable, match="exists already"):
        create(place, data)
    assert place.read_text() == "minutes of the last meeting"


def test_a_plan_in_a_folder_that_is_not_there_is_refused(tmp_path: Path, data: Path) -> None:
    with pytest.raises(StoreUnavailable, match="no folder"):
        create(tmp_path / "gone" / "a.planstudio", data)


def test_a_new_plan_does_not_inherit_what_a_deleted_one_of_its_name_held(place: Path, data: Path) -> None:
    old = create(place, data)
    add_goal(old, "Of the old plan")
    old.publish()
    add_goal(old, "Never published")
    crash(old)
    place.unlink()
    new = create(place, data)
    assert not dump(new)["goal"]
    assert not new.recovered
    held = [row.name for row in new.backups()]
    assert held, "what only the working copy had is kept as a backup"
    new.restore(held[0])
    assert [goal["title"] for goal in dump(new)["goal"].values()] == ["Of the old plan", "Never published"]
    new.close()


def test_a_path_with_signs_of_addresses_in_it_opens(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "50% done? #1 & «é» 日本.planstudio"
    workspace = create(path, data)
    add_goal(workspace, "Read")
    workspace.publish()
    workspace.save_copy(path.with_name("copy #2?.planstudio"))
    workspace.close()
    again = reopen(path, data)
    assert len(dump(again)["goal"]) == 1
    again.close()
    assert titles(path.with_name("copy #2?.planstudio")) == ["Read"]


def test_what_is_published_is_read_by_the_next_start(workspace: Workspace, place: Path, data: Path) -> None:
    one_of_everything(workspace)
    before = dump(workspace)
    assert workspace.dirty
    workspace.publish()
    assert not workspace.dirty
    workspace.close()
    shutil.rmtree(data)  # another computer
    again = reopen(place, data)
    assert dump(again) == before
    assert again.recovered == 0
    assert not again.dirty
    again.close()


# Recovery.


def test_what_was_not_published_comes_back_after_a_crash(place: Path, data: Path) -> None:
    workspace = create(place, data)
    workspace.publish()
    goal = add_goal(workspace, "Read")
    workspace.do("Rename", goals.edit_goal, goal, title="Read well")
    crash(workspace)
    assert titles(place) == []
    again = reopen(place, data)
    assert again.recovered == 2
    assert again.dirty
    assert cell(again, "goal", goal, "title") == "Read well"
    again.publish()
    assert titles(place) == ["Read well"]
    again.close()


def test_a_killed_process_leaves_all_that_it_had_acknowledged(place: Path, data: Path) -> None:
    """The same with a real process and a real kill, its lock and its note left behind."""
    create(place, data).close()
    program = (
        "import os, sys; sys.path[:0] = ['src', 'tests']\n"
        "from pathlib import Path; import factories\n"
        f"workspace = factories.reopen(Path({str(place)!r}), Path({str(data)!r}))\n"
        "factories.add_goal(workspace, 'Acknowledged')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == -9
    again = reopen(place, data)
    assert again.elsewhere is None, "the note of a program that is gone is no news"
    assert [goal["title"] for goal in dump(again)["goal"].values()] == ["Acknowledged"]
    again.close()


def test_unpublished_work_survives_when_the_file_is_only_touched_by_others(place: Path, data: Path) -> None:
    """A sync client or a copy to another disk gives the same plan another time stamp."""
    workspace = create(place, data)
    workspace.publish()
    add_goal(workspace, "Read")
    crash(workspace)
    os.utime(place, (1_700_000_000, 1_700_000_000))
    again = reopen(place, data)
    assert again.recovered == 1
    assert again.dirty, "what only this computer has is still to be written"
    again.publish()
    again.close()
    assert titles(place) == ["Read"]


def test_a_working_copy_whose_memory_of_the_file_is_lost_loses_nothing(place: Path, data: Path) -> None:
    workspace = create(place, data)
    workspace.publish()
    add_goal(workspace, "Read")
    crash(workspace)
    (working_folder(place, data) / "meta.json").write_text("{")
    again = reopen(place, data)
    assert again.dirty
    again.publish()
    again.close()
    assert titles(place) == ["Read"]


def test_a_file_that_is_gone_is_written_again_from_the_working_copy(place: Path, data: Path) -> None:
    workspace = create(place, data)
    add_goal(workspace, "Read")
    workspace.publish()
    workspace.close()
    place.unlink()
    again = reopen(place, data)
    assert again.dirty
    again.publish()
    again.close()
    assert titles(place) == ["Read"]


# What others do to the file.


def laptop(place: Path, data: Path, clock: Clock | None = None) -> Workspace:
    """The same file on another computer."""
    return reopen(place, data / "laptop", device="laptop", author="Bo", clock=clock)


def test_what_another_computer_published_is_there_at_the_next_start(place: Path, data: Path) -> None:
    workspace = create(place, data)
    workspace.publish()
    workspace.close()
    other = laptop(place, data)
    add_goal(other, "Theirs")
    other.publish()
    other.close()
    again = reopen(place, data)
    assert [goal["title"] for goal in dump(again)["goal"].values()] == ["Theirs"]
    assert not again.dirty
    again.close()


def test_two_computers_that_worked_apart_are_put_together_at_the_next_publish(place: Path, data: Path) -> None:
    workspace = create(place, data)
    goal = add_goal(workspace, "Read")
    workspace.publish()
    add_goal(workspace, "Ours")
    crash(workspace)
    other = laptop(place, data)
    other.do("Relabel", goals.edit_goal, goal, label="Theirs")
    other.publish()
    other.close()
    again = reopen(place, data)
    assert again.dirty
    assert again.recovered == 1
    assert cell(again, "goal", goal, "label") == "Theirs", "taken in when it is opened"
    assert again.publish() is None
    assert titles(place) == ["Ours", "Read"]
    assert cell(again, "goal", goal, "label") == "Theirs"
    assert not again.dirty
    assert again.publish() is None
    again.close()


def test_two_open_windows_on_two_computers_end_up_alike(place: Path, data: Path) -> None:
    ours = create(place, data)
    goal = add_goal(ours, "Read")
    ours.publish()
    theirs = laptop(place, data)
    for turn in range(3):
        ours.do("Rename", goals.edit_goal, goal, title=f"Read {turn}")
        theirs.do("Relabel", goals.edit_goal, goal, label=f"Goal {turn}")
        add_goal(theirs, f"Theirs {turn}")
        ours.publish()
        theirs.publish()
    ours.publish()
    assert dump(ours) == dump(theirs)
    assert ours.ask(open_differences) == theirs.ask(open_differences) == ()
    for workspace in (ours, theirs):
        workspace.close()


def test_an_older_state_put_in_place_is_told_and_can_be_taken(place: Path, data: Path) -> None:
    """By a program that synchronises, or by hand: the work since then is not hidden without a word."""
    workspace = create(place, data)
    add_goal(workspace, "Yesterday")
    workspace.publish()
    shutil.copy(place, place.with_suffix(".old"))
    add_goal(workspace, "Today")
    workspace.publish()
    workspace.close()
    os.replace(place.with_suffix(".old"), place)
    again = reopen(place, data)
    both = dump(again)
    assert sorted(goal["title"] for goal in both["goal"].values()) == ["Today", "Yesterday"]
    assert again.file_state == FileState(FileRelation.OLDER, missing=1)
    again.take_older()
    assert [goal["title"] for goal in dump(again)["goal"].values()] == ["Yesterday"]
    again.publish()
    assert titles(place) == ["Yesterday"]
    again.undo()
    assert dump(again) == both
    again.close()


def test_an_older_state_is_put_right_at_the_next_publish(place: Path, data: Path) -> None:
    workspace = create(place, data)
    workspace.publish()
    before = place.read_bytes()
    add_goal(workspace, "Today")
    workspace.publish()
    place.write_bytes(before)
    assert workspace.look_again() == FileState(FileRelation.OLDER, missing=1)
    assert workspace.dirty
    workspace.publish()
    assert titles(place) == ["Today"]
    assert workspace.look_again().relation is FileRelation.SAVED
    workspace.close()


def test_a_file_that_has_become_something_else_is_not_written_over(workspace: Workspace, place: Path) -> None:
    add_goal(workspace, "Read")
    place.write_text("agenda, typed over the plan by mistake " * 10)
    with pytest.raises(NotAPlan, match="is not a Plan Studio plan"):
        workspace.publish()
    assert place.read_text().startswith("agenda")
    assert workspace.dirty
    place.unlink()
    workspace.publish()
    assert titles(place) == ["Read"]


def test_a_file_of_a_newer_program_is_neither_opened_nor_written_over(place: Path, data: Path) -> None:
    workspace = create(place, data)
    workspace.publish()
    with closing(sqlite3.connect(place)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA + 1}")
    newer = place.read_bytes()
    add_goal(workspace, "Read")
    with pytest.raises(TooNew, match="newer Plan Studio"):
        workspace.publish()
    workspace.close()
    with pytest.raises(TooNew, match="newer Plan Studio"):
        reopen(place, data)
    assert place.read_bytes() == newer


def test_a_damaged_file_over_a_sound_working_copy_is_told_and_can_be_restored(place: Path, data: Path) -> None:
    workspace = create(place, data)
    add_goal(workspace, "Read")
    workspace.publish()
    add_goal(workspace, "Only here")
    crash(workspace)
    place.write_bytes(place.read_bytes()[:5000])
    with pytest.raises(NotAPlan, match="damaged"):
        reopen(place, data)
    shelf = BackupsOfPlan(place, data)
    shelf.restore(shelf.backups()[0].name)
    again = reopen(place, data)
    names = [row.name for row in again.backups()]
    again.restore(names[0])
    assert "Only here" in [goal["title"] for goal in dump(again)["goal"].values()], "the newest backup has it all"
    again.close()


# The error sentences.


def test_a_folder_called_fuller_is_not_told_to_be_full(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "fullerton"
    folder.mkdir()
    workspace = create(folder / "a.planstudio", data)
    add_goal(workspace)
    shutil.rmtree(folder)
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        workspace.publish()
    workspace.close()


def test_a_working_copy_that_was_destroyed_is_told_not_crashed_on(place: Path, data: Path) -> None:
    workspace = create(place, data)
    add_goal(workspace)
    workspace.publish()
    workspace.close()
    work = work_of(place, data)
    work.write_bytes(work.read_bytes()[:4096] + os.urandom(len(work.read_bytes()) - 4096))

    def look() -> None:
        with closing(reopen(place, data)) as again:
            dump(again)

    with pytest.raises(PlanStudioError, match=r"damaged|cannot be opened"):
        look()
