"""Another plan in the place of the one that stood there: neither merged nor written over, and told."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from factories import add_goal, create, dump, reopen
from planstudio.domain.errors import Replaced
from planstudio.operations.plans import create_plan
from planstudio.store import backups
from planstudio.store.document import Document
from planstudio.store.restore import BackupsOfPlan
from planstudio.store.working import working_folder
from planstudio.workspace import Workspace


def plan_of(path: Path, data: Path, *goals: str) -> Path:
    workspace = create(path, data)
    for goal in goals:
        add_goal(workspace, goal)
    workspace.publish()
    workspace.close()
    return path


def put_in_place_of(target: Path, source: Path) -> None:
    """Replace *target* as a file manager does, also where both were made in one moment."""
    shutil.copyfile(source, target)
    os.utime(target, ns=(1, target.stat().st_size))


def goals(workspace: Workspace) -> list[str]:
    return sorted(row["title"] for row in dump(workspace)["goal"].values())


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    return plan_of(tmp_path / "Beta.planstudio", tmp_path / "other computer", "Of Beta")


@pytest.mark.parametrize("unpublished", [False, True])
def test_another_plan_is_opened_as_it_is_and_the_former_work_can_be_restored(
    unpublished: bool, place: Path, data: Path, stranger: Path
) -> None:
    plan_of(place, data, "Of Alpha")
    if unpublished:
        workspace = reopen(place, data)
        add_goal(workspace, "Only here")
        workspace._document.engine.dispose()
        workspace._document._unlock()
    put_in_place_of(place, stranger)
    workspace = reopen(place, data)
    assert goals(workspace) == ["Of Beta"]
    assert len(dump(workspace)["organization"]) == 1
    assert workspace.former is not None
    assert workspace.former.is_file()
    add_goal(workspace, "Beta goes on")
    workspace.publish()
    (former,) = [row for row in workspace.backups() if row.former]
    assert former.name == workspace.former.name
    workspace.restore(former.name)
    assert goals(workspace) == (["Of Alpha", "Only here"] if unpublished else ["Of Alpha"])
    workspace.publish()
    workspace.close()
    again = reopen(place, data)
    assert again.former is None, "it was put there knowingly"
    assert "Of Alpha" in goals(again)
    assert [row for row in again.backups() if row.former and row.name != former.name], "Beta can be brought back, too"
    again.close()


def test_another_plan_is_told_once(place: Path, data: Path, stranger: Path) -> None:
    plan_of(place, data, "Of Alpha")
    put_in_place_of(place, stranger)
    reopen(place, data).close()
    again = reopen(place, data)
    assert again.former is None
    assert goals(again) == ["Of Beta"]
    again.close()


def test_a_plan_exchanged_while_it_is_open_is_neither_merged_nor_written_over(
    place: Path, data: Path, stranger: Path, tmp_path: Path
) -> None:
    plan_of(place, data, "Of Alpha")
    workspace = reopen(place, data)
    put_in_place_of(place, stranger)
    before = place.read_bytes()
    add_goal(workspace, "Typed meanwhile")
    for _again in range(2):
        with pytest.raises(Replaced, match="Save a copy"):
            workspace.publish()
    assert place.read_bytes() == before
    assert goals(workspace) == ["Of Alpha", "Typed meanwhile"]
    workspace.save_copy(tmp_path / "Alpha again.planstudio")
    workspace.close()
    copy = reopen(tmp_path / "Alpha again.planstudio", data)
    assert goals(copy) == ["Of Alpha", "Typed meanwhile"]
    copy.close()
    beta = reopen(place, data)
    assert goals(beta) == ["Of Beta"]
    assert beta.former is not None
    beta.close()


def test_work_goes_on_when_the_stranger_is_taken_away(place: Path, data: Path, stranger: Path, tmp_path: Path) -> None:
    plan_of(place, data, "Of Alpha")
    workspace = reopen(place, data)
    shutil.copy2(place, tmp_path / "kept")
    put_in_place_of(place, stranger)
    add_goal(workspace, "Typed meanwhile")
    with pytest.raises(Replaced):
        workspace.publish()
    shutil.copy2(tmp_path / "kept", place)
    workspace.publish()
    workspace.close()
    again = reopen(place, data)
    assert goals(again) == ["Of Alpha", "Typed meanwhile"]
    assert again.former is None
    again.close()


def test_a_clean_copy_in_the_place_of_its_plan_is_another_plan(place: Path, data: Path, tmp_path: Path) -> None:
    plan_of(place, data, "Of Alpha")
    workspace = reopen(place, data)
    workspace.clean_copy(tmp_path / "clean.planstudio")
    workspace.close()
    put_in_place_of(place, tmp_path / "clean.planstudio")
    again = reopen(place, data)
    assert again.former is not None
    assert goals(again) == ["Of Alpha"]
    assert not dump(again).get("change_set")
    again.close()


def test_a_clean_copy_that_is_worked_on_and_only_touched_is_the_same_plan(
    place: Path, data: Path, tmp_path: Path
) -> None:
    plan_of(place, data, "Of Alpha")
    clean = tmp_path / "clean.planstudio"
    workspace = reopen(place, data)
    workspace.clean_copy(clean)
    workspace.close()
    workspace = reopen(clean, data)
    add_goal(workspace, "New")
    workspace._document.engine.dispose()
    workspace._document._unlock()
    os.utime(clean, ns=(2, 2))
    again = reopen(clean, data)
    assert again.former is None
    assert goals(again) == ["New", "Of Alpha"]
    again.publish()
    again.close()


def test_a_new_empty_plan_in_the_place_of_one_with_a_history_is_another(
    place: Path, data: Path, tmp_path: Path
) -> None:
    plan_of(place, data, "Of Alpha")
    Document.create(tmp_path / "empty.planstudio", tmp_path / "elsewhere").close()
    put_in_place_of(place, tmp_path / "empty.planstudio")
    again = reopen(place, data)
    assert again.former is not None
    assert not goals(again)
    again.close()


def test_an_older_and_a_newer_state_of_the_plan_are_the_plan(place: Path, data: Path, tmp_path: Path) -> None:
    plan_of(place, data, "First")
    shutil.copy2(place, tmp_path / "older")
    workspace = reopen(place, data)
    add_goal(workspace, "Second")
    workspace.publish()
    workspace.close()
    put_in_place_of(place, tmp_path / "older")
    older = reopen(place, data)
    assert (goals(older), older.former) == (["First", "Second"], None), "nothing that was written is hidden"
    older.close()


def test_two_who_begin_on_the_same_copy_apart_are_put_together(place: Path, data: Path, tmp_path: Path) -> None:
    plan_of(tmp_path / "source.planstudio", data, "Of Alpha")
    source = reopen(tmp_path / "source.planstudio", data)
    source.clean_copy(place)
    source.close()
    here, there = reopen(place, data), reopen(place, tmp_path / "there", device="there")
    add_goal(there, "There")
    there.publish()
    there.close()
    add_goal(here, "Here")
    here.publish()
    assert goals(here) == ["Here", "Of Alpha", "There"]
    here.close()


def test_a_former_plan_is_not_thinned_away_by_the_backups_of_the_new_one(
    place: Path, data: Path, stranger: Path
) -> None:
    names = ["20260101-100000-9-former.planstudio", "20260101-120000-4.planstudio", "20260101-150000-5.planstudio"]
    now = backups._moment("20260301-100000")
    assert backups.thinned(names, now) == [names[1]]
    assert names[0] in backups.thinned(names, backups._moment("20290301-100000"))


def test_the_shelf_lists_and_restores_the_former_plan(place: Path, data: Path, stranger: Path) -> None:
    plan_of(place, data, "Of Alpha")
    put_in_place_of(place, stranger)
    reopen(place, data).close()
    shelf = BackupsOfPlan(place, data)
    (row,) = [row for row in shelf.backups() if row.former]
    shelf.restore(row.name)
    again = reopen(place, data)
    assert goals(again) == ["Of Alpha"]
    again.close()


def test_no_step_and_no_district_of_two_plans_ever_meet_in_one_file(place: Path, data: Path, stranger: Path) -> None:
    plan_of(place, data, "Of Alpha")
    workspace = reopen(place, data)
    put_in_place_of(place, stranger)
    assert workspace.merge_foreign() is None
    workspace.do("Rename", create_plan, "Alpha", "Second plan")
    workspace.close()
    workspace = reopen(place, data)
    workspace.publish()
    workspace.close()
    with closing(sqlite3.connect(place)) as connection:
        assert connection.execute("SELECT count(*) FROM organization").fetchone() == (1,)
        assert not connection.execute("SELECT 1 FROM goal WHERE title = 'Of Alpha'").fetchone()


def test_nothing_of_a_working_copy_can_be_read_by_others(place: Path, data: Path) -> None:
    plan_of(place, data, "Of Alpha")
    workspace = reopen(place, data)
    add_goal(workspace, "More")
    workspace.publish()
    folder = working_folder(place, data)
    open_to_all = [path for path in folder.rglob("*") if path.name != "lock" and path.stat().st_mode & 0o077]
    assert open_to_all == [] or os.name != "posix"
    workspace.close()


def test_what_a_killed_program_left_beside_the_working_copy_goes_at_the_next_start(place: Path, data: Path) -> None:
    plan_of(place, data, "Of Alpha")
    folder = working_folder(place, data)
    left = [
        "work-77-0.leaving", "work-77-0.leaving-journal", "work.tmp", "meta.tmp", "theirs.db", "theirs.db-journal",
        ".~work.db.ffffff-77-0.tmp", "view-4194999-1.db",
    ]  # fmt: skip
    for name in left:
        (folder / name).write_bytes(b"half")
    (folder / f"view-{os.getpid()}-1.db").write_bytes(b"being read")
    workspace = reopen(place, data)
    there = {path.name for path in folder.iterdir()}
    assert not there & set(left)
    assert f"view-{os.getpid()}-1.db" in there
    workspace.close()


@pytest.mark.parametrize("name", ["x" * 244, "ö" * 122, "日" * 81], ids=["ascii", "two bytes", "three bytes"])
def test_a_plan_with_the_longest_name_is_made_worked_on_published_and_restored(
    name: str, tmp_path: Path, data: Path
) -> None:
    place = tmp_path / f"{name}.planstudio"
    workspace = create(place, data)
    add_goal(workspace, "Read")
    workspace.publish()
    workspace.close()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [place.name]
    shelf = BackupsOfPlan(place, data)
    shelf.restore(shelf.backups()[0].name)
    again = reopen(place, data)
    assert goals(again) == ["Read"]
    again.close()


@pytest.mark.skipif(os.name != "posix", reason="names of any bytes")
def test_a_name_that_is_no_utf8_makes_a_plan_like_any_other(tmp_path: Path, data: Path) -> None:
    place = tmp_path / b"caf\xe9 \x1b[2J.planstudio".decode("utf-8", "surrogateescape")
    workspace = create(place, data)
    add_goal(workspace, "Read")
    workspace.publish()
    workspace.save_copy(place.with_name(b"kopie\xff.planstudio".decode("utf-8", "surrogateescape")))
    workspace.close()
    again = reopen(place, data)
    assert goals(again) == ["Read"]
    again.close()
