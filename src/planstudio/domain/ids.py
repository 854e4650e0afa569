"""Ids that sort by when they were made and never collide between copies of a plan."""

from __future__ import annotations

import os
import threading
import time
import uuid

_last = 0
_lock = threading.Lock()


def uuid7() -> str:
    """A UUID version 7 as text, strictly increasing in a process even when the clock jumps back."""
    global _last
    with _lock:
        _last = max(_last + 1, (time.time_ns() // 1_000_000) << 12)  # 48 bits of milliseconds, 12 of counter
        milliseconds, counter = _last >> 12, _last & 0xFFF
    chance = int.from_bytes(os.urandom(8), "big") >> 2
    return str(uuid.UUID(int=(milliseconds & (1 << 48) - 1) << 80 | 7 << 76 | counter << 64 | 2 << 62 | chance))
