"""Takes from this process what a hostile file could use: memory without end, and core dumps.

Linux holds to the limit of the address space. macOS accepts it and does not
hold to it; there qpdf's own limits and the time limit of the parent remain.
Windows gets a job object with a limit of memory, if that can be had.
"""

from __future__ import annotations

import sys

MEMORY = 1_100_000_000  # bytes of address space


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
