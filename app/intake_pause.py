"""A pause of intake: `pause.json` in the data folder. While it is there, the receiver takes no errors.

It outlasts a restart of engine and window: who pauses for a night must not find it ended by an update. It
ends at its time, or by `resume`. The window, the command line and the engine write it; all of them say
that intake is paused.
"""

from datetime import datetime
from pathlib import Path

import msgspec
from filelock import FileLock
from msgspec import Struct
from msgspec.structs import replace

from app import private_files
from app.clock import now_micros
from app.plain_text import plural

FILE = "pause.json"
# The engine's job that reads the file again: commands request it.
JOB = "follow-pause"
_LOCK = "pause.lock"
_LONGEST_WAIT_SECONDS = 5
_SECOND = 1_000_000
LONGEST_SECONDS = 366 * 86_400


class Pause(Struct, frozen=True, kw_only=True):
    """No errors are taken `since` then, `until` then (microseconds); None: until a person resumes."""

    since: int
    until: int | None = None
    turned_away: int = 0

    def is_over(self, now: int) -> bool:
        """Whether its time has passed."""
        return self.until is not None and now >= self.until


def read(data_dir: Path, now: int | None = None) -> Pause | None:
    """The pause in force; None when errors are taken. A file that cannot be read is no pause."""
    try:
        found = msgspec.json.decode(private_files.read(data_dir / FILE), type=Pause)
    except (OSError, msgspec.MsgspecError):
        # What is lost is lost for good: in doubt errors are taken.
        return None
    return None if found.is_over(now_micros() if now is None else now) else found


def begin(data_dir: Path, seconds: int | None = None) -> Pause:
    """Pause from now on, for so long; a pause that is in force keeps its beginning. Raises `OSError`."""
    now = now_micros()
    until = None if seconds is None else now + min(seconds, LONGEST_SECONDS) * _SECOND
    private_files.make_folder(data_dir)
    with _locked(data_dir):
        before = read(data_dir, now)
        pause = Pause(since=now, until=until) if before is None else replace(before, until=until)
        _write(data_dir, pause)
    return pause


def end(data_dir: Path) -> Pause | None:
    """Take errors again; returns the pause that has ended, if any. Raises `OSError`."""
    if not (data_dir / FILE).exists():
        return None
    with _locked(data_dir):
        before = read(data_dir)
        (data_dir / FILE).unlink(missing_ok=True)
    return before


def count(data_dir: Path, pause: Pause) -> None:
    """Store how many reports were turned away, unless the pause has ended meanwhile. Raises `OSError`."""
    with _locked(data_dir):
        stored = read(data_dir)
        if stored is not None and stored.since == pause.since:
            _write(data_dir, replace(stored, turned_away=pause.turned_away))


def describe(since: int, until: int | None, turned_away: int, *, now: int) -> str:
    """A sentence for a person, without its full stop, such as "Intake paused since 14:02"."""
    end = "" if until is None else f" until {_moment(until, now)}"
    away = f", {plural(turned_away, 'report')} turned away" if turned_away else ""
    return f"Intake paused since {_moment(since, now)}{end}{away}"


def _moment(micros: int, now: int) -> str:
    at, today = (datetime.fromtimestamp(each / _SECOND).astimezone() for each in (micros, now))
    return f"{at:%H:%M}" if at.date() == today.date() else f"{at:%Y-%m-%d %H:%M}"


def _locked(data_dir: Path) -> FileLock:
    return FileLock(data_dir / _LOCK, timeout=_LONGEST_WAIT_SECONDS, mode=private_files.FILE_MODE)


def _write(data_dir: Path, pause: Pause) -> None:
    private_files.write(data_dir / FILE, msgspec.json.encode(pause))
