"""Runs in words, and in the colour of how they ended."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.model import from_micros
from app.plain_text import compact_line, plural
from app.run_ending import RunState
from ui.wording import clock

if TYPE_CHECKING:
    from app.store.places.run_numbers import ListedRun

# As `run_events` has it: a larger number says that there are more.
MOST_COUNTED = 10_000

TOKENS = {
    RunState.RUNNING: "accent",
    RunState.DONE: "success",
    RunState.FAILED: "danger",
    RunState.STOPPED: "level_debug",
    RunState.UNKNOWN: "level_warning",
}
"""The colours of the theme."""

ICONS = {
    RunState.RUNNING: "replay",
    RunState.DONE: "done",
    RunState.FAILED: "bug",
    RunState.STOPPED: "close",
    RunState.UNKNOWN: "warning",
}
"""The meanings of the icons."""


def since(run: "ListedRun", now: datetime | None = None) -> str:
    """When it began, as short as can be: `14:05`, or with the day."""
    moment, here = from_micros(run.started_at), now or datetime.now(UTC)
    at, time = clock(moment, here), f"{moment.astimezone():%H:%M}"
    return at if at == time else f"{at}, {time}"


def errors(number: int) -> str:
    """How many errors came."""
    return f"over {MOST_COUNTED:,} errors" if number > MOST_COUNTED else plural(number, "error")


def line(run: "ListedRun", now: datetime | None = None) -> str:
    """The second line of a run: how it is with it, since when, and of which project."""
    between = " since " if run.state is RunState.RUNNING else " · "
    return f"{run.words}{between}{since(run, now)} · {compact_line(run.project)}"


def spoken(run: "ListedRun", now: datetime | None = None) -> str:
    """A run for a screen reader."""
    began = f"{'since' if run.state is RunState.RUNNING else 'began'} {since(run, now)}"
    name, project = compact_line(run.command), compact_line(run.project)
    return f"Run {run.id}: {name}, {run.words}, {began}, project {project}, {errors(run.errors)}"


def explained(run: "ListedRun") -> str:
    """The same with all that is known, for a tooltip."""
    began = f"{from_micros(run.started_at).astimezone():%Y-%m-%d %H:%M:%S}"
    over = "" if run.ended_at is None else f", took {took(run.ended_at - run.started_at)}"
    return (
        f"Run {run.id}: {run.command}\n{run.words[0].upper()}{run.words[1:]}. Began {began}{over}.\n"
        f"{errors(run.errors)[0].upper()}{errors(run.errors)[1:]} in {run.project}. In {run.cwd}"
    )


def took(micros: int) -> str:
    """How long something took: `0.4 s`, `3 min 5 s`, `2 h 7 min`."""
    seconds = micros / 1_000_000
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes = int(seconds) // 60
    return f"{minutes} min {int(seconds) % 60} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
