"""Files outside the program: taken in with bounds, put down as a whole, and named so that no terminal is deceived.

Nothing here knows what a plan holds. What is written appears under its name
when it is complete, and nobody can read it before who could not read it after.
"""

from __future__ import annotations

import os
import shutil
import socket
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from hashlib import sha256
from itertools import count
from pathlib import Path

from planstudio.domain.errors import PlanStudioError, Unreadable
from planstudio.i18n import _

MOST_BYTES = 100_000_000  # of a file that is taken in
DATABASE = b"SQLite format 3\0"
PLAN_SUFFIX, SECRET_SUFFIX = ".planstudio", ".planstudiox"  # in the clear, and under a password
_LONGEST = 255  # bytes of a name, on nearly every disk
_LONG = 120  # bytes of a name to which more may be added: some encrypted folders hold 143
_LEFT_BEHIND = 3600.0  # seconds
_turns = count()  # two threads may write beside the same file
_HERE = sha256(os.fsencode(socket.gethostname())).hexdigest()[:6]
_UMASK = os.umask(0o077)
os.umask(_UMASK)


# Names.


def shown(name: object) -> str:
    """*name* on one line and without a sign that a terminal would obey, whatever bytes the disk has for it."""
    return "".join(c if c.isprintable() else _escaped(c) for c in legible(str(name)))


def legible(name: str) -> str:
    """*name* of a file as text that can be stored: bytes that are no letter for this computer may be UTF-8."""
    if not any("\ud800" <= c <= "\udfff" for c in name):
        return name
    try:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:
        return name.encode("utf-8", "backslashreplace").decode()


def visible(text: str) -> str:
    """*text* with its lines and tabs, every other sign that a terminal would obey written out."""
    return "".join(c if c in "\n\t" or not _commands(c) else _escaped(c) for c in text)


def _commands(c: str) -> bool:
    """Controls, and the marks that turn what follows around."""
    return c < " " or "\x7f" <= c <= "\x9f" or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def _escaped(c: str) -> str:
    return c.encode("ascii", "backslashreplace").decode() if c > "\x7f" else f"\\x{ord(c):02x}"


def fitting(stem: str, tail: str) -> str:
    """The name *stem* + *tail*, its stem cut so that a disk takes it."""
    room = _LONGEST - len(os.fsencode(tail))
    while len(os.fsencode(stem)) > room:
        stem = stem[:-1]
    return stem + tail


def beside(name: str, head: str, tail: str = "") -> str:
    """A name for what stands beside the file *name*; of a long one its digest, for it may have no room for more."""
    if len(os.fsencode(name)) > _LONG:
        name = sha256(os.fsencode(name)).hexdigest()[:24]
    return head + name + tail


def beside_now(target: Path) -> str:
    """A name for what is under way to *target*; who made it can be told from it."""
    return beside(target.name, ".~", f".{_HERE}-{os.getpid()}-{next(_turns)}.tmp")


def is_over(left: Path) -> bool:
    """Whether what is under way under this name was made by a program of this computer that has ended."""
    host, _dash, rest = left.name.removesuffix(".tmp").rpartition(".")[2].partition("-")
    return host == _HERE and not alive(rest.partition("-")[0])


def is_secret(path: Path | str) -> bool:
    """Whether the name says that a plan is under a password."""
    return Path(path).suffix.lower() == SECRET_SUFFIX


def is_plan(path: Path | str) -> bool:
    """Whether the name is one of a plan."""
    return Path(path).suffix.lower() in (PLAN_SUFFIX, SECRET_SUFFIX)


def same(one: Path, other: Path) -> bool:
    """Whether both names lead to one file: by a link, in other letters, or because they are the same."""
    with suppress(OSError):
        return os.path.samefile(one, other)
    return os.path.normcase(os.path.abspath(one)) == os.path.normcase(os.path.abspath(other))


# Taken in.


def read(path: Path, most: int = MOST_BYTES, name: str = "") -> bytes:
    """What the file at *path*, *name* in sentences, holds. Nothing is waited for; at most *most* bytes are taken."""
    name = shown(name or path)
    try:
        if not _is_ordinary(os.stat(path).st_mode):
            raise _no_file(name)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            if not _is_ordinary(os.fstat(handle).st_mode):  # exchanged meanwhile
                raise _no_file(name)
            with open(handle, "rb", closefd=False) as file:
                data = file.read(most + 1)
        finally:
            os.close(handle)
    except OSError as error:
        words = _("{path} cannot be read: {why}.")
        raise Unreadable(words.format(path=name, why=error.strerror or error)) from error
    except ValueError as error:  # a null character in the name
        raise Unreadable(_("There is no file at {path}.").format(path=name)) from error
    if len(data) > most:
        words = _("{path} is larger than {size} MB, too large to be taken in.")
        raise Unreadable(words.format(path=name, size=most // 1_000_000))
    return data


def _is_ordinary(mode: int) -> bool:
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)  # a folder is refused by the system, in its own words


def _no_file(name: str) -> Unreadable:
    return Unreadable(_("{path} is a device or a pipe, not a file. Choose a file.").format(path=name))


# Put down.


def write(path: Path, data: bytes, *, like: bytes | None = None) -> None:
    """Put *data* at *path* as a whole or not at all.

    A plan is never written over. With *like* only what begins with these bytes
    is replaced: the former print of the same kind.
    """
    if not path.name or os.path.isdir(path):
        raise PlanStudioError(_("{path} is a folder. Name a file in it.").format(path=shown(path)))
    begins = _first_bytes(path)
    if begins.startswith(DATABASE) or (begins and is_secret(path)):
        raise PlanStudioError(_("{path} is a plan or another database. Choose another name.").format(path=shown(path)))
    if like is not None and begins and not begins.startswith(like):
        words = _("{path} is a file of another kind. Choose another name, or replace it with --force.")
        raise PlanStudioError(words.format(path=shown(path)))
    try:
        if path.exists() and not path.is_file():  # a device or a pipe takes the bytes and stays what it is
            path.write_bytes(data)
            return
        with replacing(path) as temporary:
            temporary.write_bytes(data)
    except OSError as error:
        words = _("{path} cannot be written: {why}.")
        raise PlanStudioError(words.format(path=shown(path), why=error.strerror or error)) from error


def _first_bytes(path: Path) -> bytes:
    with suppress(OSError):
        if path.is_file():
            with open(path, "rb") as file:
                return file.read(len(DATABASE))
    return b""


@contextmanager
def replacing(
    target: Path, *, private: bool = False, spared: Callable[[Path], bool] = lambda _left: False
) -> Iterator[Path]:
    """A name beside *target* to write to; what stands there at the end is flushed and takes the target's place.

    A link stays a link: what it points to is replaced. Who may read the file
    stays as it was, and until it stands there only its owner may; *private* keeps it so.
    What crashes have left beside it goes, unless it is *spared*.
    """
    target = Path(os.path.realpath(target))
    temporary = target.with_name(beside_now(target))
    try:
        _sweep(target, spared)
        blank(temporary)
        yield temporary
        flush(temporary)
        open_up(temporary, target, private=private)
        os.replace(temporary, target)
        flush_folder(target.parent)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def blank(path: Path) -> None:
    """An empty file at *path* that nobody else may read."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def private_folder(folder: Path) -> None:
    """*folder* and what of it was missing, for nobody else."""
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):  # somebody else's folder is theirs to close
        os.chmod(folder, 0o700)


def open_up(temporary: Path, target: Path, *, private: bool = False) -> None:
    """Let those read *temporary* who may read *target*; nobody else where it is *private*."""
    with suppress(OSError):
        if private:
            os.chmod(temporary, 0o600)
        elif target.exists():
            shutil.copymode(target, temporary)
        else:
            os.chmod(temporary, 0o666 & ~_UMASK)


def _sweep(target: Path, spared: Callable[[Path], bool]) -> None:
    """Take away what a crash has left beside *target*; what is younger may be another computer's work under way."""
    for left in target.parent.glob(f"{escape(beside(target.name, '.~'))}.*.tmp"):
        with suppress(OSError):
            if (is_over(left) or time.time() - left.stat().st_mtime > _LEFT_BEHIND) and not spared(left):
                left.unlink()
                Path(f"{left}-journal").unlink(missing_ok=True)


def alive(pid: str | int) -> bool:
    """Whether there is a process *pid* on this computer, as far as can be told."""
    if os.name == "nt":
        return True  # what is left costs a little room; a wrong signal would end a program
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def flush(path: Path) -> None:
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
