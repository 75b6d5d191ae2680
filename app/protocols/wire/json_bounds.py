"""Limits how much of a report's JSON is read: a million of anything costs only one pass over it.

The notes say what is left out; the report itself stays as it came. The event that is built of the rest is
bounded exactly by `app.protocols.event.event_bounds`.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Any, TypeVar

from app import settings
from app.protocols.wire.notes import Notes
from app.settings import KIB, MIB

# Smaller JSON is not pruned: it cannot cost much, and its events are bounded anyway.
SMALL_BYTES = 256 * KIB
# The most objects and lists in a JSON document: each takes some hundred bytes once it is decoded.
MOST_VALUES = 500_000
HEAD, HALVES, TAIL = "the first {0:,}", "the first {0:,} and the last {1:,}", "the last {1:,}"
"""Which of many are shown, for `left_out`."""
_STACKS = frozenset(("frames", "stacktrace", "stackTrace", "backtrace", "stack", "trace"))
# Lists whose members may be an event each, or a log line.
_EVENTS = frozenset(("events", "logs", "logRecords", "log_records", "spans", "streams", "entries"))
_SPOKEN = frozenset(("frames", "exceptions", "threads", "breadcrumbs", "tags", "events", "spans"))

T = TypeVar("T")


def shorten(payload: bytes, notes: Notes) -> bytes:
    """The JSON in `payload`, or its beginning where it has too many objects and lists."""
    if len(payload) <= MIB:
        return payload
    values = payload.count(b"{") + payload.count(b"[") + payload.count(b",") // 8
    if values <= MOST_VALUES:
        return payload
    size = len(payload) * MOST_VALUES // values // 2
    notes.problem(
        f"The {notes.subject} has about {values:,} objects and lists; "
        f"of its {len(payload):,} bytes the first {size:,} are read."
    )
    return payload[:size]


def prune(value: Any, notes: Notes) -> Any:
    """Decoded JSON with lists and objects shortened that are too long; `value` is changed in place."""
    return _prune(value, "", "", notes) if isinstance(value, (dict, list)) else value


def _prune(value: Any, parent: str, name: str, notes: Notes) -> Any:
    if isinstance(value, dict):
        most = settings.limits().tags if name == "tags" else settings.limits().items
        if len(value) > most:
            notes.problem(left_out(len(value), f"members of {name or 'the object'}", most, 0, HEAD))
            value = dict(islice(value.items(), most))
        for key, part in value.items():
            if type(part) is dict or type(part) is list:
                value[key] = _prune(part, name, key, notes)
        return value
    value = _prune_list(value, parent, name, notes)
    for n, part in enumerate(value):
        if type(part) is dict or type(part) is list:
            value[n] = _prune(part, parent, name, notes)
    return value


def _prune_list(value: list[Any], parent: str, name: str, notes: Notes) -> list[Any]:
    most = settings.limits()
    what = parent if name == "values" else name
    if what in _STACKS:
        head, tail = split_in_half(most.frames)
    elif what in ("exception", "exceptions", "errors"):
        head, tail = split_in_half(most.exceptions)
    elif what == "threads":
        head, tail = split_in_half(most.threads)
    elif what == "breadcrumbs":
        head, tail = 0, most.breadcrumbs
    elif what in ("tags", "fingerprint"):
        head, tail = most.tags, 0
    elif name in _EVENTS or not name or what == "streams":
        head, tail = most.events, 0
    else:
        head, tail = split_in_half(most.items)
    if len(value) <= head + tail:
        return value
    shown = HALVES if head and tail else HEAD if head else TAIL
    kind = "exceptions" if what == "exception" else f"members of {what or 'the list'}"
    notes.problem(left_out(len(value), what if what in _SPOKEN else kind, head, tail, shown))
    return [*value[:head], *value[len(value) - tail :]]


def before_mark(body: bytes, mark: bytes, most: int) -> bytes:
    """`body` up to the `most`th `mark` in it, or all of it."""
    if body.count(mark) <= most:
        return body
    at = -1
    for _number in range(most):
        at = body.find(mark, at + 1)
    return body[:at]


def halves(found: Sequence[T], most: int) -> tuple[T, ...]:
    """At most `most` of them: the first half of that from the beginning, the rest from the end."""
    if len(found) <= most:
        return tuple(found)
    head, tail = split_in_half(most)
    return (*found[:head], *found[-tail:])


def split_in_half(most: int) -> tuple[int, int]:
    """How many to take from the beginning and from the end; from the end at least one."""
    return most // 2, most - most // 2


def left_out(count: int, what: str, head: int, tail: int, shown: str) -> str:
    """The sentence that says how many of `count` are shown, `head` of the beginning and `tail` of the end."""
    return f"Of {count:,} {what} {shown.format(head, tail)} are shown."
