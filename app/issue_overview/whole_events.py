"""Several events of an issue at once, whole: each is read again from its report."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.digest import understanding
from app.listeners import event_changes
from app.model import Event
from app.settings import decoded_bytes
from app.store.grouping import issue_events
from app.store.inbox.events import changes
from app.store.queue import report_queue

if TYPE_CHECKING:
    from app.digest.understanding import ReadAgent
    from app.store.database import Connection


def read(
    connection: "Connection", numbers: Sequence[int], read_agent: "ReadAgent | None" = None
) -> Iterator[tuple[int, Event]]:
    """These events with their numbers, the newest first; those that retention has removed are left out.

    User-Agent headers are read by `read_agent`, if it is given.
    """
    rows = sorted(issue_events.stored(connection, numbers), key=lambda row: row.id, reverse=True)
    reports = {report.id: report for report in report_queue.several(connection, {r.report_id for r in rows})}
    changed = changes.of_reports(connection, reports)
    for row in rows:
        report = reports.get(row.report_id)
        if report is None:
            continue
        event = understanding.event(report, row.ordinal, decoded_bytes(), read_agent)
        event = event_changes.apply(event, changed.get((report.id, row.ordinal)))
        yield row.id, replace(event, issue_id=row.issue_id)
