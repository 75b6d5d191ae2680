"""What is stored of an occurrence."""

from app.digest.entries import entries
from app.digest.filing.occurrence import Occurrence, rows
from app.protocols.delivery import Delivery
from app.store.inbox.indexes import event_ids
from app.store.schema import events
from tests.factories import make_event, make_report


def test_the_row_has_the_columns_of_the_table() -> None:
    event, report = make_event(value="no card"), make_report(3)
    (entry,) = entries.of(report, Delivery(events=(event,))).events
    row, search_row = rows(Occurrence(entry, (7, entry.key), report, 5), 9, 4)
    stored = dict(zip(events.c.keys(), row, strict=True))
    assert (stored["id"], stored["project_id"], stored["issue_id"], stored["report_id"]) == (9, 7, 4, 3)
    assert (stored["event_id"], stored["key"]) == (event.event_id, event_ids.key_of(event.event_id))
    assert (stored["title"], stored["value"], stored["ordinal"]) == (event.title, "no card", 0)
    assert search_row == (9, *entry.texts)
