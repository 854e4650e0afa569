"""A short lock beside a plan's file while two names change places.

It makes it rare that two computers write at once; nothing depends on it. How old
a lock is, is watched by our own clock, for the clocks of computers differ: who
says nothing new for ten seconds has gone.
"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from planstudio import files
from planstudio.domain.ids import uuid7

STALE = 10.0  # seconds in which a lock says nothing new
_BEAT = 1.0  # seconds after which its holder does
_PAUSE = 0.005
_PATIENCE = 60.0


class LockHeld(Exception):
    """Somebody else holds the lock, and has for a minute."""


@contextmanager
def turn(path: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold the lock of the file at *path*; without one where the folder takes none."""
    lock = path.with_name(files.beside(path.name, ".~", ".lock"))
    own = json.dumps({"where": socket.gethostname(), "pid": os.getpid(), "turn": uuid7()})
    if not _taken(lock, own, patience):
        yield
        return
    over = threading.Event()
    heart = threading.Thread(target=_beat, args=(lock, own, over), daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()
        with suppress(OSError):
            if lock.read_text("utf-8").startswith(own):
                lock.unlink()


def _taken(lock: Path, own: str, patience: float) -> bool:
    """Take the lock; False where none can be made."""
    watched, since, end = "", time.monotonic(), time.monotonic() + patience
    while True:
        try:
            handle = os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            now = ""
            with suppress(OSError, UnicodeDecodeError):
                now = lock.read_text("utf-8")
            if now != watched:
                watched, since = now, time.monotonic()
            elif time.monotonic() - since > STALE:
                _push_aside(lock)
            if time.monotonic() > end:
                raise LockHeld from None
            threading.Event().wait(_PAUSE)
        except OSError:
            return False
        else:
            with open(handle, "w", encoding="utf-8") as file:
                file.write(own)
            return True


def _push_aside(lock: Path) -> None:
    """Renamed first: who renames it is the only one who takes it away."""
    aside = lock.with_name(f"{lock.name}.{uuid7()}")
    with suppress(OSError):
        os.replace(lock, aside)
        aside.unlink()


def _beat(lock: Path, own: str, over: threading.Event) -> None:
    while not over.wait(_BEAT):
        with suppress(OSError):
            if lock.read_text("utf-8").startswith(own):
                lock.write_text(f"{own} {time.monotonic_ns()}", "utf-8")
