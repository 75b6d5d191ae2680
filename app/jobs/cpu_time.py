"""Measures a process's processor time: a process that is stopped or waits for ever uses none."""

import os
import sys
from pathlib import Path

from app import platforms


def cpu_seconds(pid: int, platform: str = sys.platform) -> float | None:
    """Processor time that a process has used so far; None where that is not known."""
    # It is asked twice a second: on Linux without `psutil`, which would be loaded for nothing else.
    if platform == "linux" and sys.platform != "win32":
        return _of_proc(pid)
    return platforms.process_tree.cpu_seconds(pid)


if sys.platform != "win32":

    def _of_proc(pid: int) -> float | None:
        """`/proc/PID/stat`, see proc(5): fields 14 and 15 are its ticks in user and in kernel mode."""
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return None
        # The second field is the program's name in parentheses, which may contain anything.
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
