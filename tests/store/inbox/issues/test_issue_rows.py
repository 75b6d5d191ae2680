"""Rows of issues: added, counted up, and their status changed where it has changed."""

from msgspec.structs import replace

from app.model import IssueState, MuteRule
from app.store.inbox.issues import issue_keys, issue_rows, projects
from app.store.inbox.issues.issue_rows import IssueStatus, IssueUpdate
from app.store.inbox.lists import issues
from tests.factories import NOON, SECOND, Store

NEW = IssueUpdate(
    id=1,
    project_id=1,
    before=None,
    after=IssueStatus(count=2),
    events=2,
    users=1,
    first_seen=NOON,
    last_seen=NOON + SECOND,
    newest_counts=0,
    latest=7,
    title="KeyError: 'card'",
    type="KeyError",
    value="'card'",
    culprit="charge",
    level="error",
)


def added(store: Store) -> Store:
    store.write(projects.numbers, {"shop"}, NOON)
    store.write(issue_rows.write, [NEW], 5)
    store.write(issue_keys.add, [((1, "k"), 1)], "v2")
    return store


def status(store: Store) -> IssueStatus:
    return store.read(issue_keys.issues_of, [(1, "k")])[1, "k"].status


def test_a_new_issue_is_unread_and_has_the_text_that_it_was_given(store: Store) -> None:
    assert store.read(issue_rows.last_number) == 0
    issue = added(store).read(issues.get, 1)
    assert issue is not None
    assert (issue.title, issue.count, issue.users, issue.unread, issue.revision) == (NEW.title, 2, 1, True, 5)
    assert store.read(issue_rows.last_number) == 1


def test_more_events_are_added_to_the_count_and_change_no_status(store: Store) -> None:
    before = status(added(store))
    more = replace(NEW, before=before, after=replace(before, count=5), events=3, users=0)
    store.write(issue_rows.write, [more], 6)
    issue = store.read(issues.get, 1)
    assert issue is not None
    assert (issue.count, issue.users, issue.revision) == (5, 1, 6)
    assert status(store) == replace(before, count=5)


def test_a_changed_status_is_written_and_read_as_it_was(store: Store) -> None:
    before = status(added(store))
    after = IssueStatus(
        state=IssueState.MUTED,
        count=3,
        muted_until=NOON,
        mute_rule=MuteRule(more=4),
        resolved_in="1.0",
        escalated_at=NOON,
    )
    store.write(issue_rows.write, [replace(NEW, before=before, after=after, events=1)], 6)
    assert status(store) == after
