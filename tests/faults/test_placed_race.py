"""The moments that running does not meet: a save placed exactly where it hurts, a crash, a torn file, a lock."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from factories import add_goal, create, dump, one_of_everything, reopen
from planstudio.domain.errors import NotAPlan, PlanStudioError, Replaced, StoreUnavailable
from planstudio.domain.files import FileRelation
from planstudio.operations import goals
from planstudio.store import beside, peer, restore, turn, writing
from planstudio.store.look import Look
from planstudio.store.restore import BackupsOfPlan
from planstudio.store.working import working_folder
from planstudio.workspace import Workspace

Pair = tuple[Workspace, Workspace]


def goals_in(path: Path) -> set[str]:
    """What anybody reads in the file at *path*."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return {title for (title,) in connection.execute("SELECT title FROM goal")}


def goals_of(workspace: Workspace) -> set[str]:
    return {row["title"] for row in dump(workspace)["goal"].values()}


@contextmanager
def unlocked(*_arguments: Any) -> Iterator[None]:
    yield


def place_before_the_exchange(
    patch: pytest.MonkeyPatch, happens: Callable[[], object], *, swap: bool = True, of: Any = peer
) -> None:
    """Have it happen once, after the last look and before the names change; without *swap* a disk without exchange.

    *of*: the module that changes them.
    """
    real, done = of.exchange, []

    def late(one: Path, other: Path) -> bool:
        if not done:
            done.append(True)
            happens()
        return real(one, other) if swap else False

    patch.setattr(of, "exchange", late)


@pytest.mark.parametrize("lock", [True, False], ids=["lock", "no lock"])
@pytest.mark.parametrize("swap", [True, False], ids=["exchange", "rename"])
def test_a_save_that_lands_between_the_last_look_and_the_exchange_is_not_lost(
    two: Pair, place: Path, data: Path, monkeypatch: pytest.MonkeyPatch, lock: bool, swap: bool
) -> None:
    ann, bo = two
    add_goal(ann, "Ann's")
    add_goal(bo, "Bo's")

    def bo_saves() -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(peer, "turn", unlocked)  # Ann's lock file has not reached Bo's computer
            bo.publish()
        assert goals_in(place) == {"Bo's"}

    place_before_the_exchange(monkeypatch, bo_saves, swap=swap)
    if not lock:
        monkeypatch.setattr(peer, "turn", unlocked)
    ann.publish()
    monkeypatch.undo()
    assert ann.file_state.relation is FileRelation.SAVED
    if swap:
        assert goals_in(place) == {"Ann's", "Bo's"}, "found by Ann herself: Bo may have gone home"
        assert bo.look_again().relation is FileRelation.NEWER
    else:
        assert goals_in(place) == {"Ann's"}
        assert bo.look_again().relation is FileRelation.BOTH, "Bo's next look finds it"
        bo.close()
        again = reopen(place, data / "laptop", device="laptop", author="Bo")  # and so does the next start
        assert again.recovered or again.dirty
        again.publish()
        again.close()
        assert goals_in(place) == {"Ann's", "Bo's"}
        ann.publish()
        assert goals_of(ann) == {"Ann's", "Bo's"}
    assert [path.name for path in place.parent.iterdir() if path.name.startswith(".~")] == []


def test_what_is_saved_in_the_moment_in_which_a_backup_comes_back_is_put_aside(
    two: Pair, place: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bo = two
    ann.back_up()
    ann.close()
    add_goal(bo, "Bo's")
    place_before_the_exchange(monkeypatch, bo.publish, of=restore)
    shelf = BackupsOfPlan(place, data)
    shelf.restore(shelf.backups()[0].name)
    (aside,) = place.parent.glob("* before restore *")
    assert goals_in(aside) == {"Bo's"}
    assert goals_in(place) == set()


def test_what_is_saved_in_the_moment_in_which_another_plan_comes_back_is_kept(
    two: Pair, place: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bo = two
    ann.close()
    other = create(place.with_name("Other.planstudio"), data / "other")
    other.publish()
    other.close()
    theirs = place.read_bytes()
    shutil.copyfile(other.path, place)
    now_there = reopen(place, data)
    former = next(row.name for row in now_there.backups() if row.former)
    add_goal(bo, "Bo's")

    def bo_comes_back() -> None:
        place.write_bytes(theirs)
        bo.publish()

    place_before_the_exchange(monkeypatch, bo_comes_back, of=writing)
    now_there.restore(former)
    assert goals_of(now_there) == set()
    now_there.close()
    (kept,) = (working_folder(place, data) / "backups" / "copies").iterdir()
    assert goals_in(kept) == {"Bo's"}
    assert [path.name for path in place.parent.iterdir() if path.name.startswith(".~")] == []


def test_another_plan_that_appears_before_the_exchange_is_put_back(
    two: Pair, place: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, _bo = two
    other = create(place.with_name("Other.planstudio"), data / "other")
    add_goal(other, "Of another plan")
    other.publish()
    other.close()
    theirs = other.path.read_bytes()
    add_goal(ann, "Ann's")
    place_before_the_exchange(monkeypatch, lambda: os.replace(other.path, place))
    with pytest.raises(Replaced, match="Another plan stands"):
        ann.publish()
    assert place.read_bytes() == theirs
    assert ann.look_again().relation is FileRelation.OTHER_PLAN
    assert goals_of(ann) == {"Ann's"}
    assert [path.name for path in place.parent.iterdir() if path.name.startswith(".~")] == []


# A crash in the middle.

_CRASH = """
import os, sys
from pathlib import Path
import factories
from planstudio.store import peer
place, ann_data, bo_data = map(Path, sys.argv[1:4])
ann = factories.reopen(place, ann_data)
bo = factories.reopen(place, bo_data, device="laptop", author="Bo")
factories.add_goal(ann, "Ann's")
factories.add_goal(bo, "Bo's")
real, placed = peer.exchange, []
def late(one, other):
    if placed:
        return real(one, other)
    placed.append(True)
    turn, peer.turn = peer.turn, __import__("contextlib").nullcontext
    bo.publish()
    peer.turn = turn
    assert real(one, other)
    os._exit(9)  # the power goes: what came out has not been looked at
peer.exchange = late
ann.publish()
"""


def crash_after_the_exchange(place: Path, ann_data: Path, bo_data: Path) -> Path:
    """Ann's program ends between her exchange and her look at what came out; the copy it leaves, with Bo's work."""
    root = Path(__file__).parents[2]
    paths = os.pathsep.join(str(root / name) for name in ("src", "tests"))
    words = [sys.executable, "-c", _CRASH, str(place), str(ann_data), str(bo_data)]
    done = subprocess.run(words, env=os.environ | {"PYTHONPATH": paths}, check=False, timeout=600)
    assert done.returncode == 9
    (left,) = place.parent.glob(f".~{place.name}.*.tmp")
    assert goals_in(left) == {"Bo's"}
    assert goals_in(place) == {"Ann's"}
    return left


def test_what_a_crash_leaves_between_exchange_and_look_is_read_before_it_is_removed(
    place: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "STALE", 0.2)  # the lock is left, too
    with closing(create(place, data)) as first:
        first.publish()
    left = crash_after_the_exchange(place, data, data / "laptop")
    shutil.rmtree(data / "laptop")  # Bo's computer is never started again
    ann = reopen(place, data)
    assert goals_of(ann) == {"Ann's", "Bo's"}
    ann.publish()
    ann.close()
    assert not left.exists()
    assert goals_in(place) == {"Ann's", "Bo's"}
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_what_a_colleagues_crash_left_is_taken_in_by_anybody_after_a_minute(
    place: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "STALE", 0.2)
    with closing(create(place, data)) as first:
        first.publish()
    left = crash_after_the_exchange(place, data, data / "laptop")
    theirs = left.with_name(f".~{place.name}.c0ffee-1-1.tmp")  # made on a computer that is not this one
    os.replace(left, theirs)
    cy = reopen(place, data / "home", device="home", author="Cy")
    assert goals_of(cy) == {"Ann's"}, "it may be work under way"
    monkeypatch.setattr(beside, "LEFT", -1.0)
    cy.publish()
    assert goals_in(place) == {"Ann's", "Bo's"}
    assert not theirs.exists()
    cy.close()


# Locks.


def test_a_lock_that_a_crash_left_is_taken_away(two: Pair, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "STALE", 0.2)
    lock = place.with_name(f".~{place.name}.lock")
    lock.write_text('{"where": "elsewhere", "pid": 1, "turn": "x"}')
    add_goal(two[0], "Ann's")
    two[0].publish()
    assert goals_in(place) == {"Ann's"}
    assert not lock.exists()


def test_a_lock_that_is_held_is_waited_for_and_then_told(
    two: Pair, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    ann, bo = two
    add_goal(bo, "Bo's")
    monkeypatch.setattr(peer, "turn", lambda path: turn.turn(path, 0.1))
    with ann._document.peer.held(), pytest.raises(StoreUnavailable, match="Another computer is writing"):
        bo.publish()
    assert bo.dirty
    bo.publish()
    assert goals_in(place) == {"Bo's"}


# A file that is not whole.


def test_a_torn_file_is_believed_only_where_it_has_all_that_it_says(
    place: Path, data: Path, tell: Callable[[str], None]
) -> None:
    """The beginning of one state and the rest of another one of the same length, cut at every page that differs."""
    older, newer = two_states(place, data)
    pages = [at for at in range(0, len(newer), 4096) if newer[at : at + 4096] != older[at : at + 4096]]
    cuts = sorted({at for page in pages for at in (page, page + 4096)})
    torn = {one[:cut] + other[cut:] for cut in cuts for one, other in ((newer, older), (older, newer))}
    met: dict[str, int] = {}
    for n, state in enumerate(sorted(torn - {older, newer})):
        bos = data / f"bo {n}"
        shutil.copytree(data / "laptop", bos)
        place.write_bytes(older)
        bo = reopen(place, bos, device="laptop", author="Bo")
        place.write_bytes(state)
        how = _believed(bo)
        met[how] = met.get(how, 0) + 1
        bo.close()
        shutil.rmtree(bos)
    tell(f"torn at {len(cuts)} places: {met}")
    assert met["refused"]


def two_states(place: Path, data: Path) -> tuple[bytes, bytes]:
    """The file before and after one word of Ann's, of one length; Bo's computer has the first."""
    ann = create(place, data)
    one_of_everything(ann)
    for n in range(150):
        add_goal(ann, f"Goal {n}", statement="x" * 300)
    ann.publish()
    goal, older = str(sorted(dump(ann)["goal"])[3]), b""
    while len(older) != len(place.read_bytes()):
        older = place.read_bytes()
        shutil.rmtree(data / "laptop", ignore_errors=True)
        reopen(place, data / "laptop", device="laptop", author="Bo").close()
        ann.do("Rename", goals.edit_goal, goal, title=f"Newer than {len(older)}")
        ann.publish()
    ann.close()
    return older, place.read_bytes()


def _believed(bo: Workspace) -> str:
    before, torn = dump(bo), bo.path.read_bytes()
    new = bo.look_again().new
    try:
        bo.merge_foreign()
    except NotAPlan:  # and no word of the working copy, which is sound
        new = 0
    if new:
        assert dump(bo) != before, "a step is there without what it did"
        assert all(finding.harmless for finding in bo.check())
        return "whole"
    assert dump(bo) == before
    if bo.file_state.relation is FileRelation.SAVED:
        return "nothing new in it"
    with pytest.raises(PlanStudioError):
        bo.publish()
    assert bo.path.read_bytes() == torn, "nothing is written over it"
    return "refused"


# What a program that synchronises makes.


@pytest.mark.parametrize(
    "name", ["{} (Bo's conflicted copy 2026-11-30)", "{} (Copia en conflicto de Bo 2026-11-30)", "{}-RUTH-LAPTOP"]
)
def test_a_conflicted_copy_is_taken_in_and_put_among_the_backups(
    two: Pair, place: Path, data: Path, name: str
) -> None:  # fmt: skip
    ann, bo = two
    before = place.read_bytes()
    add_goal(bo, "Bo's")
    bo.publish()
    copy = place.with_name(f"{name.format(place.stem)}.planstudio")
    os.replace(place, copy)
    place.write_bytes(before)
    add_goal(ann, "Ann's")
    ann.publish()
    assert goals_in(place) == {"Ann's", "Bo's"}
    assert not copy.exists()
    (kept,) = (working_folder(place, data) / "backups" / "copies").iterdir()
    assert kept.name.endswith(copy.name)
    assert goals_in(kept) == {"Bo's"}


def test_a_file_that_is_saved_while_it_is_read_is_read_again_and_not_called_damaged(
    two: tuple[Workspace, Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bo = two
    add_goal(bo, "First")
    bo.publish()
    real, left = peer.steps_in, [3]

    def late(path: Path, seen: Look) -> set[str] | None:
        if left[0]:
            left[0] -= 1
            add_goal(bo, f"Again {left[0]}")
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(peer, "steps_in", real)
                bo.publish()
        return real(path, seen)

    monkeypatch.setattr(peer, "steps_in", late)
    assert ann.look_again().relation is FileRelation.NEWER
    assert ann.file_state.new == 4
    assert left == [0]
