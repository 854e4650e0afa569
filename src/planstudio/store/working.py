"""Where the working copies of plans are kept on this computer, and how one is found again."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from planstudio import files
from planstudio.domain.errors import OpenAlready, PlanStudioError
from planstudio.i18n import _
from planstudio.store import backups, copies, doors
from planstudio.store.look import look

TAILS = ("", "-journal", "-wal", "-shm")  # a database and what may lie beside it


def working_folder(path: Path, data: Path) -> Path:
    """Where the working copy and the backups of the document at *path* are."""
    return data / "working" / sha256(os.fsencode(os.path.normcase(os.path.abspath(path)))).hexdigest()[:16]


def has_working_copy(path: Path, data: Path) -> bool:
    return (working_folder(path, data) / "work.db").exists()


def is_open(path: Path, data: Path) -> bool:
    """Whether a window of this computer has the document at *path* open, under this name or as what a link means."""
    return any(_is_held(working_folder(one, data) / "lock") for one in {path, Path(os.path.realpath(path))})


def _is_held(lock: Path) -> bool:
    if not lock.exists():
        return False
    try:
        with FileLock(lock, timeout=0):
            return False
    except OSError as error:
        return isinstance(error, Timeout)


def sweep(folder: Path) -> None:
    """Take away what crashes have left in the folder of a working copy that is ours alone now."""
    for shape in (f"*{copies.LEAVING}*", "*.tmp*", "theirs.db*", ".~*.tmp*"):
        for left in folder.glob(shape):
            left.unlink(missing_ok=True)
    for left in folder.glob("view-*.db*"):
        if not files.alive(left.name.split("-")[1]):
            left.unlink(missing_ok=True)


def set_aside(folder: Path, *, former: bool = False) -> Path | None:
    """Clear the place of a working copy that is to go; where its work is now.

    What it had becomes a backup, *former* where another plan follows it, or
    stays as it is if damaged.
    """
    work, now = folder / "work.db", datetime.now().astimezone()
    if not work.exists():
        return None
    try:
        kept = backups.keep(work, folder / "backups", now, former=former)
    except doors.either(sqlite3.Error, PlanStudioError):
        kept = folder / f"replaced-{now:%Y%m%d-%H%M%S}.db"
        for tail in TAILS:
            with suppress(FileNotFoundError):
                os.replace(f"{work}{tail}", f"{kept}{tail}")
    for tail in reversed(TAILS):  # the database last: a journal without one would be played into the next
        Path(f"{work}{tail}").unlink(missing_ok=True)
    doors.replaced(work)
    (folder / "meta.json").unlink(missing_ok=True)
    return kept


def adopt(path: Path, folder: Path) -> None:
    """Give the document at *path* a copy of the work it had under another name or on another drive.

    Only where no document stands under that name now, and this one is the same
    plan: what both have beside one another is united when it is opened.
    """
    seal = look(path).seal
    if seal is None or not folder.parent.is_dir():
        return
    for other in folder.parent.iterdir():
        if other != folder and _is_left(other, seal.plan, secret=files.is_secret(path)):
            with suppress(OSError, Timeout), FileLock(other / "lock", timeout=0):
                _take_over(other, folder)
            return


def _is_left(folder: Path, plan: str, *, secret: bool) -> bool:
    """Whether the document of a working copy is not where it was, and the copy is of *plan*, and as *secret*."""
    with suppress(OSError, ValueError, KeyError, TypeError, *doors.either()):
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        if os.path.exists(meta["path"]) or files.is_secret(meta["path"]) != secret:
            return False
        return doors.rows(folder / "work.db", "SELECT plan FROM seal", read_only=True) == [(plan,)]
    return False


def _take_over(other: Path, folder: Path) -> None:
    """Copy the backups and the journal before the database: after a crash the next opening begins anew."""
    if (other / "backups").is_dir():
        shutil.copytree(other / "backups", folder / "backups", dirs_exist_ok=True)
    shutil.copyfile(other / "meta.json", folder / "meta.json")
    for tail in reversed(TAILS):
        with suppress(FileNotFoundError):
            shutil.copy(f"{other / 'work.db'}{tail}", f"{folder / 'work.db'}{tail}.tmp")  # and who may read it
            os.replace(f"{folder / 'work.db'}{tail}.tmp", f"{folder / 'work.db'}{tail}")
    doors.replaced(folder / "work.db")


def open_already(path: Path) -> OpenAlready:
    words = _("{name} is already open in another Plan Studio window on this computer.")
    return OpenAlready(words.format(name=path.name))
