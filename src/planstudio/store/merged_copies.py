"""Copies of a plan that were taken in and put among its backups: conflicted ones, and those that were merged by hand.

backups/copies/<uuid7> <name it came with>.planstudio
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from planstudio import files
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.ids import uuid7
from planstudio.store import backups, doors
from planstudio.store.look import There, look, steps_in
from planstudio.store.verify import guarded

_NAME = re.compile(r"([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12} ")


def place_for(folder: Path, name: str) -> Path:
    """Where among the backups of the working copy in *folder* a copy called *name* is kept."""
    shelf = _shelf(folder)
    files.private_folder(shelf)
    return shelf / files.fitting(f"{uuid7()} {Path(name).stem}", Path(name).suffix)


def thin(folder: Path, work: Path, has: Callable[[str], bool], now: datetime) -> None:
    """Take away the copies whose time is over, as a backup's is, and whose every step and file the copy *work* has.

    *has* says whether the bytes of a file that the plan names are on this computer.
    """
    kept = {path.name: at for path in _shelf(folder).glob("*") if (at := _moment(path.name)) is not None}
    due = backups.by_age(kept, now)
    if not due:
        return
    with suppress(*doors.either(sqlite3.Error, OSError)):
        with closing(doors.connect(work, read_only=True, timeout=10)) as connection:
            steps = {step for (step,) in connection.execute("SELECT id FROM change_set")}
            inside = {sha for (sha,) in connection.execute("SELECT sha256 FROM content WHERE data IS NOT NULL")}
        for name in due:
            path = _shelf(folder) / name
            if _is_contained(path, steps, lambda sha: sha in inside or has(sha)):
                path.unlink(missing_ok=True)


def _is_contained(path: Path, steps: set[str], has: Callable[[str], bool]) -> bool:
    seen = look(path)
    found = steps_in(path, seen) if seen.there is There.PLAN else None
    if found is None or not found <= steps:
        return False
    try:
        with closing(guarded(path)) as connection:
            held = connection.execute("SELECT sha256 FROM content WHERE data IS NOT NULL").fetchall()
    except doors.either(sqlite3.Error, OSError, PlanStudioError):
        return False
    return all(has(sha) for (sha,) in held)


def _shelf(folder: Path) -> Path:
    return folder / "backups" / "copies"


def _moment(name: str) -> datetime | None:
    """When the copy called *name* was put here."""
    found = _NAME.match(name)
    if found is None:
        return None
    return datetime.fromtimestamp(int(found[1] + found[2], 16) / 1000).astimezone()
