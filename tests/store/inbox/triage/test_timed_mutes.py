"""Mutes that end by time, as the store has them."""

from app.model import IssueState
from app.store.inbox.lists import issues
from app.store.inbox.triage import actions, timed_mutes
from tests.factories import NOON, SECOND, Store, make_event


def muted(store: Store) -> None:
    """One issue muted until noon, one for ever, one not muted."""
    for number, function in enumerate("abc", 1):
        store.file(make_event(function=function))
        if number < 3:
            store.write(actions.mute, [number], NOON - SECOND, until=NOON if number == 1 else None)


def test_a_mute_ends_at_its_time_and_not_before(store: Store) -> None:
    assert store.read(timed_mutes.next_end) is None
    muted(store)
    assert store.read(timed_mutes.next_end) == NOON
    assert store.read(timed_mutes.ended, NOON - 1) == []
    assert store.read(timed_mutes.ended, NOON) == [1]


def test_opened_issues_have_a_new_revision_and_no_end(store: Store) -> None:
    muted(store)
    before = store.read(issues.revision)
    assert store.write(timed_mutes.open_again, [1]) == before + 1
    issue = store.read(issues.get, 1)
    assert issue is not None
    assert (issue.state, issue.muted_until, issue.revision) == (IssueState.OPEN, None, before + 1)
    assert store.read(timed_mutes.next_end) is None


def test_an_issue_is_read_with_its_last_event(store: Store) -> None:
    first, last = make_event(), make_event()
    store.file(first)
    store.file(last)
    (issue,) = store.read(timed_mutes.read, [1])
    assert (issue.id, issue.project, issue.event_id, issue.count) == (1, "shop", last.event_id, 2)
