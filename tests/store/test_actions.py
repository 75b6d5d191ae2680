"""What a person does to issues, and that it can be undone."""

from app.model import IssueState
from app.store import actions, issues
from app.store.issues import IssueFilter, View
from tests.factories import NOON, Store, make_event, set_state

EVERYTHING = IssueFilter(View.EVERYTHING)


def test_resolving_reads_and_undo_brings_back(store: Store) -> None:
    store.file(make_event(), make_event(function="other"))
    before = store.read(issues.page, EVERYTHING)
    undo = store.write(set_state, [issue.id for issue in before], IssueState.RESOLVED)
    after = store.read(issues.page, EVERYTHING)
    assert [(issue.state, issue.unread) for issue in after] == [(IssueState.RESOLVED, False)] * 2
    store.write(actions.undo, undo, NOON)
    again = store.read(issues.page, EVERYTHING)
    assert [(i.id, i.state, i.unread) for i in again] == [(i.id, i.state, i.unread) for i in before]


def test_each_action_moves_the_revision(store: Store) -> None:
    store.file(make_event())
    (issue,) = store.read(issues.page, EVERYTHING)
    revision = store.read(issues.revision)
    undo = store.write(actions.set_unread, [issue.id], False)
    store.write(actions.undo, undo, NOON)
    assert store.read(issues.revision) == revision + 2


def test_what_is_not_there_changes_nothing(store: Store) -> None:
    revision = store.read(issues.revision)
    assert store.write(set_state, [404], IssueState.MUTED).before == ()
    assert store.read(issues.revision) == revision


def test_a_resolved_issue_comes_back_as_regressed_and_unread(store: Store) -> None:
    store.file(make_event())
    (issue,) = store.read(issues.page, EVERYTHING)
    store.write(set_state, [issue.id], IssueState.RESOLVED)
    outcome = store.file(make_event(), make_event())
    assert [filed.is_regression for filed in outcome.filed] == [True, False]
    (back,) = store.read(issues.page, IssueFilter())
    assert (back.state, back.unread, back.count) == (IssueState.REGRESSED, True, 3)


def test_a_muted_issue_counts_and_stays_quiet(store: Store) -> None:
    store.file(make_event())
    (issue,) = store.read(issues.page, EVERYTHING)
    store.write(set_state, [issue.id], IssueState.MUTED)
    outcome = store.file(make_event())
    assert not any(filed.is_regression for filed in outcome.filed)
    (muted,) = store.read(issues.page, IssueFilter(View.MUTED))
    assert (muted.state, muted.unread, muted.count) == (IssueState.MUTED, False, 2)
