"""Processes with what they have started, where no process group holds them together: on Windows.

It works everywhere, by the list of processes, but a child whose parent has ended is not found so.
"""

from contextlib import suppress

import psutil


def kill(pid: int) -> None:
    """Kill a process and all that it has started; one that has ended already is no matter."""
    try:
        process = psutil.Process(pid)
        # Asked before the first is killed: then nobody knows any more whose child it was.
        children = process.children(recursive=True)
    except psutil.Error:
        return
    for each in (process, *children):
        with suppress(psutil.Error):
            each.kill()


def cpu_seconds(pid: int) -> float | None:
    """Processor time that a process has used so far; None where that is not known."""
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return None
    return times.user + times.system


def lower_priority(pid: int | None = None) -> None:
    """Let other processes of Windows go before this one; elsewhere that is `os.nice`'s."""
    below = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", None)
    if below is not None:
        psutil.Process(pid).nice(below)
