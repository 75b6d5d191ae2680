"""The window on a data folder: how soon it shows rows and opens an event, and how much memory it takes.

    python -m bench.scale.window DIR [walk]

Each run is a window of its own, started as a user starts it: with its engine, and with bytecode cached.
Memory is that of the window's process alone. The store in DIR is changed by the engine: use a copy.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec
from msgspec import Struct

from bench import report
from bench.scale.figures import Figure, Wanted

# After the rows: what loads in idle time has been loaded by then, also on a busy machine.
PAUSE_MS = 4_000
ROUNDS = 5
# `main.py` restores the import as early.
WATCHED = """
import ui
ui.plain_import.restore()
from bench.scale import window_watched
window_watched.run()
"""


class Seen(Struct, frozen=True, kw_only=True):
    """What was seen of one window.

    `rows_ms`: from the start of its process to the end of the paint that shows the list's rows.
    `opened_ms`: from the choice of an issue to the end of the paint that shows its newest event, the first
    that is opened. Memory is in megabytes, once all is loaded, and after a walk through everything: resident
    (`rss`), and what no other process shares (`own`).
    """

    rows_ms: float
    opened_ms: float
    rss_start_mb: float
    own_start_mb: float
    rss_walked_mb: float | None = None
    own_walked_mb: float | None = None


ROWS = Figure("window started → rows shown", "ms", Wanted.AT_MOST, 600)
OPENED = Figure("first event opened", "ms", Wanted.AT_MOST, 150)
AT_START = Figure("window's memory at the start", "MB", Wanted.AT_MOST, 120)
WALKED = Figure("window's memory after a walk through everything", "MB", Wanted.AT_MOST, 200)
FIGURES = (ROWS, OPENED, AT_START, WALKED)


def measure(folder: Path) -> dict[str, float]:
    """One window on the store in `folder`, with a walk."""
    seen = see(folder, walks=True)
    return {
        ROWS.name: seen.rows_ms,
        OPENED.name: seen.opened_ms,
        AT_START.name: seen.rss_start_mb,
        WALKED.name: seen.rss_walked_mb or 0.0,
    }


def see(folder: Path, *, walks: bool = False, pause_ms: int = PAUSE_MS) -> Seen:
    """Open a window on the store in `folder`, open an event after `pause_ms`, and close it.

    With `walks` it goes through everything first: a minute. Raises `CalledProcessError`.
    """
    arguments = [str(folder), str(pause_ms), *(["walk"] if walks else [])]
    begun = time.time()
    found = json.loads(run_python("-c", WATCHED, *arguments))
    return msgspec.convert(found | {"rows_ms": (found["rows_at"] - begun) * 1000}, Seen)


def bare_ms() -> float:
    """From the start of a process to the end of the first paint of an empty PySide6 window."""
    begun = time.time()
    return (float(run_python("-m", "bench.window_bare")) - begun) * 1000


def run_python(*arguments: str) -> bytes:
    """Run Python as a user does, without a display where there is none; returns the last line it prints."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    return done.stdout.splitlines()[-1]


if __name__ == "__main__":
    given, *walk = sys.argv[1:]
    report.title("window: start, first event opened, memory")
    for number in range(ROUNDS):
        bare = bare_ms()
        seen = see(Path(given), walks=bool(walk) and number == 0)
        report.row(
            f"bare {bare:.0f} ms",
            f"rows {seen.rows_ms:.0f} ms",
            f"opened {seen.opened_ms:.0f} ms",
            f"{seen.rss_start_mb:.0f} MB",
            "" if seen.rss_walked_mb is None else f"walked {seen.rss_walked_mb:.0f} MB",
        )
