"""Stored events, read again in outline from their reports: what they are grouped and counted by."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from app.digest import entries, grouping, known_rules, understanding
from app.digest.filing import HOUR
from app.digest.grouping.rules import Apart, Definition, GroupingRule, value
from app.listeners import event_changes
from app.model import Event, Report
from app.protocols.delivery import Delivery
from app.settings import decoded_bytes
from app.store.database import Connection
from app.store.grouping import issue_events
from app.store.inbox import changes
from app.store.inbox.tallies import CountedEvent
from app.store.queue import report_queue


class Reread(Struct, frozen=True, kw_only=True):
    """An event as it is stored and as it reads today.

    `keys` are its grouping keys, the current one first; `counted` is what it adds to its issue's counters.
    """

    issue: int
    project_id: int
    event: Event
    keys: tuple[str, ...]
    counted: CountedEvent


def read(
    connection: Connection, events: Sequence[int], rules: Sequence[GroupingRule] | None = None
) -> Iterator[Reread]:
    """These events, by number, in their order; those that retention has removed are left out.

    Their keys are those by `rules`, by default by the rules in force.
    """
    if rules is None:
        rules = known_rules.read(connection)
    last: tuple[Report, Delivery] | None = None
    for row in issue_events.stored(connection, events):
        if last is None or last[0].id != row.report_id:
            # Consecutive events usually came in one report: read it once for all of them.
            found = report_queue.get(connection, row.report_id)
            if found is None:
                continue
            last = found, understanding.outline(found, decoded_bytes())
        report, delivery = last
        if row.ordinal >= len(delivery.events):
            # Lowered limits now leave it out: it stays in its issue.
            continue
        event = delivery.events[row.ordinal]
        event = event_changes.apply(event, changes.of(connection, report.id, row.ordinal))
        yield Reread(
            issue=row.issue_id,
            project_id=row.project_id,
            event=event,
            keys=_keys(event, rules),
            counted=_counted(row.id, report, event),
        )


def value_for(event: Reread, definition: Definition) -> str:
    """The value by which a rule separates the event from others; for other rules the event's title."""
    return value(event.event, definition.by) if isinstance(definition, Apart) else event.counted.title


def _keys(event: Event, rules: Sequence[GroupingRule]) -> tuple[str, ...]:
    current = grouping.key(event, rules)
    if rules and grouping.keeps_apart(event, rules):
        return (current,)
    return current, *(key(event) for key in grouping.OLDER.values())


def _counted(number: int, report: Report, event: Event) -> CountedEvent:
    (entry,) = entries.of(report, Delivery(events=(event,))).events
    return CountedEvent(
        number=number,
        at=report.received_at,
        hour=report.received_at // HOUR,
        tags=entry.tags,
        user=entry.user,
        title=entry.title,
        type=entry.type,
        value=entry.value,
        culprit=entry.culprit,
        level=entry.level,
    )
