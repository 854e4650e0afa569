"""A plan file written as a whole or not at all, and the sentence when it was not."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from planstudio import files
from planstudio.domain.errors import NotAPlan, StoreUnavailable
from planstudio.i18n import _
from planstudio.store import doors
from planstudio.store.doors import either
from planstudio.store.look import There, look
from planstudio.store.verify import check_whole, guarded, inspect

Fill = Callable[[sqlite3.Connection], None]  # puts into a copy what a plan keeps elsewhere
LEAVING = ".leaving"  # the name's end of a copy on its way to another folder
_turns = count()  # two threads may copy the same plan
_FULL = {errno.ENOSPC, errno.EDQUOT}


def write_copy(
    source: Path, target: Path, *, plan: str = "", fill: Fill | None = None, key: doors.Key | None = None
) -> None:
    """Write the live database *source* to *target*, under a *plan* id of its own where one is given.

    *key*: of a plain one, for a copy under a password; no byte of it is on the disk in the clear on the way.

    The database is copied beside itself first, so that a slow folder keeps nobody
    who types from storing a word; without room for that, straight to the folder.
    """
    with replacing(target) as temporary:
        if key is not None:
            _pour_live(source, temporary, key, plan, fill)
            if not doors.is_whole(temporary):
                raise _not_kept(target)
            return
        here = source.with_name(f"{source.stem}-{os.getpid()}-{next(_turns)}{LEAVING}")
        try:
            copy_live(source, here)
            shutil.copyfile(here, temporary)
        except either(sqlite3.Error):
            copy_live(source, temporary)
        finally:
            here.unlink(missing_ok=True)
        if plan or fill is not None:
            with closing(doors.connect(temporary)) as connection, connection:
                _make_its_own(connection, plan, fill)
        with closing(guarded(temporary)) as connection:  # read back before it takes the old one's place
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise _not_kept(target)


def _not_kept(target: Path) -> StoreUnavailable:
    return StoreUnavailable(_("The disk did not keep what was written to {name}.").format(name=target.name))


def _make_its_own(copy: sqlite3.Connection, plan: str, fill: Fill | None) -> None:
    if plan:
        copy.execute("UPDATE seal SET plan = ?", (plan,))
    if fill is not None:
        fill(copy)


def _pour_live(source: Path, target: Path, key: doors.Key, plan: str, fill: Fill | None) -> None:
    doors.learn(key)
    with closing(doors.made(target, key)) as made:
        with closing(doors.connect(source, read_only=True, implicit=False, timeout=10)) as connection:
            connection.execute("BEGIN")
            doors.pour(connection, made)
        made.execute("BEGIN")
        _make_its_own(made, plan, fill)
        made.execute("COMMIT")


def copy_live(source: Path, target: Path) -> None:
    """The live database *source*, packed, at *target*, for nobody else to read."""
    files.blank(target)
    try:
        with closing(doors.connect(source, timeout=10)) as connection:
            vacuum_into(connection, target)
    finally:
        Path(f"{target}-journal").unlink(missing_ok=True)  # of a copy that met the end of the disk


def vacuum_into(connection: Any, target: Path) -> None:
    """The database of *connection*, packed, in the empty file at *target*."""
    try:
        connection.execute("VACUUM INTO ?", (str(target),))
    except UnicodeEncodeError:  # SQL is text, and the name of this file is none
        with TemporaryDirectory(prefix="planstudio-") as folder:
            connection.execute("VACUUM INTO ?", (str(Path(folder) / "copy.db"),))
            shutil.copyfile(Path(folder) / "copy.db", target)


def verified(source: Path, target: Path) -> None:
    """A copy of the closed file *source* in our own folder, refused where it is not what it should be."""
    try:
        files.blank(target)
        shutil.copyfile(source, target)
        inspect(target, source.name)
        check_whole(target, source.name)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise unavailable(target, error) from error
    except NotAPlan:
        target.unlink(missing_ok=True)
        raise


def put(source: Path, target: Path, *, private: bool = False) -> None:
    """Make the file at *target* the same as the closed one at *source*."""
    with replacing(target, private=private) as temporary:
        shutil.copyfile(source, temporary)
    doors.replaced(target)


@contextmanager
def in_plain_words(path: Path) -> Iterator[None]:
    """A disk or a database that refuses what is done at *path* is told in plain words."""
    try:
        yield
    except either(sqlite3.Error, OSError) as error:
        raise unavailable(path, error) from error


@contextmanager
def replacing(target: Path, *, private: bool = False) -> Iterator[Path]:
    """As files.replacing; a disk or a database that refuses is told in plain words.

    A plan that a crash has left beside the *target* stays until somebody has read it: it may be what came out of an
    exchange of names, with steps that are nowhere else. In our *private* folder there are none. One under a password
    beside no plan is what somebody was interrupted in protecting.
    """

    def spared(left: Path) -> bool:
        there = look(left).there
        return not private and (there is There.PLAN or (there is There.LOCKED and target.exists()))

    with in_plain_words(target), files.replacing(target, private=private, spared=spared) as temporary:
        yield temporary


def unavailable(path: Path, error: Exception) -> StoreUnavailable:
    """Why *path* could not be written, in words that say what to do about it."""
    folder = path.parent
    why = str(error)
    if getattr(error, "errno", 0) in _FULL or getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
        words = _("The disk that holds {folder} is full.")
    elif not os.path.isdir(folder) and not isinstance(error, PermissionError):
        words = _("The folder {folder} cannot be reached.")
    elif not os.access(folder, os.W_OK) or isinstance(error, PermissionError) or "readonly" in why:
        words = _("The folder {folder} does not let this program write.")
    elif getattr(error, "errno", 0) == errno.ENAMETOOLONG:
        words = _("The name of {name} is too long for this disk. Choose a shorter one.")
    else:
        words = _("{folder} cannot be written to: {why}.")
    told_by_system = getattr(error, "strerror", None) or why
    return StoreUnavailable(words.format(folder=folder, name=f"{path.name[:40]}…", why=told_by_system))
