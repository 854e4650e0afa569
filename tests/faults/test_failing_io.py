"""SQLite's own method, turned on our gestures: each single call to the disk fails, once or from then on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import apsw
import pytest

from factories import dump, reopen
from faults.apsw_driver import driver
from faults.editing import gesture, plan_to_edit, word
from planstudio.domain.errors import StoreUnavailable
from planstudio.queries.history import plan_history
from planstudio.store import document, engine
from planstudio.store.working import working_folder

MOST = 400


class FailingDisk(apsw.VFS):
    """Counts the calls, and fails the one it is told to, or all from that one on."""

    def __init__(self, name: str) -> None:
        self.calls = 0
        self.fail_at: int | None = None
        self.for_ever = False
        self.error: type[Exception] = apsw.IOError
        super().__init__(name, "")

    def tick(self, what: str) -> None:
        self.calls += 1
        if self.fail_at is not None and (self.calls == self.fail_at or (self.for_ever and self.calls > self.fail_at)):
            raise self.error(what)

    def xOpen(self, name: Any, flags: Any) -> apsw.VFSFile:
        self.tick("open")
        return _File(self, name, flags)

    def xDelete(self, name: str, sync: bool) -> None:
        self.tick("delete")
        super().xDelete(name, sync)


class _File(apsw.VFSFile):
    def __init__(self, disk: FailingDisk, name: Any, flags: Any) -> None:
        self._disk = disk
        super().__init__("", name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:
        self._disk.tick("read")
        return super().xRead(amount, offset)

    def xWrite(self, data: Any, offset: int) -> None:
        self._disk.tick("write")
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self._disk.tick("truncate")
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self._disk.tick("sync")
        super().xSync(flags)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[FailingDisk]:
    made = FailingDisk("failing")
    monkeypatch.setattr(document, "open_engine", partial(engine.open_engine, dbapi=driver("failing")))
    yield made
    made.unregister()


def on_disk(work: Path) -> set[str]:
    """The words of the goals as the next start would find them, read by the library that wrote them."""
    connection = apsw.Connection(str(work))
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {title for (title,) in connection.execute("SELECT title FROM goal")}
    finally:
        connection.close()


@pytest.mark.parametrize("for_ever", [False, True], ids=["once", "for ever"])
@pytest.mark.parametrize("error", [apsw.FullError, apsw.IOError], ids=["full", "i/o error"])
def test_every_failing_call_is_told_and_the_gesture_is_there_or_not(
    place: Path, data: Path, disk: FailingDisk, error: type[Exception], for_ever: bool, tell: Callable[[str], None]
) -> None:
    ids, work = plan_to_edit(place, data), working_folder(place, data) / "work.db"
    workspace = reopen(place, data)
    workspace._document.engine.raw_connection().execute("PRAGMA cache_size=10")
    gesture(workspace, ids, 1)
    disk.error, disk.for_ever = error, for_ever
    met: Counter[str] = Counter()
    whole = word(1)
    for point in range(1, MOST):
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
    tell(f"{point} points of failure: {dict(met)}")
    assert not failed, "not every call was reached"
    assert met["refused"] > 10
    workspace.undo()
    workspace.close()
