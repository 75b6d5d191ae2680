"""Files the traces of a batch, in its transaction: a batch that is digested again stores nothing twice."""

from collections.abc import Sequence

from app.digest.entries.trace_entries import TraceEntries
from app.digest.filing.filing import FiledEvent, Outcome
from app.digest.filing.one_event import Joined
from app.model import Report
from app.store.database import Connection
from app.store.inbox.issues import projects
from app.store.traces import removal, trace_rows
from app.store.traces.removal import TraceBounds
from app.store.traces.trace_rows import Part, TracedEvent

# Steps of removal after each batch: they remove more than it added.
STEPS = 3


def file(
    connection: Connection,
    batch: Sequence[tuple[Report, TraceEntries]],
    outcome: Outcome,
    bounds: TraceBounds,
    now: int,
) -> None:
    """Write what reports of a batch brought, and remove what that is too much for `bounds`.

    Of events only those that were filed: the others are stored already, or dropped.
    """
    # What waited longer than that would be removed at once.
    oldest = bounds.oldest(now)
    fresh = [(report, entries) for report, entries in batch if report.received_at >= oldest]
    parts = _parts(connection, fresh)
    events = _events(fresh, outcome)
    if not parts and not events:
        return
    trace_rows.add(connection, parts, events)
    if parts:
        for _step in range(STEPS):
            if not removal.remove_step(connection, bounds, now):
                break


def _parts(connection: Connection, batch: Sequence[tuple[Report, TraceEntries]]) -> list[Part]:
    names = {part.project for _report, entries in batch for part in entries.parts}
    if not names:
        return []
    numbers = projects.numbers(connection, names, batch[0][0].received_at)
    return [
        Part(
            received_at=report.received_at,
            project_id=numbers[part.project],
            server=part.server,
            content=part.content,
            traces=part.traces,
            has_lines=part.has_lines,
            runs=part.runs,
        )
        for report, entries in batch
        for part in entries.parts
    ]


def _events(batch: Sequence[tuple[Report, TraceEntries]], outcome: Outcome) -> list[TracedEvent]:
    filed_events: list[FiledEvent | Joined] = [
        *outcome.filed,
        *(each for each in outcome.joined if each.is_in_place),
    ]
    if not filed_events:
        return []
    traces = {
        (report.id, ordinal): trace_id for report, entries in batch for ordinal, trace_id in entries.events
    }
    return [
        TracedEvent(filed.report.received_at, filed.number, trace_id)
        for filed in filed_events
        if (trace_id := traces.get((filed.report.id, filed.ordinal)))
    ]
