"""Between understanding and filing: calls a person's `before_digest`, if any, with each event."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from app.digest import circumstances
from app.digest.entries import entries
from app.digest.entries.entries import Entries
from app.digest.entries.repeats import Repeats
from app.digest.entries.trace_entries import TraceEntries
from app.digest.filing import filing, trace_filing
from app.digest.filing.filing import Outcome
from app.digest.grouping.rules import GroupingRule
from app.listeners.listeners import Listeners
from app.model import Event, Report
from app.protocols.sketch import Outlined, delivered
from app.store.database import Connection
from app.store.inbox.events import changes
from app.store.inbox.events.changes import Change
from app.store.queue.queue_overview import DROPPED
from app.store.traces.removal import NOTHING, TraceBounds


class Understood(Struct, frozen=True):
    """The entries of a report that can be filed, and what `before_digest` changed of its events.

    `traces` is None where traces are not stored.
    """

    entries: Entries
    changes: tuple[Change, ...] = ()
    traces: TraceEntries | None = None


def consult(
    listeners: Listeners,
    repeats: Repeats,
    report: Report,
    outlined: Outlined,
    rules: Sequence[GroupingRule] = (),
    first: int = 0,
) -> Understood:
    """Call `before_digest` for the events of `report`; returns what to file, grouped with the user's `rules`.

    `first` is the place in the report of the first event in `outlined`, where that is a slice of it.
    The files and feedback of an event that is dropped are dropped too, and the event is counted.
    """
    if not listeners.change_events:
        if first:
            events = delivered(outlined)
            ordinals = range(first, first + len(events.events))
            return Understood(entries.of(report, events, ordinals, rules))
        return Understood(repeats.entries(report, outlined, rules))
    delivery = delivered(outlined)
    remaining: list[tuple[int, Event]] = []
    changed: list[Change] = []
    dropped: set[str] = set()
    verdicts = listeners.before_digest(delivery.events)
    for ordinal, (event, verdict) in enumerate(zip(delivery.events, verdicts, strict=True), first):
        if verdict.event is None:
            dropped.add(event.event_id)
            continue
        remaining.append((ordinal, verdict.event))
        if verdict.changes is not None:
            changed.append((report.id, ordinal, verdict.changes))
    if dropped:
        count = len(delivery.events) - len(remaining)
        delivery = replace(
            delivery,
            attachments=tuple(file for file in delivery.attachments if file.event_id not in dropped),
            feedback=tuple(sent for sent in delivery.feedback if sent.event_id not in dropped),
            others={**delivery.others, DROPPED: delivery.others.get(DROPPED, 0) + count},
        )
    delivery = replace(delivery, events=tuple(event for _ordinal, event in remaining))
    return Understood(
        entries.of(report, delivery, [ordinal for ordinal, _event in remaining], rules), tuple(changed)
    )


def file(
    connection: Connection, batch: Sequence[Understood], now: int, bounds: TraceBounds = NOTHING
) -> Outcome:
    """File a batch, the changes of its events, and its traces, in the caller's transaction.

    `now` as in `filing.file`; `bounds` say what is stored of traces.
    """
    outcome = filing.file(connection, [understood.entries for understood in batch], now)
    changed = [change for understood in batch for change in understood.changes]
    if changed:
        filed = {(each.report.id, each.ordinal) for each in outcome.filed}
        changes.add(connection, [change for change in changed if change[:2] in filed])
    if outcome.joined:
        circumstances.add(connection, outcome.joined)
    if bounds != NOTHING:
        traced = [(each.entries.report, each.traces) for each in batch if each.traces is not None]
        trace_filing.file(connection, traced, outcome, bounds, now)
    return outcome
