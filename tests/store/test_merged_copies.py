"""Copies that were taken in are thinned like backups, and none goes that holds anything which the plan has not."""

from __future__ import annotations

import os
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from factories import add, add_goal, create, dump, reopen
from planstudio.domain.ids import uuid7
from planstudio.operations import files
from planstudio.store import contents
from planstudio.store.restore import BackupsOfPlan
from planstudio.store.working import working_folder
from planstudio.workspace import Workspace


@pytest.fixture
def shelf(place: Path, data: Path) -> Path:
    made = working_folder(place, data) / "backups" / "copies"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def workspace(workspace: Workspace, shelf: Path) -> Workspace:
    add_goal(workspace, "Every child a reader")
    workspace.publish()
    return workspace


def put(source: Path, shelf: Path, at: datetime, name: str = "Alder Bend (Ana's conflicted copy)") -> Path:
    """A copy that was taken in at a former moment."""
    stamp = f"{int(at.timestamp() * 1000):012x}"
    made = shelf / f"{stamp[:8]}-{stamp[8:]}{uuid7()[13:]} {name}.planstudio"
    shutil.copyfile(source, made)
    return made


def now(workspace: Workspace) -> datetime:
    return workspace.clock.now()


def test_they_are_thinned_by_the_law_of_the_backups(workspace: Workspace, place: Path, shelf: Path) -> None:
    ages = [timedelta(hours=1), timedelta(hours=30), timedelta(hours=49), timedelta(hours=52), timedelta(days=800)]
    copies = [put(place, shelf, now(workspace) - age) for age in ages]
    workspace.back_up()
    assert [path.exists() for path in copies] == [True, True, True, False, False]


def test_saving_thins_them_too(workspace: Workspace, place: Path, data: Path, shelf: Path) -> None:
    old = put(place, shelf, now(workspace) - timedelta(days=800))
    workspace.close()
    again = reopen(place, data, clock=workspace.clock)
    add_goal(again, "One more")
    again.publish()
    again.close()
    assert not old.exists()


def test_a_copy_with_a_step_that_the_plan_has_not_stays(
    workspace: Workspace, place: Path, shelf: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.planstudio"
    shutil.copyfile(place, copy)
    theirs = reopen(copy, tmp_path / "laptop")
    add_goal(theirs, "Theirs alone")
    theirs.publish()
    theirs.close()
    old = put(copy, shelf, now(workspace) - timedelta(days=800))
    workspace.back_up()
    assert old.exists()
    workspace.merge_copy(copy)
    workspace.back_up()
    assert not old.exists(), "the plan has all of it now"


def test_a_copy_with_the_bytes_of_a_file_that_is_not_here_stays(
    workspace: Workspace, place: Path, shelf: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = add_goal(workspace, "With a file")
    add(workspace, "attachment", files.attach_file, "goal", goal, "Bids.txt", b"bid " * 1000)
    whole = tmp_path / "whole.planstudio"
    workspace.one_file(whole)
    old = put(whole, shelf, now(workspace) - timedelta(days=800))
    monkeypatch.setattr(contents, "LIGHT", 1000)
    workspace.publish()
    (kept,) = (data / "contents").iterdir()
    moved = kept.rename(tmp_path / "lost")
    workspace.back_up()
    assert old.exists()
    moved.rename(kept)
    workspace.back_up()
    assert not old.exists()


def test_what_cannot_be_read_and_what_is_no_copy_of_ours_stays(workspace: Workspace, place: Path, shelf: Path) -> None:
    torn = put(place, shelf, now(workspace) - timedelta(days=800))
    torn.write_bytes(torn.read_bytes()[:-5000])
    other = shelf / "put here by hand.planstudio"
    shutil.copyfile(place, other)
    workspace.back_up()
    assert torn.exists()
    assert other.exists()


# What a crash has left beside a plan is read before it goes.


def unread(place: Path, tmp_path: Path, title: str) -> Path:
    """A whole plan that came out of an exchange of names in the moment of a crash, with a step that is nowhere else."""
    copy = tmp_path / f"{title}.planstudio"
    shutil.copyfile(place, copy)
    theirs = reopen(copy, tmp_path / f"data of {title}")
    add_goal(theirs, title)
    theirs.publish()
    theirs.close()
    left = place.with_name(f".~{place.name}.c0ffee-1-1.tmp")
    shutil.move(copy, left)
    os.utime(left, (time.time() - 7200,) * 2)
    return left


def goals_in(copies: Path, tmp_path: Path) -> set[str]:
    found = set()
    for n, path in enumerate(sorted(copies.iterdir())):
        shutil.copyfile(path, tmp_path / f"{n}.planstudio")
        opened = reopen(tmp_path / f"{n}.planstudio", tmp_path / f"data {n}")
        found |= {row["title"] for row in dump(opened)["goal"].values()}
        opened.close()
    return found


def test_what_lies_unread_beside_a_plan_that_is_restored_from_outside_is_kept(
    workspace: Workspace, place: Path, data: Path, shelf: Path, tmp_path: Path
) -> None:
    workspace.back_up()
    workspace.close()
    left = unread(place, tmp_path, "Theirs alone")
    BackupsOfPlan(place, data).restore(BackupsOfPlan(place, data).backups()[0].name)
    assert not left.exists()
    assert "Theirs alone" in goals_in(shelf, tmp_path)


def test_what_stands_unread_where_another_plan_is_brought_back_is_kept(
    workspace: Workspace, place: Path, data: Path, shelf: Path, tmp_path: Path
) -> None:
    """The former plan comes back while a colleague has just saved into the one that stands there now."""
    workspace.close()
    other = create(tmp_path / "Other.planstudio", tmp_path / "elsewhere")
    other.publish()
    other.close()
    shutil.copyfile(tmp_path / "Other.planstudio", place)
    now_there = reopen(place, data, clock=workspace.clock)
    former = next(row.name for row in now_there.backups() if row.former)
    unread(place, tmp_path, "Left by a crash")
    ana = reopen(tmp_path / "Other.planstudio", tmp_path / "elsewhere")
    add_goal(ana, "Saved a moment ago")
    ana.publish()
    ana.close()
    shutil.copyfile(tmp_path / "Other.planstudio", place)
    now_there.restore(former)
    assert {row["title"] for row in dump(now_there)["goal"].values()} == {"Every child a reader"}
    now_there.close()
    assert goals_in(shelf, tmp_path) >= {"Left by a crash", "Saved a moment ago"}


def test_a_new_plan_takes_no_unread_plan_of_its_name_away_but_what_is_half_written(
    workspace: Workspace, place: Path, tmp_path: Path
) -> None:
    left = unread(place, tmp_path, "Of a plan that was deleted")
    half = left.with_name(f".~{place.name}.c0ffee-2-1.tmp")
    half.write_bytes(left.read_bytes()[:5000])
    os.utime(half, (time.time() - 7200,) * 2)
    elsewhere = tmp_path / "elsewhere" / place.name
    elsewhere.parent.mkdir()
    for path in (left, half):
        shutil.move(path, elsewhere.parent)
    workspace.save_copy(elsewhere)
    assert (elsewhere.parent / left.name).exists()
    assert not (elsewhere.parent / half.name).exists()
