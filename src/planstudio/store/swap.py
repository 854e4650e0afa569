"""Two names exchanged in one call, so that whoever replaces a file sees what he replaced.

Linux has renameat2, macOS renamex_np, Windows ReplaceFileW with a name for what
it replaced. Where the disk does not know it (some shares), the caller renames.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

_HERE, _EXCHANGE, _SWAP = -100, 2, 2  # AT_FDCWD, RENAME_EXCHANGE, RENAME_SWAP
_UNKNOWN = (errno.ENOSYS, errno.EINVAL, errno.ENOENT, errno.EOPNOTSUPP, errno.ENOTSUP)


def exchange(one: Path, other: Path) -> bool:
    """Give each of two files the other's name; False where that cannot be done in one call, or one is missing."""
    if sys.platform == "win32":
        return _replaced(one, other)
    call = _call()
    if call is None:
        return False
    if call(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    why = ctypes.get_errno()
    if why in _UNKNOWN:
        return False
    raise OSError(why, os.strerror(why), str(other))


def _call() -> Callable[[bytes, bytes], int] | None:
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        swap = getattr(library, "renamex_np", None)
        return swap and (lambda one, other: swap(one, other, _SWAP))
    rename = getattr(library, "renameat2", None)
    return rename and (lambda one, other: rename(_HERE, one, _HERE, other, _EXCHANGE))


def _replaced(one: Path, other: Path) -> bool:
    """As exchange(): *other* gets what *one* holds, and what stood there comes to stand at *one*."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined, unused-ignore]
    out = one.with_name(one.name + ".out")
    if not kernel.ReplaceFileW(str(other), str(one), str(out), 0, None, None):
        return False
    os.replace(out, one)
    return True
