"""Takes from this process what a hostile file could use: memory without end, and core dumps.

Linux holds to the limit of the address space. macOS accepts it and does not
hold to it; there qpdf's own limits and the limit of work remain. Windows gets
a job object with a limit of memory, if that can be had.

The time of one file is counted in work of the processor: a slow or a busy
computer takes longer, and makes no honest file too large. Where that cannot be
counted, the parent looks at the clock.
"""

from __future__ import annotations

import math
import signal
import sys

MEMORY = 1_100_000_000  # bytes of address space
WORK = 60  # seconds of the processor's time for one file
COUNTS_WORK = sys.platform != "win32"


def confine() -> None:
    """Set the limits; they cannot be undone."""
    if sys.platform == "win32":
        _confine_windows()
    else:
        import resource

        for kind, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
            hard = resource.getrlimit(kind)[1]
            limit = value if hard == resource.RLIM_INFINITY else min(value, hard)
            try:
                resource.setrlimit(kind, (limit, limit))
            except (ValueError, OSError):
                continue  # the platform does not have it


def allow_work(seconds: int = WORK) -> None:
    """From now on so many seconds of work until the system ends this process."""
    if sys.platform != "win32":
        import resource

        done = resource.getrusage(resource.RUSAGE_SELF)
        until = math.ceil(done.ru_utime + done.ru_stime) + seconds
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))


def ended_by_work(code: int | None) -> bool:
    """Whether a process that ended with *code* had worked for too long."""
    return sys.platform != "win32" and code == -signal.SIGXCPU


def _confine_windows() -> None:
    if sys.platform != "win32":
        return
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = [
            ("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64), ("flags", wintypes.DWORD),
            ("least", ctypes.c_size_t), ("most", ctypes.c_size_t), ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t), ("priority", wintypes.DWORD), ("scheduling", wintypes.DWORD),
        ]  # fmt: skip

    class Extended(ctypes.Structure):
        _fields_ = [
            ("basic", Basic), ("counters", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t), ("peak_process", ctypes.c_size_t), ("peak_job", ctypes.c_size_t),
        ]  # fmt: skip

    one_process, process_memory, extended = 0x8, 0x100, 9
    kernel = ctypes.windll.kernel32
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
    kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    job = kernel.CreateJobObjectW(None, None)
    limits = Extended()
    limits.basic.flags, limits.basic.processes, limits.process_memory = one_process | process_memory, 1, MEMORY
    if job and kernel.SetInformationJobObject(job, extended, ctypes.byref(limits), ctypes.sizeof(limits)):
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
