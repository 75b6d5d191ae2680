"""What a person does to issues, and that it can be undone."""

import pytest

from app.model import Issue, IssueState, MuteRule, to_micros
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.inbox.triage import actions, history
from tests.factories import NOON, SECOND, Store, make_event, set_state

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


def only(store: Store) -> Issue:
    issue = store.read(issues.get, 1)
    assert issue is not None
    return issue


def told(store: Store) -> list[tuple[str, str]]:
    return [(line.kind, line.text) for line in store.read(history.timeline, 1)]


def test_resolving_means_the_newest_release_where_there_are_any(store: Store) -> None:
    store.file(make_event(release="1.0"), make_event(function="other", release="2.0"))
    store.write(actions.resolve, [1], NOON)
    assert only(store).resolved_in == "2.0"
    store.file(make_event(release="1.0"))
    assert only(store).state is IssueState.RESOLVED, "an old release still sends it"
    store.file(make_event(release="2.1"))
    assert (only(store).state, only(store).resolved_in) == (IssueState.REGRESSED, None)
    assert told(store)[:2] == [("regressed", "in 2.1, resolved in 2.0"), ("resolved", "in 2.0")]


def test_releases_without_an_order_of_their_own_go_by_when_they_came(store: Store) -> None:
    store.file(make_event(release="ccc"), at=NOON)
    store.write(actions.resolve, [1], NOON + SECOND, release="bbb")
    store.file(make_event(release="ccc"), at=NOON + 2 * SECOND)
    assert only(store).state is IssueState.RESOLVED, "it was there before the release that has the fix"
    store.file(make_event(release="aaa"), at=NOON + 3 * SECOND)
    assert only(store).state is IssueState.REGRESSED


def test_resolving_again_in_another_release_changes_that(store: Store) -> None:
    store.file(make_event(release="1.0"))
    store.write(actions.resolve, [1], NOON)
    assert store.write(actions.resolve, [1], NOON).before == ()
    undo = store.write(actions.resolve, [1], NOON, release="1.1")
    assert only(store).resolved_in == "1.1"
    store.write(actions.undo, undo, NOON)
    assert only(store).resolved_in == "1.0"


@pytest.mark.parametrize(
    ("rule", "until", "text"),
    [
        (None, None, "for ever"),
        (None, NOON + SECOND, ""),
        (MuteRule(more=1), None, "until 1 more event"),
        (MuteRule(per_hour=1_000), None, "until 1,000 come within an hour"),
        (MuteRule(escalating=True), None, "until it escalates"),
        (MuteRule(more=10, escalating=True), None, "until 10 more events or it escalates"),
    ],
)
def test_mutes_are_recorded_and_undone(
    rule: MuteRule | None, until: int | None, text: str, store: Store
) -> None:
    store.file(make_event(), at=NOON)
    before = only(store)
    undo = store.write(actions.mute, [1], NOON, rule=rule, until=until)
    (line, _new) = store.read(history.timeline, 1)
    assert (line.kind, line.text) == ("muted", text)
    assert (line.until and to_micros(line.until)) == until
    store.write(actions.undo, undo, NOON)
    after = only(store)
    assert (after.state, after.muted_until, after.mute_rule) == (IssueState.OPEN, None, None)
    assert (after.unread, len(told(store))) == (before.unread, 1)


def test_resolving_ends_a_mute_and_muting_a_resolution(store: Store) -> None:
    store.file(make_event(release="1.0"))
    store.write(actions.mute, [1], NOON, rule=MuteRule(more=3), until=NOON + SECOND)
    store.write(actions.resolve, [1], NOON)
    assert (only(store).mute_rule, only(store).muted_until) == (None, None)
    store.write(actions.mute, [1], NOON)
    assert only(store).resolved_in is None
    store.write(actions.reopen, [1], NOON)
    assert only(store).state is IssueState.OPEN
    assert store.write(actions.reopen, [1], NOON).before == ()


def test_muted_until_it_escalates_counts_from_what_is_usual_now(store: Store) -> None:
    store.file(*(make_event() for _ in range(8)), at=NOON)
    store.write(actions.mute, [1], NOON, rule=MuteRule(escalating=True))
    store.file(*(make_event() for _ in range(16)), at=NOON)
    assert only(store).state is IssueState.MUTED, "three times what had come within this hour"
    outcome = store.file(make_event(), at=NOON)
    assert only(store).state is IssueState.OPEN
    assert outcome.revision == only(store).revision
    assert [kind for kind, _text in told(store)][:2] == ["escalating", "unmuted"]


@pytest.mark.parametrize("text", ["", " \n\t", "x" * 20_001])
def test_what_is_no_note(text: str, store: Store) -> None:
    store.file(make_event())
    with pytest.raises(ValueError, match="note"):
        store.write(actions.note, 1, text, NOON)
    assert len(told(store)) == 1


def test_a_note_on_nothing_is_none(store: Store) -> None:
    assert store.write(actions.note, 404, "?", NOON) == actions.Undo()


def test_a_note_gives_the_issue_a_new_revision(store: Store) -> None:
    store.file(make_event())
    before = only(store)
    undo = store.write(actions.note, 1, " Ask Ada. ", NOON)
    assert told(store)[0] == ("note", "Ask Ada.")
    assert only(store).revision > before.revision
    noted = only(store).revision
    store.write(actions.undo, undo, NOON)
    assert only(store).revision > noted
    assert only(store).unread is before.unread
