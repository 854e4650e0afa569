"""Where the working copies of plans are kept on this computer, and how one is found again."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from planstudio.domain.errors import NotAPlan, PlanStudioError, StoreUnavailable
from planstudio.i18n import _
from planstudio.store import backups
from planstudio.store.verify import guarded, inspect

SUFFIX = ".planstudio"
TAILS = ("", "-journal", "-wal", "-shm")  # a database and what may lie beside it
_FIRST_STEP = "SELECT id FROM change_set ORDER BY seq LIMIT 1"


def working_folder(path: Path, data: Path) -> Path:
    """Where the working copy and the backups of the document at *path* are."""
    key = sha256(os.path.normcase(os.path.abspath(path)).encode()).hexdigest()[:16]
    return data / "working" / key


def has_working_copy(path: Path, data: Path) -> bool:
    return (working_folder(path, data) / "work.db").exists()


def set_aside(folder: Path) -> None:
    """Clear the place of a working copy that is to go: what it had becomes a backup, or stays as it is if damaged."""
    work, now = folder / "work.db", datetime.now().astimezone()
    if not work.exists():
        return
    try:
        backups.keep(work, folder / "backups", now)
    except (PlanStudioError, sqlite3.Error):
        for tail in TAILS:
            with suppress(FileNotFoundError):
                os.replace(f"{work}{tail}", folder / f"replaced-{now:%Y%m%d-%H%M%S}.db{tail}")
    for tail in reversed(TAILS):  # the database last: a journal without one would be played into the next
        Path(f"{work}{tail}").unlink(missing_ok=True)
    (folder / "meta.json").unlink(missing_ok=True)


def adopt(path: Path, folder: Path) -> None:
    """Give the document at *path* the working copy it had under another name or on another drive.

    It is taken from where the document has gone, and only when both begin with
    the same step; a copy of a plan that still stands in its place stays apart.
    """
    left = [other for other in folder.parent.iterdir() if other != folder and _is_left(other)]
    if not left:
        return
    with suppress(OSError, sqlite3.Error, NotAPlan):
        inspect(path)  # before anything in it is read
        with closing(guarded(path)) as connection:
            first = connection.execute(_FIRST_STEP).fetchone()
        for other in left:
            with closing(sqlite3.connect(f"{(other / 'work.db').as_uri()}?mode=ro", uri=True)) as connection:
                same = connection.execute(_FIRST_STEP).fetchone() == first
            if same and first is not None:
                with suppress(Timeout), FileLock(other / "lock", timeout=0):
                    _take_over(other, folder)
                return


def _is_left(folder: Path) -> bool:
    """Whether the document of a working copy is not where it was."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        before = json.loads((folder / "meta.json").read_text("utf-8"))["path"]
        return (folder / "work.db").exists() and not os.path.exists(before)
    return False


def _take_over(other: Path, folder: Path) -> None:
    """Move the journal before its database, then what tells about it: after a crash the next opening goes on."""
    for tail in reversed(TAILS):
        with suppress(FileNotFoundError):
            os.replace(f"{other / 'work.db'}{tail}", f"{folder / 'work.db'}{tail}")
    os.replace(other / "meta.json", folder / "meta.json")
    if (other / "backups").is_dir() and not (folder / "backups").exists():
        os.replace(other / "backups", folder / "backups")


def open_already(path: Path) -> StoreUnavailable:
    words = _("{name} is already open in another Plan Studio window on this computer.")
    return StoreUnavailable(words.format(name=path.name))
