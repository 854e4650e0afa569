"""Whether work grows as what it is given: measured against itself, so that a slow or busy machine changes nothing."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_ENOUGH = 0.05  # seconds of this thread's processor below which nothing can be told
_TRIES = 4


def grows_with_length(work: Callable[[int], object], length: int, *, times: int = 4, allowed: float = 3.0) -> bool:
    """Whether *work* of *times* the length costs at most *allowed* times what a straight line would.

    A square law would cost *times* times that. The best of some tries counts.
    """
    for _try in range(_TRIES):
        short, long = _cost(work, length), _cost(work, length * times)
        if long < _ENOUGH or long <= allowed * times * max(short, _ENOUGH / times):
            return True
    return False


def _cost(work: Callable[[int], object], length: int) -> float:
    """Without the collector, which walks all that the tests before have left."""
    gc.collect()
    gc.disable()
    try:
        begun = time.thread_time()
        work(length)
        return time.thread_time() - begun
    finally:
        gc.enable()
