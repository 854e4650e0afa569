"""This computer's store of attached files: what nobody names goes, what is damaged comes anew, nothing else."""

from __future__ import annotations

import os
import shutil
import time
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from factories import add_goal, create, dump, reopen
from planstudio.domain.clock import Clock
from planstudio.domain.files import Upkeep
from planstudio.operations.goals import delete_goal
from planstudio.queries.links import file_bytes, names_of
from planstudio.store import contents, upkeep
from planstudio.store.seal import sealed
from planstudio.workspace import Workspace
from store.test_contents import FOLDER, LIGHT, Attached, names, some

MONTHS = 200 * 86_400.0


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "LIGHT", LIGHT)


@pytest.fixture
def held(workspace: Workspace) -> Attached:
    """A heavy plan with three files, saved."""
    made = Attached(workspace, 3)
    workspace.publish()
    return made


def name(n: int) -> str:
    return sha256(some(n)).hexdigest()


def age(*paths: Path) -> None:
    """Let *paths* be of half a year ago."""
    for path in paths:
        os.utime(path, (time.time() - MONTHS,) * 2)


def stray(folder: Path, n: int, *, old: bool = True) -> Path:
    """A file that no plan names."""
    path = folder / name(n)
    path.write_bytes(some(n))
    if old:
        age(path)
    return path


def spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)


def test_what_no_plan_has_named_for_a_month_goes_and_nothing_else(held: Attached, data: Path) -> None:
    store = data / "contents"
    age(*store.iterdir())
    old, young = stray(store, 10), stray(store, 11, old=False)
    assert held.workspace.look_after() == Upkeep(gone=1)
    assert not old.exists()
    assert young.exists()
    assert [held.workspace.ask(file_bytes, one) for one in held.ids] == [some(n) for n in range(3)]


def test_a_file_of_what_was_deleted_and_of_another_plan_stays(held: Attached, data: Path, tmp_path: Path) -> None:
    other = create(tmp_path / "Other.planstudio", data)
    theirs = Attached(other, 2)
    theirs.attach(5)
    other.publish()
    other.close()
    held.workspace.do("Delete", delete_goal, held.goal)
    age(*(data / "contents").iterdir())
    assert held.workspace.look_after() == Upkeep()
    held.workspace.undo()
    assert held.workspace.ask(file_bytes, held.ids[1]) == some(1)
    other = reopen(tmp_path / "Other.planstudio", data)
    shutil.rmtree(tmp_path / "Other files")
    assert other.ask(file_bytes, theirs.ids[0]) == some(0)
    other.close()


def test_a_file_that_only_a_backup_names_stays(held: Attached, data: Path, place: Path) -> None:
    """The plan's file was replaced by another plan of the same name: the former work is a backup by now."""
    held.workspace.close()
    other = create(place.with_name("Another.planstudio"), data)
    other.publish()
    other.close()
    os.replace(place.with_name("Another.planstudio"), place)
    shutil.rmtree(place.parent / FOLDER)
    workspace = reopen(place, data)
    assert workspace.former is not None
    age(*(data / "contents").iterdir())
    assert workspace.look_after() == Upkeep()
    workspace.close()
    assert names(data) == {name(n) for n in range(3)}


@pytest.mark.parametrize("which", ["backups/20260101-101500-5.planstudio", "replaced-20260101-101500.db"])
def test_where_something_cannot_be_read_nothing_goes(held: Attached, data: Path, which: str) -> None:
    (work,) = (data / "working").iterdir()
    (work / "backups").mkdir(exist_ok=True)
    (work / which).write_bytes(b"SQLite format 3\0" + b"torn" * 1000)
    left = stray(data / "contents", 10)
    assert held.workspace.look_after() == Upkeep()
    assert left.exists()


def test_what_is_damaged_is_set_aside_and_comes_anew_from_beside_the_plan(held: Attached, data: Path) -> None:
    spoil(data / "contents" / name(1))
    assert held.workspace.look_after() == Upkeep(fetched=1)
    assert (data / "contents" / name(1)).read_bytes() == some(1)
    assert (data / "contents" / "damaged" / name(1)).exists()


def test_what_is_damaged_beside_the_plan_is_laid_anew_from_here(held: Attached, place: Path) -> None:
    spoil(place.parent / FOLDER / "contents" / name(2))
    assert held.workspace.look_after() == Upkeep()
    assert (place.parent / FOLDER / "contents" / name(2)).read_bytes() == some(2)


def test_what_is_whole_nowhere_is_named(held: Attached, data: Path, place: Path) -> None:
    for folder in (data / "contents", place.parent / FOLDER / "contents"):
        spoil(folder / name(0))
    done = held.workspace.look_after()
    assert done == Upkeep(lost=frozenset({name(0)}))
    assert held.workspace.ask(names_of, done.lost) == ("Bids 0.pdf",)
    assert held.workspace.ask(names_of, {name(0), "0" * 64}) == ("Bids 0.pdf", "a file of the history")
    assert (place.parent / FOLDER / "contents" / name(0)).exists(), "somebody else may mend it"


def test_beside_the_plan_goes_only_what_no_known_step_names_and_only_when_all_are_known(
    held: Attached, place: Path, tmp_path: Path
) -> None:
    folder = place.parent / FOLDER / "contents"
    left, young = stray(folder, 10), stray(folder, 11, old=False)
    age(*(folder / name(n) for n in range(3)))
    add_goal(held.workspace, "Not saved yet")
    held.workspace.look_after()
    assert left.exists(), "there is something that the others do not know"
    held.workspace.publish()
    unread = place.parent / FOLDER / "steps"
    unread.mkdir(exist_ok=True)
    half = unread / name(20)
    half.write_bytes(b"half arrived")
    held.workspace.look_after()
    assert left.exists(), "a colleague's steps are on their way"
    half.unlink()
    held.workspace.look_after()
    assert not left.exists()
    assert names(folder.parent) == {*(name(n) for n in range(3)), young.name}


def test_beside_the_plan_stays_what_our_own_copy_still_holds_in_itself(
    workspace: Workspace, place: Path, data: Path
) -> None:
    made = Attached(workspace, 1)
    workspace.publish()
    laid = place.parent / FOLDER / "contents" / name(0)
    laid.parent.mkdir(parents=True)
    (laid.parent.parent / "plan-id").write_text(workspace.ask(lambda s: sealed(s.connection()).plan))
    laid.write_bytes(some(0))
    age(laid)
    workspace.look_after()
    assert laid.exists()
    assert workspace.ask(file_bytes, made.ids[0]) == some(0)


def test_once_a_week_and_not_where_it_was_stopped(held: Attached, data: Path) -> None:
    workspace = held.workspace
    assert workspace.care_is_due
    assert workspace.look_after(lambda _share: False) is None
    assert workspace.care_is_due
    workspace.look_after()
    assert not workspace.care_is_due
    now = workspace.clock.now() + timedelta(days=8)
    workspace.clock = Clock(lambda: now)
    assert workspace.care_is_due


def test_a_file_that_is_attached_again_is_not_an_old_one(held: Attached, data: Path) -> None:
    left = stray(data / "contents", 10)
    held.attach(10)
    assert time.time() - left.stat().st_mtime < upkeep.FORGOTTEN
    assert len(dump(held.workspace)["attachment"]) == 4
