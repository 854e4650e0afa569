"""Between SQLite and the system: every call by which either library changes a file is seen first, and may fail.

The file system that SQLite has by itself is changed in place, so the program runs
with its own drivers: the standard library's, and sqlcipher3 for plans under a
password, whose pages are seen as they come to the disk. What Python itself does
to a file is heard by an audit hook, and `os.fsync` by a patch.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p, pointer
from dataclasses import dataclass
from typing import Any

import pytest

_CODES = {"open": 14, "read": 266, "write": 778, "cut": 1546, "sync": 1034, "delete": 2570}  # SQLite's, of each failure
_FULL = 13
_DRIVERS = ("_sqlite3", "sqlcipher3._sqlite3")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_EVENTS = ("open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.truncate", "shutil.copyfile")


@dataclass(frozen=True)
class Call:
    """What is about to be done: open, read, write, cut, sync, delete by SQLite; fsync, remove, python by Python."""

    kind: str
    path: str = ""  # "" for a temporary file without a name
    at: int = 0
    data: bytes = b""


Seen = Callable[[Call], int]  # answers 0, or the error that the call is to have


def full(call: Call) -> int:
    """The answer by which the disk is full; what needs no room is done all the same."""
    if call.kind == "python":
        return errno.ENOSPC
    return _FULL if call.kind == "write" or (call.kind == "open" and not os.path.exists(call.path)) else 0


def failing(call: Call) -> int:
    """The answer by which the disk has failed; names still go, or each lock would be waited for."""
    return 0 if call.kind == "remove" else _CODES.get(call.kind, errno.EIO)


# SQLite's own structures, as far as they are needed.


class _File(Structure):
    pass


class _Methods(Structure):
    _fields_ = [
        ("version", c_int),
        ("close", c_void_p),
        ("read", CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)),
        ("write", CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)),
        ("cut", CFUNCTYPE(c_int, c_void_p, c_int64)),
        ("sync", CFUNCTYPE(c_int, c_void_p, c_int)),
        ("others", c_void_p * 13),
    ]


_File._fields_ = [("methods", POINTER(_Methods))]
# Names as addresses: what a URI asks for stands behind the name in memory.
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, POINTER(_File), c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)


class _System(Structure):
    _fields_ = [
        ("version", c_int),
        ("size", c_int),
        ("longest", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", _OPEN),
        ("delete", _DELETE),
    ]


class _Between:
    """One library's file system with *seen* before each call."""

    def __init__(self, system: _System, seen: Seen) -> None:
        self._system, self._seen = system, seen
        # Their addresses: a field that is read later would answer with what stands there by then.
        self._open, self._delete = (
            kind(ctypes.cast(call, c_void_p).value) for kind, call in ((_OPEN, system.open), (_DELETE, system.delete))
        )
        self._paths: dict[int, str] = {}
        self._methods: dict[int, _Methods] = {}  # ours, by the address of those they stand before; never let go of
        self._mine = (_OPEN(self._opened), _DELETE(self._deleted))
        system.open, system.delete = self._mine

    def undo(self) -> None:
        self._system.open, self._system.delete = self._open, self._delete

    def _opened(self, system: int, name: int | None, file: Any, flags: int, out: int) -> int:
        path = os.fsdecode(ctypes.string_at(name)) if name else ""
        if error := self._seen(Call("open", path)):
            file.contents.methods = POINTER(_Methods)()
            return error
        done: int = self._open(system, name, file, flags, out)
        if not done and file.contents.methods:
            self._paths[ctypes.addressof(file.contents)] = path
            file.contents.methods = pointer(self._before(file.contents.methods.contents))
        return done

    def _deleted(self, system: int, name: int, folder: int) -> int:
        if error := self._seen(Call("delete", os.fsdecode(ctypes.string_at(name)), at=folder)):
            return error
        return int(self._delete(system, name, folder))

    def _before(self, real: _Methods) -> _Methods:
        where = ctypes.addressof(real)
        if where not in self._methods:
            made = _Methods.from_buffer_copy(real)
            made.read = _Methods._fields_[2][1](self._call("read", real.read))
            made.write = _Methods._fields_[3][1](self._call("write", real.write))
            made.cut = _Methods._fields_[4][1](self._call("cut", real.cut))
            made.sync = _Methods._fields_[5][1](self._call("sync", real.sync))
            self._methods[where] = made
        return self._methods[where]

    def _call(self, kind: str, real: Any) -> Callable[..., int]:
        def call(file: int, *values: int) -> int:
            path = self._paths[file]
            match kind:
                case "write":
                    seen = Call(kind, path, values[2], ctypes.string_at(values[0], values[1]))
                case "read":
                    seen = Call(kind, path, values[2])
                case _:
                    seen = Call(kind, path, values[0])
            return self._seen(seen) or int(real(file, *values))

        return call


def _systems() -> list[_System]:
    found = []
    for name in _DRIVERS:
        with suppress(ImportError):
            library = ctypes.CDLL(getattr(importlib.import_module(name), "__file__", None))
            try:
                find = library.sqlite3_vfs_find
            except AttributeError:
                pytest.skip(f"this build of {name} shows nothing of its SQLite, so no call can be met")
            find.restype, find.argtypes = POINTER(_System), [c_char_p]
            found.append(find(None).contents)
    return found


# What Python does.

_listening: list[Callable[[str, tuple[Any, ...]], None]] = []


def _heard(event: str, values: tuple[Any, ...]) -> None:
    if _listening and event in _EVENTS:
        _listening[-1](event, values)


sys.addaudithook(_heard)  # for good, but deaf while nobody listens


def _path_of(handle: int) -> str:
    if sys.platform == "darwin":
        return os.fsdecode(fcntl.fcntl(handle, fcntl.F_GETPATH, bytes(1024)).rstrip(b"\0"))
    return os.readlink(f"/proc/self/fd/{handle}")


@contextmanager
def seen_by(seen: Seen) -> Iterator[None]:
    """Have *seen* hear of every call before it is made; an answer but 0 is the error that it has instead."""
    busy = False

    def guarded(call: Call) -> int:
        nonlocal busy
        if busy:
            return 0  # of *seen* itself
        busy = True
        try:
            return seen(call)
        finally:
            busy = False

    def python(event: str, values: tuple[Any, ...]) -> None:
        if event == "open" and not (int(values[2] or 0) & _WRITING):
            return
        path = values[0] if isinstance(values[0], str | bytes | os.PathLike) else ""
        kind = "remove" if event == "os.remove" else "python"
        if error := guarded(Call(kind, os.fsdecode(path))):
            raise OSError(error, os.strerror(error), path)

    real = os.fsync

    def fsync(handle: int) -> None:
        path = _path_of(handle)
        if error := guarded(Call("fsync", path)):
            raise OSError(error, os.strerror(error), path)
        real(handle)

    between = [_Between(system, guarded) for system in _systems()]
    _listening.append(python)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        try:
            yield
        finally:
            _listening.pop()
            for one in between:
                one.undo()
            _kept.extend(between)


_kept: list[_Between] = []  # files that are still open go on through them
