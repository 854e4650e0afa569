"""A file system that writes down what SQLite does to it, and what a power cut could leave of that.

Synced writes are kept. Others survive by lot, in any order, torn at sectors of
512 bytes. A file's name is durable once its folder was synced, which SQLite does
with the first sync of a new journal and with a synced deletion.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import apsw

SECTOR = 512


@dataclass(frozen=True)
class Operation:
    """One call: open, write, cut, sync, delete, or ack: what the user was told is saved."""

    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""


class Recorder(apsw.VFS):
    """Passes every call on to the real file system, and remembers it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.operations: list[Operation] = []
        super().__init__(name, "")

    def acknowledge(self, number: int) -> None:
        self.operations.append(Operation("ack", at=number))

    def xOpen(self, name: Any, flags: Any) -> apsw.VFSFile:
        path = Path(name.filename() if isinstance(name, apsw.URIFilename) else name)
        there = path.read_bytes() if path.exists() else b""
        self.operations.append(Operation("open", path.name, data=there))
        return _File(self.operations, path.name, name, flags)

    def xDelete(self, name: str, sync: bool) -> None:
        super().xDelete(name, sync)
        self.operations.append(Operation("delete", Path(name).name, at=int(sync)))


class _File(apsw.VFSFile):
    def __init__(self, operations: list[Operation], own: str, name: Any, flags: Any) -> None:
        self._operations, self._own = operations, own
        super().__init__("", name, flags)

    def xWrite(self, data: Any, offset: int) -> None:
        super().xWrite(data, offset)
        self._operations.append(Operation("write", self._own, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self._operations.append(Operation("cut", self._own, size))

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._operations.append(Operation("sync", self._own))


@dataclass
class _Inode:
    durable: bytearray
    waiting: list[Operation] = field(default_factory=list)

    def sync(self) -> None:
        for operation in self.waiting:
            _apply(self.durable, operation)
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

    def whole(self) -> bytes:
        left = bytearray(self.durable)
        for operation in self.waiting:
            _apply(left, operation)
        return bytes(left)


def _apply(content: bytearray, operation: Operation) -> None:
    if operation.kind == "cut":
        content[operation.at :] = bytes(max(0, operation.at - len(content)))
        return
    end = operation.at + len(operation.data)
    content.extend(bytes(max(0, end - len(content))))
    content[operation.at : end] = operation.data


class _Disk:
    """The files after some operations: as the running system sees them, and which names are durable."""

    def __init__(self, operations: list[Operation]) -> None:
        self.seen: dict[str, _Inode] = {}
        self.kept: dict[str, _Inode] = {}
        self._new: set[str] = set()
        self.acknowledged = 0
        for operation in operations:
            getattr(self, f"_{operation.kind}")(operation)

    def _ack(self, operation: Operation) -> None:
        self.acknowledged = operation.at

    def _open(self, operation: Operation) -> None:
        if operation.file in self.seen:
            return
        self.seen[operation.file] = _Inode(bytearray(operation.data))
        if operation.file.endswith("-journal"):
            self._new.add(operation.file)
        else:
            self.kept[operation.file] = self.seen[operation.file]

    def _write(self, operation: Operation) -> None:
        self.seen[operation.file].waiting.append(operation)

    _cut = _write

    def _sync(self, operation: Operation) -> None:
        self.seen[operation.file].sync()
        if operation.file in self._new:
            self._new.discard(operation.file)
            self.kept = dict(self.seen)

    def _delete(self, operation: Operation) -> None:
        self.seen.pop(operation.file, None)
        if operation.at:
            self.kept = dict(self.seen)


def power_cut(operations: list[Operation], chance: Random, folder: Path) -> int:
    """Write into *folder* what a power cut after *operations* could leave; what had been acknowledged by then."""
    disk = _Disk(operations)
    for name in sorted({*disk.kept, *disk.seen}):
        inode = (disk.kept if chance.random() < 0.5 else disk.seen).get(name)  # had the name reached the disk?
        if inode is not None:
            (folder / name).write_bytes(inode.after_the_cut(chance))
    return disk.acknowledged


def killed(operations: list[Operation], folder: Path) -> int:
    """Write into *folder* what kill -9 after *operations* leaves: the system goes on and keeps every write."""
    disk = _Disk(operations)
    for name, inode in disk.seen.items():
        (folder / name).write_bytes(inode.whole())
    return disk.acknowledged
