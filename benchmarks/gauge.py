"""Seconds of CPU, and memory, of this process and of those it has started."""

from __future__ import annotations

import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

_STATUS, _PROCESSES = Path("/proc/self/status"), Path("/proc")


@dataclass(frozen=True)
class Clock:
    """Seconds on the wall, of CPU of this process, and of CPU of its children, whether they still run or not."""

    wall: float
    own: float
    children: float

    @classmethod
    def now(cls) -> Clock:
        own = resource.getrusage(resource.RUSAGE_SELF)
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        children = ended.ru_utime + ended.ru_stime + _running_children()
        return cls(perf_counter(), own.ru_utime + own.ru_stime, children)

    def __sub__(self, start: Clock) -> Clock:
        return Clock(self.wall - start.wall, self.own - start.own, self.children - start.children)

    @property
    def cpu(self) -> float:
        return self.own + self.children


def _running_children() -> float:
    """RUSAGE_CHILDREN knows a child when it has ended; Linux tells of the others."""
    if not _STATUS.exists():
        return 0.0
    ticks, me = 0, str(os.getpid())
    for path in _PROCESSES.glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if fields[1] == me:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def resident() -> float:
    """The megabytes that this process holds now; where that is not told, the most it ever held."""
    return _status("VmRSS") or peak()


def peak() -> float:
    """The most megabytes that this process has held.

    On Linux a program that was started from a larger one inherits the larger
    one's ru_maxrss, but not its VmHWM.
    """
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return _status("VmHWM") or most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _status(name: str) -> float:
    if not _STATUS.exists():
        return 0.0
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024
