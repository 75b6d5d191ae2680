"""A job object of Windows: what a process has started ends when that process ends, however it ends.

A process that puts itself into a job takes along all that it starts from then on. It holds the only handle:
with its end the handle is closed, and the job, told so, ends what is left in it. (Microsoft's documentation:
"Job Objects", JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE; since Windows 8 a process may be in several jobs.)
"""

import ctypes
import logging
import sys

log = logging.getLogger(__name__)

KILL_ON_JOB_CLOSE = 0x2000
EXTENDED_LIMIT_INFORMATION = 9


class _BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION of winnt.h; handles and sizes have a pointer's width."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION of winnt.h; six counters of input and output stand in it."""

    _fields_ = (
        ("BasicLimitInformation", _BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def limits() -> ExtendedLimits:
    """The one limit that is set: the job's processes end with its last handle."""
    found = ExtendedLimits()
    found.BasicLimitInformation.LimitFlags = KILL_ON_JOB_CLOSE
    return found


def end_children_with_this_process() -> None:
    """From now on, what this process starts ends with it. Nothing happens on another platform."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        wanted = limits()
        this = ctypes.c_void_p(kernel.GetCurrentProcess())
        # The handle is never closed: the end of this process does it.
        is_set = kernel.SetInformationJobObject(
            job, EXTENDED_LIMIT_INFORMATION, ctypes.byref(wanted), ctypes.sizeof(wanted)
        )
        if not is_set or not kernel.AssignProcessToJobObject(job, this):
            # Children then end by their own thread that waits for us (`parent_death`).
            log.warning("No job object: Windows error %d", ctypes.get_last_error())
