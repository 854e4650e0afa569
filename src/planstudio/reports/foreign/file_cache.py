"""What was taken from files, kept: a few in memory, many in a folder that does not grow without end.

Entries are as untrusted as answers of the process, and are read like them. An
entry that cannot be read is none.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from planstudio import files
from planstudio.reports.foreign.imported import MOST_BODY, MOST_HEAD, ImportedFile, Malformed, pack_file, unpack_file
from planstudio.reports.foreign.pipe import Closed, read_frame, write_frame

MOST_ON_DISK = 500_000_000
MOST_IN_MEMORY = 64_000_000
_ENDING = ".bin"
_UNUSED = 14 * 24 * 3600.0  # seconds after which pages that nobody printed again are forgotten


class FileCache:
    """Entries by key; thread-safe. Without a folder only the memory is used."""

    def __init__(self, folder: Path | None, most: int = MOST_ON_DISK, in_memory: int = MOST_IN_MEMORY) -> None:
        self._folder, self._most, self._in_memory = folder, most, in_memory
        self._near: OrderedDict[str, tuple[ImportedFile, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> ImportedFile | None:
        """What was put there, if it is still there and whole."""
        with self._lock:
            if key in self._near:
                self._near.move_to_end(key)
                return self._near[key][0]
        if self._folder is None:
            return None
        path = self._folder / (key + _ENDING)
        try:
            with path.open("rb") as stream:
                imported = unpack_file(*read_frame(stream, MOST_HEAD, MOST_BODY))
                size = stream.tell()
        except (OSError, Closed, Malformed):
            return None
        with suppress(OSError):  # so that it is not the oldest any more
            os.utime(path)
        self._keep_near(key, imported, size)
        return imported

    def put(self, key: str, imported: ImportedFile) -> None:
        """Keep *imported*. A full or read-only disk keeps nothing."""
        head, body = pack_file(imported)
        self._keep_near(key, imported, len(body))
        if self._folder is None or len(body) > self._most // 2:
            return
        with suppress(OSError):
            self._write(self._folder, key, head, body)
            self._make_room(self._folder)

    def _keep_near(self, key: str, imported: ImportedFile, size: int) -> None:
        with self._lock:
            self._near[key] = (imported, size)
            while len(self._near) > 1 and sum(size for _file, size in self._near.values()) > self._in_memory:
                self._near.popitem(last=False)

    def _write(self, folder: Path, key: str, head: bytes, body: bytes) -> None:
        files.private_folder(folder)
        with NamedTemporaryFile(dir=folder, prefix="~", delete=False) as part:
            try:
                write_frame(part, head, body)
            except OSError:
                Path(part.name).unlink(missing_ok=True)
                raise
        os.replace(part.name, folder / (key + _ENDING))

    def _make_room(self, folder: Path) -> None:
        with self._lock:
            entries = []
            for path in folder.iterdir():
                with suppress(OSError):  # another process may have removed it
                    stat = path.stat()
                    entries.append((stat.st_mtime_ns, stat.st_size, path))
            begun, total = time.time() - _UNUSED, sum(size for _when, size, _path in entries)
            for when, size, path in sorted(entries):
                if when >= begun * 1e9 and total <= self._most:
                    break
                with suppress(OSError):
                    path.unlink()
                    total -= size
