"""Measures a process's processor time: a process that is stopped or waits for ever uses none."""

import os
from pathlib import Path


def cpu_seconds(pid: int) -> float | None:
    """Processor time that a process has used so far; None where that is not known.

    `/proc/PID/stat`, see proc(5): fields 14 and 15 are its time in user and in kernel mode, in ticks.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    # The second field is the program's name in parentheses, which may contain anything.
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
