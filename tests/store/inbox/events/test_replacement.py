"""A stored event is shown by another report of the same error."""

from app.store.inbox.events import replacement
from app.store.inbox.indexes import event_ids
from app.store.inbox.lists import events
from app.store.inbox.lists.issues import IssueFilter, page
from app.store.queue import report_queue
from tests.factories import NOON, Store, append, make_event, make_report


def test_number_and_issue_stay_and_all_else_is_the_other_reports(store: Store) -> None:
    first = make_event(value="printed")
    store.file(first, make_event(value="another"))
    append(store.database, make_report(3))
    with store.database.writing() as connection:
        before = replacement.find(connection, 1)
        assert before is not None
        sent = "d" * 32
        described = ("fatal", "ValueError: sent", "ValueError", "sent", "pay.py", "pay.py:2", "live")
        row = (1, sent, event_ids.key_of(sent), 1, before.issue_id, 3, 0, NOON, *described)
        texts = ("sent", "", "ValueError", "", "", "", "", "", "")
        replacement.replace(connection, before, row, (1, *texts))
        replacement.recount(connection, before.issue_id, [("a", "1")], [("b", "2")], "ada", revision=99)
        report_queue.advance(connection, 3)
    assert store.read(events.find, sent) == 1
    assert store.read(events.find, first.event_id) is None
    filed = store.read(events.filed, 1)
    assert filed is not None
    assert (filed.issue_id, filed.report_id, filed.ordinal) == (before.issue_id, 3, 0)
    assert store.read(report_queue.get, before.report_id) is None
    (issue,) = store.read(page, IssueFilter())
    assert (issue.count, issue.users) == (2, 1)
    with store.database.reading() as connection:
        tags = connection.exec_driver_sql("SELECT key, value, count FROM issue_tags").all()
        found = connection.exec_driver_sql(
            "SELECT rowid FROM event_search WHERE event_search MATCH 'sent'"
        ).all()
        of_key = "SELECT count(*) FROM (SELECT * FROM event_ids UNION ALL SELECT * FROM recent_event_ids)"
        assert connection.exec_driver_sql(of_key).scalar() == 2
    assert ([tuple(row) for row in tags], [tuple(row) for row in found]) == ([("b", "2", 1)], [(1,)])


def test_what_is_no_longer_stored_is_not_found(store: Store) -> None:
    assert store.read(replacement.find, 1) is None
