"""A look at a plan's file: which plan it is and which steps it holds, read from the file itself.

A share answers a question about a file from its memory, but has to ask the
server when the file is opened; so the stamp comes from an open file. A file that
changes while it is read is looked at again.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from planstudio.domain.errors import Locked, NotAPlan, StoreUnavailable, TooNew
from planstudio.store.doors import either, rows, salt_of
from planstudio.store.seal import Seal, digest_of
from planstudio.store.verify import guarded, sniff

Stamp = tuple[int, int, int]  # inode, time of the last change in nanoseconds, bytes
_TRIES = 5
_PAUSE = 0.02  # seconds between two tries


class There(StrEnum):
    """What stands at a place."""

    PLAN = "plan"
    NOTHING = "nothing"
    NO_PLAN = "no plan"  # a file of another kind
    TOO_NEW = "too new"  # a plan of a newer program
    LOCKED = "locked"  # under a password that nobody has given here
    UNREADABLE = "unreadable"  # damaged, or being written by another program
    OUT_OF_REACH = "out of reach"  # the folder is not there, or does not answer


@dataclass(frozen=True)
class Look:
    """A file as it was looked at; the seal is there for a plan."""

    there: There
    stamp: Stamp | None = None
    seal: Seal | None = None
    why: str = ""  # the sentence, where there is one
    salt: bytes | None = None  # of a plan under a password


def stamp(path: Path) -> Stamp | None:
    """What tells one state of the file at *path* from another; None where there is no file."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return None
    try:
        found = os.fstat(handle)
        return found.st_ino, found.st_mtime_ns, found.st_size
    finally:
        os.close(handle)


def look(path: Path) -> Look:
    """The file at *path*, as it is now."""
    found = Look(There.OUT_OF_REACH)
    for _n in range(_TRIES):
        try:
            before = stamp(path)
            if before is None:
                return Look(There.NOTHING if path.parent.is_dir() else There.OUT_OF_REACH)
            found = _read(path, before)
            if stamp(path) == before and found.there is not There.UNREADABLE:
                return found
        except OSError as error:
            found = Look(There.OUT_OF_REACH, why=str(error.strerror or error))
        threading.Event().wait(_PAUSE)
    return found


def _read(path: Path, before: Stamp) -> Look:
    try:
        sniff(path)
        with closing(guarded(path)) as connection:
            row = connection.execute("SELECT plan, digest, count FROM seal").fetchone()
        return Look(There.PLAN, before, Seal(*row), salt=salt_of(path)) if row else Look(There.UNREADABLE, before)
    except Locked as error:
        return Look(There.LOCKED, before, why=str(error))
    except TooNew as error:
        return Look(There.TOO_NEW, before, why=str(error))
    except StoreUnavailable as error:
        return Look(There.OUT_OF_REACH, before, why=str(error))
    except NotAPlan as error:
        return Look(There.NO_PLAN, before, why=str(error))
    except either(sqlite3.Error):
        return Look(There.UNREADABLE, before)


def plan_of(work: Path) -> str:
    """The id of the plan in the working copy *work*, which is ours; "" before it has one."""
    found = rows(work, "SELECT plan FROM seal")
    return found[0][0] if found else ""


def steps_in(path: Path, seen: Look) -> set[str] | None:
    """The steps of the file that was *seen*; None where it is not whole, or another one by now."""
    try:
        with closing(guarded(path)) as connection:
            found = {step for (step,) in connection.execute("SELECT id FROM change_set")}
        whole = seen.seal is not None and digest_of(found) == seen.seal.digest and stamp(path) == seen.stamp
    except either(sqlite3.Error, OSError, Locked):
        return None
    return found if whole else None
