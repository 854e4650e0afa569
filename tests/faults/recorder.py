"""What a program does to the files of some folders, written down, and what kill -9 or a power cut leaves of that.

After a kill the system goes on and keeps every write. After a power cut synced
writes are kept; others survive by lot, in any order, torn at sectors of 512
bytes. So do names: what was made, renamed, exchanged or deleted is durable once
its folder was synced, which SQLite does with the first sync of a new journal and
with a synced deletion.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from faults.calls import Call, seen_by

SECTOR = 512
Names = dict[str, int | None]  # which file has a name; None for none any more


@dataclass(frozen=True)
class Operation:
    """What was done: write, cut, sync (of a file), names, folder (synced), or ack: what was told to be saved."""

    kind: str
    file: int = 0
    at: int = 0
    data: bytes = b""
    names: Names = field(default_factory=dict)
    folder: str = ""


class Recorder:
    """Writes down all that is done to the files in *root* while it records."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.operations: list[Operation] = []
        self.spilled = b""  # what went to temporary files without a name
        self._names: dict[str, tuple[int, int]] = {}  # which inode has a name, and which file that is
        self._sizes: dict[int, tuple[int, int]] = {}  # of each file when it was looked at: bytes, last change
        self._count = 0
        self._last: Call | None = None
        self._look()
        self.began = len(self.operations)  # before is what was there already

    @contextmanager
    def recording(self) -> Iterator[None]:
        with seen_by(self._seen):
            yield
        self._look()

    def acknowledge(self, number: int) -> None:
        self._look()
        self.operations.append(Operation("ack", at=number))

    def _seen(self, call: Call) -> int:
        self._look()
        if call.kind in ("write", "cut") and not call.path:
            self.spilled += call.data
        elif call.kind in ("write", "cut", "sync", "fsync") or (call.kind == "delete" and call.at):
            self._last = call
        return 0

    def _look(self) -> None:
        """What has changed since: the last call of SQLite's, names, and what Python wrote."""
        last, self._last = self._last, None
        names = dict(self._listed())
        changed: Names = {name: None for name in self._names if name not in names}
        for name, inode in names.items():
            known = self._names.get(name)
            if known is None or known[0] != inode:
                changed[name] = self._id_of(inode)
        if changed:
            self._renamed(changed, names)
        if last is not None:
            self._done(last)
        for name, (_inode, number) in self._names.items():
            self._written(name, number)
        if last is not None and last.kind == "delete":
            self.operations.append(Operation("folder", folder=self._name(Path(last.path).parent)))

    def _listed(self) -> Iterator[tuple[str, int]]:
        waiting = [self.root]
        while waiting:
            with suppress(FileNotFoundError), os.scandir(waiting.pop()) as found:
                for entry in found:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                    else:
                        yield self._name(Path(entry.path)), entry.inode()

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else ""

    def _id_of(self, inode: int) -> int:
        known = next((number for found, number in self._names.values() if found == inode), 0)
        if not known:
            self._count += 1
        return known or self._count

    def _renamed(self, changed: Names, names: dict[str, int]) -> None:
        for name, number in changed.items():
            if number is None:
                del self._names[name]
            else:
                self._names[name] = (names[name], number)
        self.operations.append(Operation("names", names=changed))

    def _done(self, call: Call) -> None:
        name = self._name(Path(call.path))
        if call.kind == "fsync" and os.path.isdir(call.path):
            self.operations.append(Operation("folder", folder=name))
        elif name in self._names:
            number = self._names[name][1]
            kind = "sync" if call.kind == "fsync" else call.kind
            if kind != "delete":
                self.operations.append(Operation(kind, number, call.at, call.data))
            if kind == "sync" and name.endswith("-journal"):
                self.operations.append(Operation("folder", folder=self._name(Path(call.path).parent)))
            if kind in ("write", "cut"):
                self._sizes[number] = self._size(name)

    def _size(self, name: str) -> tuple[int, int]:
        with suppress(FileNotFoundError):
            found = os.stat(self.root / name)
            return found.st_size, found.st_mtime_ns
        return 0, 0

    def _written(self, name: str, number: int) -> None:
        """Python's own writes: the whole file, in two halves."""
        size = self._size(name)
        if self._sizes.get(number, (0, 0)) == size:
            return
        self._sizes[number] = size
        with suppress(FileNotFoundError):
            data = (self.root / name).read_bytes()
            half = len(data) // 2
            self.operations.append(Operation("cut", number, 0))
            self.operations.append(Operation("write", number, 0, data[:half]))
            self.operations.append(Operation("write", number, half, data[half:]))


@dataclass
class _Inode:
    durable: bytearray = field(default_factory=bytearray)
    now: bytearray = field(default_factory=bytearray)
    waiting: list[Operation] = field(default_factory=list)

    def change(self, operation: Operation) -> None:
        _apply(self.now, operation)
        self.waiting.append(operation)

    def sync(self) -> None:
        self.durable = bytearray(self.now)
        self.waiting.clear()

    def after_the_cut(self, chance: Random) -> bytes:
        left = bytearray(self.durable)
        for operation in self.waiting:
            if chance.random() < 0.5:
                continue  # this one never reached the disk
            for at in range(0, len(operation.data), SECTOR):
                if chance.random() < 0.7:
                    sector = operation.data[at : at + SECTOR]
                    _apply(left, Operation("write", at=operation.at + at, data=sector))
            if operation.kind == "cut":
                _apply(left, operation)
        return bytes(left)


def _apply(content: bytearray, operation: Operation) -> None:
    if operation.kind == "cut":
        content[operation.at :] = bytes(max(0, operation.at - len(content)))
        return
    end = operation.at + len(operation.data)
    content.extend(bytes(max(0, end - len(content))))
    content[operation.at : end] = operation.data


class Disk:
    """The files as they are done to: as the running system sees them, and which names are durable."""

    def __init__(self, operations: list[Operation], began: int = 0) -> None:
        """*began*: up to where they tell what has been there for long."""
        self.seen: dict[str, int] = {}
        self._kept: dict[str, int] = {}
        self._waiting: list[Names] = []
        self.files: dict[int, _Inode] = {}
        self.acknowledged = 0
        for operation in operations[:began]:
            self.do(operation)
        for file in self.files.values():
            file.sync()
        self._kept, self._waiting = dict(self.seen), []
        for operation in operations[began:]:
            self.do(operation)

    def do(self, operation: Operation) -> None:
        match operation.kind:
            case "ack":
                self.acknowledged = operation.at
            case "names":
                _name(self.seen, operation.names)
                self._waiting.append(operation.names)
            case "folder":
                self._keep(operation.folder)
            case "sync":
                self.file(operation.file).sync()
            case _:
                self.file(operation.file).change(operation)

    def file(self, number: int) -> _Inode:
        return self.files.setdefault(number, _Inode())

    def _keep(self, folder: str) -> None:
        """The names of one folder are durable; of a rename to another folder both."""
        waiting, self._waiting = self._waiting, []
        for names in waiting:
            if any(Path(name).parent.as_posix() == (folder or ".") for name in names):
                _name(self._kept, names)
            else:
                self._waiting.append(names)

    def after_the_cut(self, chance: Random) -> dict[str, bytes]:
        names = dict(self._kept)
        for waiting in self._waiting:
            if chance.random() < 0.5:  # had the names reached the disk?
                _name(names, waiting)
        return {name: self.file(number).after_the_cut(chance) for name, number in names.items()}

    def whole(self) -> dict[str, bytes]:
        return {name: bytes(self.file(number).now) for name, number in self.seen.items()}


def _name(names: dict[str, int], changed: Names) -> None:
    for name, number in changed.items():
        if number is None:
            names.pop(name, None)
        else:
            names[name] = number


def lay(files: dict[str, bytes], folder: Path) -> None:
    """Put *files* into the empty *folder*."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
