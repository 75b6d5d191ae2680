"""What a person's code changed of an event: found, stored, and applied when the event is read again.

An event is stored as the report that brought it, and read again whenever it is shown. The changed fields are
stored separately, rather than computed again: the code may be different by then, may use the clock or the
network, and must run in a process of its own, not in the window's.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import fields, replace

from app.model import Event
from app.protocols.event import headline

# Fields that identify an event, and those that are stored separately.
FIXED = frozenset(
    ("event_id", "issue_id", "project", "protocol", "received_at", "grouping", "attachments", "feedback")
)
_CHANGEABLE = tuple(field for field in fields(Event) if field.name not in FIXED)
_Fields = msgspec.defstruct(
    "_Fields",
    [(field.name, field.type | UnsetType, UNSET) for field in _CHANGEABLE],
    kw_only=True,
    frozen=True,
)
_encode = msgspec.json.Encoder().encode
_event = msgspec.json.Decoder(Event)
_fields = msgspec.json.Decoder(_Fields)


def encoded(event: Event) -> bytes:
    """The event as JSON. Raises `TypeError` and `ValueError` when it holds what is no JSON."""
    return _encode(event)


def changes(event: Event, changed: Event) -> bytes | None:
    """The fields in which `changed` differs from `event`, as JSON for `apply`; None when there are none.

    Raises `TypeError` and `ValueError` when `changed` is no valid event: a value has the wrong type or is no
    JSON, a time has no zone, or a field of `FIXED` was changed. A changed title is shortened as any other.
    """
    now, before = _encode(changed), _encode(event)
    if now == before:
        return None
    whole = _event.decode(now)
    if any(moment is not None and moment.tzinfo is None for moment in _moments(whole)):
        raise ValueError("A time of an event must say its zone, as datetime.now(UTC) does")
    if whole.title != event.title:
        whole = replace(whole, title=headline.first_line(whole.title) or headline.UNLABELLED)
    return _differences(_event.decode(before), whole)


def _moments(event: Event) -> Iterator[datetime | None]:
    yield event.timestamp
    yield from (crumb.timestamp for crumb in event.breadcrumbs)


def _differences(before: Event, now: Event) -> bytes | None:
    differing = {name for name in Event.__struct_fields__ if getattr(now, name) != getattr(before, name)}
    if fixed := sorted(differing & FIXED):
        raise ValueError(f"It must not change {', '.join(fixed)} of an event")
    if not differing:
        return None
    return _encode(_Fields(**{name: getattr(now, name) for name in differing}))


def apply(event: Event, changed: bytes | None) -> Event:
    """The event as it was filed: with its stored changes, if there are any."""
    if changed is None:
        return event
    try:
        stored: Any = _fields.decode(changed)
    except msgspec.ValidationError as error:
        problem = f"What a listener changed of this event cannot be read any more: {error}"
        return replace(event, problems=(*event.problems, problem))
    given = {field.name: getattr(stored, field.name) for field in _CHANGEABLE}
    return replace(event, **{name: value for name, value in given.items() if value is not UNSET})
