"""What happened around one event: the spans of its trace, the log lines before it, and the trace's errors."""

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from app import store
from app.model import Event, EventSummary, to_micros
from app.traces import ids, packing, waterfall
from app.traces.model import LogLine, Traced
from app.traces.waterfall import Waterfall

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.store.database import Connection
    from app.store.traces.trace_lookup import StoredPart, TraceNumbers

MINUTE = 60_000_000
# How long after an error a line still counts as one about it.
AFTERWARDS = 2_000_000
# A client sends its lines some seconds after they were written.
_SENT_WITHIN = 60_000_000
MOST_LINES = 5_000


class ShownLine(Struct, frozen=True):
    """A log line, and the project that wrote it."""

    line: LogLine
    project: str


class Around(Struct, frozen=True, kw_only=True):
    """What is stored around an event. `numbers` is equal in two of them when nothing has come in between.

    The lines are the trace's, or, where there are none, of the event's project and server (`by_time`) in the
    minute before. `errors` are the trace's other events.
    """

    numbers: "TraceNumbers"
    trace_id: str = ""
    span_id: str = ""
    waterfall: Waterfall = Waterfall()
    lines: tuple[ShownLine, ...] = ()
    by_time: bool = False
    errors: tuple[EventSummary, ...] = ()


def read_around(connection: "Connection", event: Event, pk: int, known: Around | None = None) -> Around:
    """What is stored around an event numbered `pk`; `known` itself where nothing has come since then."""
    trace_id, span_id = ids.of_event(event)
    received_at = to_micros(event.received_at)
    numbers = store.trace_lookup.TraceNumbers()
    if trace_id:
        numbers = store.trace_lookup.numbers_of(connection, trace_id, received_at)
    if known is not None and known.by_time:
        numbers = replace(numbers, near=_near(connection, event, received_at))
    if known is not None and known.numbers == numbers:
        return known
    found = _unpacked(store.trace_lookup.parts(connection, numbers.parts))
    lines = [
        ShownLine(line, project)
        for project, traced in found
        for line in traced.lines
        if line.trace_id == trace_id
    ]
    by_time = not lines
    if by_time:
        numbers = replace(numbers, near=_near(connection, event, received_at))
        lines = _before(event, _unpacked(store.trace_lookup.parts(connection, numbers.near)))
    return Around(
        numbers=numbers,
        trace_id=trace_id,
        span_id=span_id,
        waterfall=waterfall.of(trace_id, found) if trace_id else Waterfall(),
        lines=_in_order(lines),
        by_time=by_time,
        errors=tuple(
            store.trace_lookup.events(connection, [other for other in numbers.events if other != pk])
        ),
    )


def _near(connection: "Connection", event: Event, received_at: int) -> tuple[int, ...]:
    begun = received_at - MINUTE - _SENT_WITHIN
    return store.trace_lookup.lines_around(connection, event.project, begun, received_at + _SENT_WITHIN)


def _unpacked(parts: "Iterable[StoredPart]") -> list[tuple[str, Traced]]:
    found = []
    for part in parts:
        try:
            found.append((part.project, packing.unpack(part.content)))
        except packing.NotReadable:
            # Of a later version that was used before: it is gone within the hour.
            continue
    return found


def _before(event: Event, found: list[tuple[str, Traced]]) -> list[ShownLine]:
    """The lines of the minute before the event, of its machine where both name one."""
    at = to_micros(event.timestamp)
    return [
        ShownLine(line, project)
        for project, traced in found
        if not (traced.source.server and event.server_name) or traced.source.server == event.server_name
        for line in traced.lines
        if at - MINUTE <= line.time <= at + AFTERWARDS
    ]


def _in_order(lines: list[ShownLine]) -> tuple[ShownLine, ...]:
    """By time, each once: a client that had no answer sends its lines again. The last where they are many."""
    once = {(each.line.time, each.line.message, each.line.span_id, each.line.logger): each for each in lines}
    return tuple(sorted(once.values(), key=lambda each: each.line.time)[-MOST_LINES:])
