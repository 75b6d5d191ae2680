"""Whether traces are stored, and for how long: as the person has chosen in the window."""

import logging
import os
import time
from collections.abc import Callable
from pathlib import Path

from app import preferences
from app.preferences import Preferences, PreferencesError
from app.store.traces.removal import NOTHING, TraceBounds

log = logging.getLogger(__name__)

LOOKED_AT_EVERY_SECONDS = 2.0


def bounds_in(chosen: Preferences) -> TraceBounds:
    """What may be stored; `NOTHING` where it is switched off."""
    if not chosen.traces_stored:
        return NOTHING
    return TraceBounds(max(1, chosen.traces_hours), max(1, chosen.traces_megabytes))


def read(data_dir: Path) -> TraceBounds:
    """What may be stored by the preferences in this folder."""
    try:
        return bounds_in(preferences.read(data_dir))
    except PreferencesError as error:
        log.warning("%s", error)
        return bounds_in(Preferences())


class TraceChoice:
    """The choice in a data folder, read again when its file has changed: looked at every two seconds."""

    def __init__(self, data_dir: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._data_dir = data_dir
        self._file = str(data_dir / preferences.FILE)
        self._clock = clock
        self._look_at = 0.0
        self._seen: tuple[int, int] | None = None
        self._bounds = bounds_in(Preferences())

    @property
    def bounds(self) -> TraceBounds:
        """What may be stored now."""
        now = self._clock()
        if now >= self._look_at:
            self._look_at = now + LOOKED_AT_EVERY_SECONDS
            seen = _state(self._file)
            if seen != self._seen:
                self._seen = seen
                self._bounds = read(self._data_dir)
        return self._bounds


def _state(file: str) -> tuple[int, int] | None:
    try:
        found = os.stat(file)  # noqa: PTH116 - called with every batch: a Path takes twice as long
    except OSError:
        return None
    # Written anew, it is another file.
    return found.st_ino, found.st_mtime_ns
