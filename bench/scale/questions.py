"""What the window and the command line ask of a store: CPU of each question."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.settings import Retention
from app.store.database import open_for_engine
from app.store.inbox.search import value_counts
from app.store.places import place_counts
from app.store.upkeep.retention import Sweep
from bench.scale.figures import Figure, Wanted

SIDEBAR = Figure("numbers of the sidebar", "ms CPU", Wanted.AT_MOST, 5)
SWEEP = Figure("retention with nothing to remove", "s CPU", Wanted.AT_MOST, 0.05)
COMMANDS = {
    Figure("status --json", "s CPU", Wanted.AT_MOST, 0.25): ("status", "--json"),
    Figure("issues --json", "s CPU", Wanted.AT_MOST, 0.25): ("issues", "--json"),
}
# What the search field offers behind each key, at the most: the tag that has the most values.
VALUES = Figure("values offered behind user:", "ms CPU", Wanted.AT_MOST, 50)
NAMES = Figure("names of tags offered", "ms CPU", Wanted.AT_MOST, 50)
FIGURES = (SIDEBAR, VALUES, NAMES, SWEEP, *COMMANDS)


def measure(folder: Path) -> dict[str, float]:
    """Ask the store in `folder`."""
    database = open_for_engine(folder).database
    with database.reading() as connection:
        asked = {
            SIDEBAR: lambda: place_counts.counts(connection),
            VALUES: lambda: value_counts.of_tag(connection, "user", "1"),
            NAMES: lambda: value_counts.tag_names(connection),
        }
        found = {figure.name: _seconds(time.process_time, ask) * 1000 for figure, ask in asked.items()}
    sweep = Sweep(database, Retention(total_bytes=1 << 40))
    # The first one counts the events of a store that is new to it.
    while not sweep.sweep().is_finished:
        pass
    found[SWEEP.name] = _seconds(time.process_time, sweep.run)
    database.close()
    for figure, arguments in COMMANDS.items():
        found[figure.name] = _seconds(_cpu_of_children, _run_command, folder, arguments)
    return found


def _seconds(clock: Callable[[], float], ask: Callable[..., object], *given: Any) -> float:
    """What asking takes by `clock`, the second time: at the first, what is needed is loaded."""
    ask(*given)
    begun = clock()
    ask(*given)
    return clock() - begun


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run_command(folder: Path, arguments: tuple[str, ...]) -> object:
    command = [sys.executable, "main.py", *arguments, "--data-dir", str(folder)]
    return subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
