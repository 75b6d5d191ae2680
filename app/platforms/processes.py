"""Starting, slowing and ending processes, as each platform has it."""

import os
import signal
import subprocess
import sys
from contextlib import suppress

from app import platforms

# From winbase.h; `subprocess` names them on Windows only.
CREATE_NEW_CONSOLE = 0x00000010
CREATE_NEW_PROCESS_GROUP = 0x00000200
CREATE_NO_WINDOW = 0x08000000


def lower_priority(niceness: int) -> None:
    """Let others go before this process, by so much on the scale of nice(2); by one class on Windows."""
    if hasattr(os, "nice"):
        os.nice(niceness)
    else:
        platforms.process_tree.lower_priority()


def without_window(platform: str = sys.platform) -> int:
    """Flags for `Popen`: on Windows, a program of the console that a window starts shows no console."""
    return CREATE_NO_WINDOW if platform == "win32" else 0


def detached(*, console: bool = False, platform: str = sys.platform) -> int:
    """Flags for `Popen`: on Windows, our Ctrl-C does not reach it; with `console`, it has one of its own.

    Elsewhere `start_new_session` does that.
    """
    if platform != "win32":
        return 0
    return CREATE_NEW_CONSOLE if console else CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW


def kill_group(process: "subprocess.Popen[bytes]", *, has_groups: bool = hasattr(os, "killpg")) -> None:
    """Kill a process that leads a process group, and all of its group; on Windows all that it has started."""
    if has_groups and sys.platform != "win32":
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.kill()
        return
    platforms.process_tree.kill(process.pid)
    with suppress(OSError):
        process.kill()
