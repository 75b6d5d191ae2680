"""The list of issues: pages, changes since a revision."""

from app.model import Issue, IssueState
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.inbox.triage import actions
from tests.factories import NOON, SECOND, Store, make_event, set_state

EVERYTHING = IssueFilter(View.EVERYTHING)


def titles(page: list[Issue]) -> list[str]:
    return [issue.value or "" for issue in page]


def fill(store: Store, count: int) -> None:
    for n in range(count):
        store.file(make_event(value=str(n), function=f"f{n}"), at=NOON + n * SECOND)


def test_an_issue_carries_what_its_events_said(store: Store) -> None:
    store.file(make_event(value="1", user={"id": 7}), at=NOON)
    store.file(make_event(value="2", user={"id": 8}), make_event(value="3", user={"id": 7}), at=NOON + SECOND)
    (issue,) = store.read(issues.page, IssueFilter())
    assert (issue.count, issue.users, issue.title, issue.type, issue.value) == (
        3, 2, "KeyError: 3", "KeyError", "3",
    )  # fmt: skip
    assert issue.state == IssueState.OPEN
    assert issue.unread
    assert (issue.last_seen - issue.first_seen).total_seconds() == 1
    assert store.read(issues.get, issue.id) == issue


def test_pages_join_without_gap_or_overlap(store: Store) -> None:
    fill(store, 25)
    first = store.read(issues.page, EVERYTHING, limit=10)
    second = store.read(issues.page, EVERYTHING, after=first[-1], limit=10)
    store.file(make_event(value="new", function="new"), at=NOON + 100 * SECOND)
    third = store.read(issues.page, EVERYTHING, after=second[-1], limit=10)
    assert titles(first + second + third) == [str(n) for n in reversed(range(25))]


def test_issues_of_one_moment_page_by_their_id(store: Store) -> None:
    store.file(*(make_event(value=str(n), function=f"f{n}") for n in range(7)))
    seen: list[Issue] = []
    while page := store.read(issues.page, EVERYTHING, after=seen[-1] if seen else None, limit=2):
        seen += page
    assert titles(seen) == ["6", "5", "4", "3", "2", "1", "0"]


def test_only_what_changed_is_returned(store: Store) -> None:
    fill(store, 3)
    revision = store.read(issues.revision)
    assert store.read(issues.changed_since, EVERYTHING, revision).matching == ()
    store.file(make_event(value="again", function="f1"))
    changes = store.read(issues.changed_since, EVERYTHING, revision)
    assert titles(list(changes.matching)) == ["again"]
    assert changes.revision > revision
    assert not changes.more


def test_an_issue_that_leaves_a_view_is_gone(store: Store) -> None:
    fill(store, 2)
    revision = store.read(issues.revision)
    (newest, _older) = store.read(issues.page, IssueFilter())
    store.write(set_state, [newest.id], IssueState.RESOLVED)
    assert store.read(issues.changed_since, IssueFilter(), revision).gone == (newest.id,)
    resolved = store.read(issues.changed_since, IssueFilter(View.RESOLVED), revision)
    assert [issue.id for issue in resolved.matching] == [newest.id]


def test_changes_come_in_parts_that_end_between_revisions(store: Store) -> None:
    store.file(*(make_event(value=str(n), function=f"f{n}") for n in range(5)))
    fill_revision = store.read(issues.revision)
    store.file(*(make_event(value=f"b{n}", function=f"g{n}") for n in range(5)))
    first = store.read(issues.changed_since, EVERYTHING, 0, limit=3)
    assert (len(first.matching), first.revision, first.more) == (5, fill_revision, True)
    second = store.read(issues.changed_since, EVERYTHING, first.revision, limit=3)
    assert (len(second.matching), second.more) == (5, False)


def test_one_project_can_be_listed_alone(store: Store) -> None:
    fill(store, 2)
    store.file(make_event(value="blog's", function="elsewhere"), project="blog")
    assert titles(store.read(issues.page, IssueFilter(project="blog"))) == ["blog's"]
    assert store.read(issues.page, IssueFilter(project="none")) == []


def test_what_a_person_sets_of_several_issues(store: Store) -> None:
    for function in ("first", "second", "third"):
        store.file(make_event(function=function))
    store.write(actions.resolve, [1], NOON, release="1.0")
    store.write(actions.mute, [2], NOON, until=NOON + SECOND)
    assert store.read(issues.triage_states, [1, 2, 404]) == {
        1: issues.TriageState(IssueState.RESOLVED, False, None, "1.0"),
        2: issues.TriageState(IssueState.MUTED, False, NOON + SECOND, None),
    }


def test_several_are_read_at_once(store: Store) -> None:
    store.file(make_event(), make_event(function="other"))
    assert {issue.id for issue in store.read(issues.some, [2, 1, 404])} == {1, 2}
    assert store.read(issues.are_many_changes, 0, 2)
    assert not store.read(issues.are_many_changes, store.read(issues.revision), 1)
