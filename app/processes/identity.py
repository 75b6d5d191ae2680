"""A process, told from a later one that was given the same number."""

import socket

import psutil

# The kernel counts in ticks from its start, which a clock that is being set moves a little.
_TOLERANCE_SECONDS = 2.0


def started_at(pid: int) -> int | None:
    """When the process of this number began, in microseconds since 1970; None where there is none."""
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else round(process.create_time() * 1e6)
    except psutil.Error:
        return None


def is_alive(host: str, pid: int, started: int) -> bool:
    """Whether the process that began then still is; True, too, on another machine, of which nobody knows."""
    if host != socket.gethostname():
        return True
    found = started_at(pid)
    return found is not None and abs(found - started) <= _TOLERANCE_SECONDS * 1e6
