"""Stored events, read again in outline from their reports: what they are grouped and counted by."""

from collections.abc import Generator, Iterator, Sequence

from msgspec import Struct

from app.digest import grouping, known_rules, understanding
from app.digest.entries import entries
from app.digest.filing.filing import HOUR
from app.digest.grouping.rules import Apart, Definition, GroupingRule, value
from app.listeners import event_changes
from app.model import Event, ExceptionInfo, Report
from app.protocols.event import headline
from app.settings import decoded_bytes
from app.store.database import Connection
from app.store.grouping import issue_events
from app.store.grouping.issue_events import StoredEvent
from app.store.inbox.counts.tallies import CountedEvent
from app.store.inbox.events import changes
from app.store.inbox.issues.issue_keys import Key
from app.store.queue import report_queue

# One statement each for their rows, their reports and their changes: asked for each event alone, the
# statements took three fifths of a preview's time.
READ_AT_ONCE = 200


class Reread(Struct, frozen=True, kw_only=True):
    """An event as it is stored and as it reads today.

    `keys` are its grouping keys, the current one first, then the older ones; `counted` is what it adds to its
    issue's counters.
    """

    issue: int
    project_id: int
    event: Event
    keys: tuple[str, ...]
    counted: CountedEvent


class GroupedEvent(Struct, frozen=True, kw_only=True, gc=False):
    """An event of `issue`, with the key and the value that it has by a new rule."""

    issue: int
    key: Key
    counted: CountedEvent
    value: str


def read(
    connection: Connection,
    events: Sequence[int],
    rules: Sequence[GroupingRule] | None = None,
    *,
    with_older_keys: bool = True,
) -> Iterator[Reread]:
    """These events, by number, in their order; those that retention has removed are left out.

    Their keys are those by `rules`, by default by the rules in force.
    """
    if rules is None:
        rules = known_rules.read(connection)
    for some in _in_parts(connection, events):
        yield from sorted(
            _read(connection, some, rules, with_older_keys), key=lambda event: event.counted.number
        )


def _in_parts(connection: Connection, events: Sequence[int]) -> Iterator[list[StoredEvent]]:
    for start in range(0, len(events), READ_AT_ONCE):
        yield issue_events.stored(connection, events[start : start + READ_AT_ONCE])


def _read(
    connection: Connection,
    events: Sequence[StoredEvent],
    rules: Sequence[GroupingRule],
    with_older_keys: bool,
) -> Iterator[Reread]:
    """These events, report by report: a report is read once for all of its events."""
    by_report: dict[int, list[StoredEvent]] = {}
    for row in events:
        by_report.setdefault(row.report_id, []).append(row)
    changed = changes.of_reports(connection, by_report)
    for report in report_queue.several(connection, by_report):
        delivery = understanding.outline(report, decoded_bytes())
        for row in by_report[report.id]:
            if row.ordinal >= len(delivery.events):
                # Lowered limits now leave it out: it stays in its issue.
                continue
            event = event_changes.apply(delivery.events[row.ordinal], changed.get((report.id, row.ordinal)))
            yield Reread(
                issue=row.issue_id,
                project_id=row.project_id,
                event=event,
                keys=_keys(event, rules, with_older_keys),
                counted=_counted(row.id, report, event),
            )


def grouped(
    connection: Connection, events: Sequence[int], rules: Sequence[GroupingRule], definition: Definition
) -> Generator[GroupedEvent, None, None]:
    """The same of what a preview of the rule `definition` shows."""
    for some in _in_parts(connection, events):
        # Each event is freed before the next is read: two hundred of them fall out of the processor's cache.
        found = [_grouped(event, definition) for event in _read(connection, some, rules, False)]
        yield from sorted(found, key=lambda event: event.counted.number)


def _grouped(event: Reread, definition: Definition) -> GroupedEvent:
    return GroupedEvent(
        issue=event.issue,
        key=(event.project_id, event.keys[0]),
        counted=event.counted,
        value=value_for(event, definition),
    )


def value_for(event: Reread, definition: Definition) -> str:
    """The value by which a rule separates the event from others; for other rules the event's title."""
    return value(event.event, definition.by) if isinstance(definition, Apart) else event.counted.title


def _keys(event: Event, rules: Sequence[GroupingRule], with_older: bool) -> tuple[str, ...]:
    current = grouping.key(event, rules)
    if not with_older or (rules and grouping.keeps_apart(event, rules)):
        return (current,)
    return current, *(key(event) for key in grouping.OLDER.values())


def _counted(number: int, report: Report, event: Event) -> CountedEvent:
    raised = event.exceptions[-1] if event.exceptions else ExceptionInfo()
    user = entries.user_of(event)
    return CountedEvent(
        number=number,
        at=report.received_at,
        hour=report.received_at // HOUR,
        tags=entries.tags_of(event, user),
        user=user,
        title=event.title,
        type=raised.type,
        value=raised.value,
        culprit=event.culprit,
        level=event.level,
        place=headline.place(event),
        environment=event.environment[: entries.LONGEST_VALUE] if event.environment else None,
    )
