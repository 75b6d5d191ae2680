"""How an engine that a run has started gives its data folder to another one: a window's, or `main.py serve`.

It says by a file in the folder that it gives way. Who wants the folder asks by another file, and waits until
the folder is free; the run goes on with the new engine. Only who may write into the folder can ask.
"""

import time
from collections.abc import Callable
from pathlib import Path

from app import private_files

YIELDS, WANTED = "engine.yields", "engine.wanted"
WITHIN_SECONDS = 20.0
"""An engine that gives way has finished what it took by then."""

_POLL_SECONDS = 0.01


def begin(data_dir: Path, *, yields: bool) -> None:
    """An engine has taken the folder's lock; whether it gives way. Raises `OSError`."""
    (data_dir / WANTED).unlink(missing_ok=True)
    if yields:
        private_files.write(data_dir / YIELDS, b"")
    else:
        (data_dir / YIELDS).unlink(missing_ok=True)


def yields(data_dir: Path) -> bool:
    """Whether the engine that has the folder gives way; of no meaning where none has it."""
    return (data_dir / YIELDS).exists()


def is_wanted(data_dir: Path) -> bool:
    """Whether somebody has asked for the folder since `begin`."""
    return (data_dir / WANTED).exists()


def ask_until(
    data_dir: Path, is_done: Callable[[], bool], is_given_up: Callable[[], bool] = lambda: False
) -> bool:
    """Ask for the folder until `is_done`; False when its engine does not give way, or not in time.

    Raises `OSError` in an unusable folder.
    """
    ends = time.monotonic() + WITHIN_SECONDS
    while yields(data_dir):
        if not is_wanted(data_dir):
            private_files.write(data_dir / WANTED, b"")
        if is_done():
            return True
        if is_given_up() or time.monotonic() > ends:
            break
        time.sleep(_POLL_SECONDS)
    return is_done()
