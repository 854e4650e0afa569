"""SQLite's own method, turned on our gestures: each single call to the disk fails, once or from then on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from factories import dump, reopen
from faults.calls import Call, failing, full, seen_by
from faults.editing import gesture, gesture_in, plan_to_edit, word
from planstudio.domain.errors import PlanStudioError, StoreUnavailable
from planstudio.domain.files import FileRelation
from planstudio.files import is_secret
from planstudio.queries.history import plan_history
from planstudio.store import contents, doors, drops, engine
from planstudio.store.working import working_folder
from planstudio.workspace import Workspace
from sampling import SAMPLED
from secrecy import BOTH, in_the_clear

MOST = 400
Error = Callable[[Call], int]


class FailingDisk:
    """Counts the calls, and fails the one it is told to, or all from that one on."""

    def __init__(self, error: Error, *, for_ever: bool, reads: bool = True) -> None:
        self.calls = 0
        self.fail_at: int | None = None
        self._error, self._for_ever, self._reads = error, for_ever, reads

    def seen(self, call: Call) -> int:
        if call.kind == "read" and not self._reads:
            return 0
        self.calls += 1
        if self.fail_at is None or self.calls < self.fail_at or (self.calls > self.fail_at and not self._for_ever):
            return 0
        return self._error(call)


def on_disk(work: Path) -> set[str]:
    """The words of the goals as the next start would find them."""
    with closing(doors.connect(work)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {title for (title,) in connection.execute("SELECT title FROM goal")}


@SAMPLED
@pytest.mark.parametrize("for_ever", [False, True], ids=["once", "for ever"])
@pytest.mark.parametrize("error", [full, failing], ids=["full", "i/o error"])
@BOTH
def test_every_failing_call_is_told_and_the_gesture_is_there_or_not(
    place: Path,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Error,
    for_ever: bool,
    sampled: bool,
    tell: Callable[[str], None],
) -> None:
    monkeypatch.setattr(engine, "PRAGMAS", (*engine.PRAGMAS, "cache_size=10"))
    ids, work = plan_to_edit(place, data), working_folder(place, data) / "work.db"
    met: Counter[str] = Counter()
    disk, whole = FailingDisk(error, for_ever=for_ever), word(1)
    each = (13 if is_secret(place) else 1) * (3 if sampled else 1)
    with seen_by(disk.seen), closing(reopen(place, data)) as workspace:
        gesture(workspace, ids, 1)
        for point in range(1, MOST, each):
            disk.calls, disk.fail_at = 0, point
            new, told = word(point + 1), ""
            try:
                gesture(workspace, ids, point + 1)
            except StoreUnavailable as refused:
                told = str(refused)
            failed, disk.fail_at = disk.calls >= point, None
            (title,) = on_disk(work)
            assert title in (whole, new), "a gesture is half there"
            if told:
                met["refused" if title == whole else "told to have failed, but there"] += 1
                assert "disk" in told or "could not store" in told
            else:
                met["done all the same" if failed else "done"] += 1
                assert title == new, "a gesture that was acknowledged is lost"
            whole = title
            assert {row["title"] for row in dump(workspace)["goal"].values()} == {whole}, "memory and disk agree"
            assert workspace.ask(plan_history, 1)[0].label == whole
            if not failed:
                break
        tell(f"{point} points of failure, each {each}: {dict(met)}")
        assert not failed, "not every call was reached"
        assert met["refused"] > 10 / each
        workspace.undo()


# What writes whole files.


def saves(workspace: Workspace, _n: int) -> None:
    workspace.publish()


def saves_steps(workspace: Workspace, _n: int) -> None:
    workspace.publish(whole=False)


def changes_password(workspace: Workspace, n: int) -> None:
    workspace.change_password(f"password number {n}")


WHOLE = [("plain", saves, 3), ("plain", saves_steps, 3), ("secret", saves, 41), ("secret", changes_password, 97)]


@pytest.mark.parametrize("error", [full, failing], ids=["full", "i/o error"])
@pytest.mark.parametrize(("place", "work", "each"), WHOLE, indirect=["place"])
def test_a_disk_that_fails_at_any_call_of_a_save_is_told_and_loses_nothing(
    place: Path,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tell: Callable[[str], None],
    work: Callable[[Workspace, int], None],
    each: int,
    error: Error,
) -> None:
    """It fails from that call on, until there is room again; then the same is done once more."""
    monkeypatch.setattr(doors, "_ROUNDS", 10)
    if work is saves_steps:
        monkeypatch.setattr(drops, "HEAVY", 0)
        monkeypatch.setattr(contents, "LIGHT", 0)
    ids, met, disk = plan_to_edit(place, data), Counter[str](), FailingDisk(error, for_ever=True, reads=False)
    with seen_by(disk.seen), closing(reopen(place, data)) as workspace:
        workspace.publish()
        for point in range(1, 9999, each):
            gesture(workspace, ids, point)
            disk.calls, disk.fail_at = 0, point
            told = ""
            try:
                work(workspace, point)
            except PlanStudioError as refused:
                told = str(refused)
            failed, disk.fail_at = disk.calls >= point, None
            met["told" if told else "done"] += 1
            if told:
                assert told.endswith((".", "…")), told
                assert "Error" not in told
                assert error is failing or "full" in told, told
            assert gesture_in(workspace) == point
            work(workspace, point)
            assert workspace.look_again().relation is FileRelation.SAVED
            assert not workspace.dirty
            if not failed:
                break
        assert not [path for path in place.parent.iterdir() if path.name.startswith(".~")]
    if is_secret(place):
        assert not in_the_clear(tmp_path)
        assert len({doors.salt_of(path) for path in (place, *data.rglob("*.planstudiox"), *data.rglob("work.db"))}) == 1
    tell(f"{point} points of failure, each {each}: {dict(met)}")
    assert not failed
    assert met["told"] >= 5
    elsewhere = reopen(place, tmp_path / "elsewhere", device="laptop", author="Bo")
    assert gesture_in(elsewhere) == point
    elsewhere.close()
