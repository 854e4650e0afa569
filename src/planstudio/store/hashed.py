"""Files that are named by their SHA-256: written once, never changed, the same whoever writes them.

No two programs can quarrel over such a file, and a program that synchronises has
no reason to make a second copy. Whoever reads one knows whether it is whole.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from planstudio import files

_NAME = re.compile(r"[0-9a-f]{64}")


def lay(folder: Path, data: bytes, *, private: bool = False, anew: bool = False) -> str:
    """Keep *data* in *folder*; its name. *anew*: what lies there is damaged. OSError where the disk refuses it."""
    name = hashlib.sha256(data).hexdigest()
    target = folder / name
    if not anew and _is_there(target, len(data)):
        with suppress(OSError):
            os.utime(target)  # somebody names it again: it is not forgotten
    else:
        _make(target.parent, private=private)
        with files.replacing(target, private=private) as temporary:
            temporary.write_bytes(data)
    return name


def carry(source: Path, target: Path, name: str, *, private: bool = False, anew: bool = False) -> bool:
    """Bring the file called *name* from one folder into the other; False where it is not there, or not whole.

    *anew*: what lies in the other is damaged. OSError where the disk does not take it.
    """
    known, made = source / name, target / name
    try:
        size = known.stat().st_size
    except OSError:
        return False
    if not anew and _is_there(made, size):
        return True
    _make(made.parent, private=private)
    with suppress(_NotWhole), files.replacing(made, private=private) as temporary:
        shutil.copyfile(known, temporary)
        if not _holds(temporary, name):
            raise _NotWhole
        return True
    return False


class _NotWhole(Exception):
    """A file does not hold what its name says: half arrived, or damaged."""


def read(folder: Path, name: str) -> bytes | None:
    """What the file called *name* holds; None where it is not there, or does not hold what its name says."""
    with suppress(OSError):
        data = (folder / name).read_bytes()
        if hashlib.sha256(data).hexdigest() == name:
            return data
    return None


def names(folder: Path) -> set[str]:
    """The names of all that lies in *folder*, whole or not."""
    with suppress(OSError):
        return {name for name in os.listdir(folder) if _NAME.fullmatch(name)}
    return set()


def has(folder: Path, name: str) -> bool:
    return (folder / name).is_file()


def _is_there(target: Path, size: int) -> bool:
    with suppress(OSError):
        return target.stat().st_size == size
    return False


def is_whole(folder: Path, name: str) -> bool | None:
    """Whether the file called *name* holds what its name says; None where it is not there, or cannot be read."""
    with suppress(OSError):
        return _holds(folder / name, name)
    return None


def _holds(path: Path, name: str) -> bool:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == name


def _make(folder: Path, *, private: bool) -> None:
    if private:
        files.private_folder(folder)
    elif not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        files.flush_folder(folder.parent)
