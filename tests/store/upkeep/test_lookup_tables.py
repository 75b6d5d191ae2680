"""Tables by which events and issues are found: what disagrees is found, and repaired."""

import pytest

from app.store.inbox.indexes import event_ids
from app.store.inbox.lists import events, issues
from app.store.inbox.lists.issues import IssueFilter
from app.store.upkeep import lookup_tables
from tests.factories import NOON, SECOND, Store, make_event

DAMAGES = {
    "event_ids disagrees with events": "DELETE FROM recent_event_ids WHERE event = 2",
    "issue_events disagrees with events": "UPDATE recent_issue_events SET issue_id = 2 WHERE event = 1",
    "1 issues are missing from issue_order": "DELETE FROM issue_order WHERE issue_id = 1",
    "1 issues are missing from issue_descriptions": "DELETE FROM issue_descriptions WHERE issue_id = 2",
}


@pytest.mark.parametrize("fault", DAMAGES)
def test_what_disagrees_is_repaired(store: Store, fault: str) -> None:
    sent = [make_event(function=function) for function in "abab"]
    for number, event in enumerate(sent):
        store.file(event, at=NOON + number * 10 * SECOND)
    before = store.read(issues.page, IssueFilter())
    store.write(lambda connection: connection.exec_driver_sql(DAMAGES[fault]))
    assert store.write(lookup_tables.repair) == [fault]
    assert store.write(lookup_tables.repair) == []
    assert store.read(issues.page, IssueFilter()) == before
    assert [store.read(event_ids.newest, event.event_id) for event in sent] == [1, 2, 3, 4]
    assert [event.pk for event in store.read(events.summaries, issue_id=1)] == [3, 1]


def test_an_issue_without_events_gets_a_title(store: Store) -> None:
    store.file(make_event(function="a"))
    store.file(make_event(function="b"))
    store.write(lambda connection: connection.exec_driver_sql("DELETE FROM events WHERE issue_id = 1"))
    store.write(lambda connection: connection.exec_driver_sql("DELETE FROM issue_descriptions"))
    assert len(store.write(lookup_tables.repair)) == 1
    titles = {issue.id: issue.title for issue in store.read(issues.page, IssueFilter())}
    assert titles == {1: lookup_tables.NO_TITLE, 2: "KeyError: 'card'"}
