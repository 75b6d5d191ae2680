"""Builds an `Event` from what an adapter has read: what is the same for every format.

Each adapter finds the exceptions, their frames, the level and the context; this adds the event's id and time,
its title and culprit, and puts everything without a field of its own into `extra`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.model import Event, ExceptionInfo, Level, Report, Thread, from_micros
from app.protocols.event import event_ids, headline, levels, timestamps, type_and_value
from app.protocols.wire.notes import Notes


def build(
    report: Report,
    notes: Notes,
    *,
    event_id: object = None,
    fallback_id: str | None = None,
    project: str | None = None,
    timestamp: datetime | str | float | None = None,
    level: Level = Level.ERROR,
    exceptions: Sequence[ExceptionInfo] = (),
    threads: Sequence[Thread] = (),
    message: str | None = None,
    title: str | None = None,
    culprit: str | None = None,
    extra: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Event:
    """The event. Raises nothing.

    `event_id` is the client's own, in whatever form; without one it is `fallback_id`, which must be given for
    all events of a report but its first (`id_of`).
    `project` is what the event itself says, for reports whose sender did not name one. `timestamp` is as
    `moments.parse` takes it. `extra` is the client's own; what `notes` kept stands beside it. `fields` are
    fields of `Event` by name.
    """
    received_at = from_micros(report.received_at)
    own_id = id_in(event_id, fallback_id or report.event_id, notes)
    moment = moment_in(timestamp, received_at, notes)
    exceptions = tuple(raised if raised.type else type_and_value.taken_apart(raised) for raised in exceptions)
    return Event(
        event_id=own_id,
        project=report.project or project or report.protocol.partition(".")[0],
        protocol=report.protocol,
        timestamp=moment,
        received_at=received_at,
        level=level_of(level, exceptions),
        title=title or headline.title(exceptions, message),
        culprit=culprit or headline.culprit(exceptions, threads, fields.get("platform")),
        message=message or None,
        exceptions=exceptions,
        threads=tuple(threads),
        extra=merged(extra, notes),
        problems=notes.sentences() if notes.problems else (),
        **fields,
    )


def id_of(report: Report, number: int) -> str:
    """The id of a report's event that has none of its own, counted from 0: the first has the answered one."""
    return report.event_id if number == 0 else event_ids.derive(report.event_id, str(number))


def mechanism(kind: str, handled: bool | None, **more: Any) -> dict[str, Any]:
    """How an exception came to be reported, as Sentry's `mechanism`."""
    known = {} if handled is None else {"handled": handled}
    return {"type": kind, **known, **{name: value for name, value in more.items() if value is not None}}


def merged(extra: Mapping[str, Any] | None, notes: Notes) -> dict[str, Any]:
    """The client's own extra with what the notes kept, each under a name of its own."""
    whole = {**extra} if extra else {}
    for name, value in notes.kept.items():
        free = name
        while free in whole:
            free += "'"
        whole[free] = value
    return whole


def level_of(level: Level, exceptions: Sequence[ExceptionInfo]) -> Level:
    """`level`, but error for an uncaught exception that its client calls "debug" or "info"."""
    for raised in exceptions:
        if raised.mechanism is not None and raised.mechanism.get("handled") is False:
            return levels.of_crash(level)
    return level


def id_in(value: object, fallback: str, notes: Notes) -> str:
    """The client's own id in `value`, else `fallback`."""
    if value is None:
        return fallback
    own = event_ids.normalise(value)
    if own is None:
        notes.odd("event_id", value, "32 hex digits")
        return fallback
    return own


def moment_in(value: datetime | str | float | None, received_at: datetime, notes: Notes) -> datetime:
    """The client's own time if it is plausible, else the time of arrival."""
    if value is None:
        return received_at
    moment = value if isinstance(value, datetime) else timestamps.parse(value)
    if moment is not None and timestamps.is_plausible(moment, received_at):
        return moment
    notes.keep("timestamp", str(value) if isinstance(value, datetime) else value)
    notes.problem(f"The timestamp {str(value)[:60]!r} cannot be right; the time of arrival is used.")
    return received_at
