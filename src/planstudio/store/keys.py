"""A plan's password: given, so that its files can be opened; and the plan in the clear that it leaves behind.

The file and the work on this computer may be under two passwords, when another
computer has changed the one: whoever opens the plan gives both, one after the other.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from planstudio import files
from planstudio.domain import recovery
from planstudio.domain.errors import InvalidInput, StoreUnavailable
from planstudio.i18n import _
from planstudio.store import doors, upkeep
from planstudio.store.beside import plans_left
from planstudio.store.contents import PlanFiles
from planstudio.store.look import look, steps_in
from planstudio.store.seal import Seal
from planstudio.store.working import open_already, working_folder


def locked_files(path: Path, data: Path) -> list[Path]:
    """The files of the plan at *path* that are under a password which has not been given."""
    path = Path(os.path.abspath(path))
    if not files.is_secret(path):
        return []
    return [one for one in (path, working_folder(path, data) / doors.LIVE) if doors.is_locked(one)]


def unlock(path: Path, data: Path, words: str) -> None:
    """Find the key to the plan at *path* by a password or what a recovery sheet says; InvalidInput where it is none."""
    waiting, opened = locked_files(path, data), False
    for one in waiting:
        salt = doors.salt_of(one)
        if salt is not None and doors.is_locked(one):
            doors.driver()
            key = doors.key_for(words, salt)
            if doors.opens(key, one):
                doors.learn(key)
                opened = True
    if waiting and not opened:
        raise InvalidInput(_refusal(words), field="password")


def _refusal(words: str) -> str:
    if recovery.read(words) is not None:
        return _("This is not the recovery key of this plan. After a change of the password the new sheet counts.")
    if recovery.looks_like_one(words):
        return _("This recovery key is mistyped. Each group has four signs; the last one checks the others.")
    return _("This is not the password of this plan.")


def delete_unprotected(path: Path, data: Path) -> None:
    """Take away the plan in the clear at *path*, its working copy, backups and files, and what was prepared of it.

    The plan's file goes last: whoever is interrupted has it to begin once more from.
    """
    path = Path(os.path.abspath(path))
    folder = working_folder(path, data)
    try:
        with FileLock(folder / "lock", timeout=0):
            seal = look(path).seal
            plan = seal.plan if seal is not None else ""
            _refuse_unsaved(folder / doors.LIVE, path, seal)
            _refuse_unread(folder / doors.LIVE, path)
            outside = _outside(folder, path)
            beside = PlanFiles(path, lambda: plan).find(wanted=True) if plan else None
            _delete_work(folder)
            for sha in outside - _named_elsewhere(data, folder):
                for kept in (data / "contents", data / "contents" / upkeep.DAMAGED):
                    (kept / sha).unlink(missing_ok=True)
            shutil.rmtree(data / "prepared", ignore_errors=True)  # pages of attached files: made anew when needed
            with suppress(OSError):
                (data / "outlines" / f"{outline_name(path)}.json").unlink()
            if beside is not None:
                _delete_beside(beside)
            note = path.with_name(files.beside(path.name, "~$"))
            for left in (*path.parent.glob(f"{glob.escape(files.beside(path.name, '.~'))}.*"), note, path):
                left.unlink(missing_ok=True)
    except Timeout as error:
        raise open_already(path) from error


def _delete_work(folder: Path) -> None:
    """The database first: without it nothing holds a second attempt to be about work that is not saved."""
    (folder / doors.LIVE).unlink(missing_ok=True)
    doors.replaced(folder / doors.LIVE)
    for one in folder.iterdir():
        if one.name != "lock":
            shutil.rmtree(one) if one.is_dir() else one.unlink()


def _delete_beside(folder: Path) -> None:
    """What says whose the folder is goes last: whoever is interrupted finds it again."""
    for one in folder.iterdir():
        if one.name != "plan-id":
            shutil.rmtree(one, ignore_errors=True) if one.is_dir() else one.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _refuse_unsaved(work: Path, path: Path, seal: Seal | None) -> None:
    """Refuse to take away what only this computer has of the plan in the clear at *path*."""
    if work.exists() and Seal(*doors.rows(work, "SELECT plan, digest, count FROM seal")[0]) != seal:
        raise _unsaved(path)


def _refuse_unread(work: Path, path: Path) -> None:
    """Refuse to take away what a crash has left beside the plan at *path* and nobody has read."""
    left = plans_left(path)
    known = {step for (step,) in doors.rows(work, "SELECT id FROM change_set")} if left and work.exists() else set()
    for one in left:
        steps = steps_in(one, look(one))
        if steps is None or not steps <= known:
            raise _unsaved(path)


def _unsaved(path: Path) -> StoreUnavailable:
    words = _("{name} has work that is not in its file. Open it, and close it when it has saved.")
    return StoreUnavailable(words.format(name=files.shown(path.name)))


def outline_name(path: Path) -> str:
    """Under which name the outline of the plan at *path* is kept for the first window."""
    return hashlib.sha1(os.fsencode(path), usedforsecurity=False).hexdigest()[:16]


def _outside(folder: Path, path: Path) -> set[str]:
    found: set[str] = set()
    for one in (folder / doors.LIVE, path):
        with suppress(*doors.either(sqlite3.Error, OSError)):
            named = doors.rows(one, "SELECT sha256 FROM content WHERE data IS NULL", read_only=True)
            found |= {sha for (sha,) in named}
    return found


def _named_elsewhere(data: Path, folder: Path) -> set[str]:
    """The contents that other plans of this computer keep where all of them do."""
    found: set[str] = set()
    for other in (data / "working").iterdir():
        if other != folder:
            with suppress(OSError, ValueError, KeyError):
                found |= _outside(other, Path(json.loads((other / "meta.json").read_text("utf-8"))["path"]))
    return found
