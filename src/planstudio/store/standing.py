"""How a plan stands, for whoever only looks: nothing is written, published or taken in, or locked for longer."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from planstudio.domain.files import FileRelation, FileState, PlanStatus
from planstudio.store import doors
from planstudio.store.look import There, look, steps_in
from planstudio.store.note import Note
from planstudio.store.peer import FilePeer
from planstudio.store.verify import guarded, sniff
from planstudio.store.working import TAILS, is_open, working_folder

_OPEN = "SELECT count(DISTINCT unit) FROM conflict"


def how_it_stands(path: Path, data: Path, author: str = "") -> PlanStatus:
    """The file at *path* beside the work that this computer has of it; the file alone where there is none."""
    path = Path(os.path.abspath(path))
    folder = working_folder(path, data)
    worked_on = (folder / "work.db").exists()
    if worked_on:
        if doors.is_locked(folder / "work.db"):
            raise doors.locked(path)
        with _at_rest(folder) as work:
            state = FilePeer(path, work, looks=True).look_again()
            differences = _differences(doors.connect(work, read_only=True))
    else:
        sniff(path)
        state = _alone(path)
        differences = _differences(guarded(path)) if state.relation is FileRelation.SAVED else 0
    who = Note(path, author).elsewhere
    return PlanStatus(state, _written(path), differences, who, is_open(path, data), worked_on)


@contextmanager
def _at_rest(folder: Path) -> Iterator[Path]:
    """The working copy; a copy of it where a crash has left a step half done, which only a writer can take back."""
    work = folder / "work.db"
    if not _is_hot(work):
        yield work
        return
    with TemporaryDirectory(prefix="planstudio-") as aside:
        for name in (*(f"work.db{tail}" for tail in TAILS), "meta.json"):
            with suppress(FileNotFoundError):
                shutil.copy(folder / name, aside)
        doors.rows(Path(aside) / "work.db", "SELECT count(*) FROM seal")
        yield Path(aside) / "work.db"


def _is_hot(work: Path) -> bool:
    with closing(doors.connect(work, read_only=True)) as connection:
        try:
            connection.execute("SELECT count(*) FROM seal")
        except doors.either(sqlite3.OperationalError):
            return True
    return False


def _differences(connection: sqlite3.Connection) -> int:
    with closing(connection):
        return int(connection.execute(_OPEN).fetchone()[0])


def _alone(path: Path) -> FileState:
    seen = look(path)
    if seen.there is There.OUT_OF_REACH:
        return FileState(FileRelation.OUT_OF_REACH, why=seen.why)
    whole = seen.there is There.PLAN and steps_in(path, seen) is not None
    return FileState(FileRelation.SAVED if whole else FileRelation.UNREADABLE, why=seen.why)


def _written(path: Path) -> datetime | None:
    with suppress(OSError):
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return None
