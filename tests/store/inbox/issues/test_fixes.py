"""Commits that issues are resolved at, as the store has them."""

from app.happenings import Happening, Kind
from app.model import IssueState, Level
from app.store.inbox.events import removal
from app.store.inbox.issues import fixes
from app.store.inbox.issues.fixes import Content, Fix, Question
from app.store.inbox.lists import issues
from app.store.inbox.triage import actions, history
from tests.factories import NOON, Store, make_event

COMMIT = "4f2a9c1d8e7b" + 28 * "0"
FIX = Fix(hash=COMMIT, subject="Ask for the card", repository="/shop", builds={"1.0": Content.LACKS})


def question(release: str, at: int = NOON) -> Question:
    happening = Happening(
        kind=Kind.REGRESSED,
        issue_id=1,
        project="shop",
        event_id="e",
        at=at,
        count=2,
        level=Level.ERROR,
        title="T",
    )
    return Question(issue_id=1, release=release, project_id=1, hash=COMMIT, happening=happening)


def test_resolving_at_a_commit_remembers_it_and_says_so(store: Store) -> None:
    store.file(make_event())
    undo = store.write(actions.resolve, [1], NOON, fix=FIX)
    found = store.read(issues.get, 1)
    assert found is not None
    assert (found.state, found.resolved_commit) == (IssueState.RESOLVED, COMMIT)
    line, *_ = store.read(history.timeline, 1)
    assert (line.kind, line.text) == ("resolved", "at 4f2a9c1d8 Ask for the card")
    build, other = (1, COMMIT, "1.0"), (1, COMMIT, "1.1")
    assert store.read(fixes.contents, {build, other}) == {build: Content.LACKS}
    assert store.read(fixes.repositories, [question("1.1")]) == {(1, COMMIT): "/shop"}
    store.write(actions.undo, undo, NOON)
    found = store.read(issues.get, 1)
    assert found is not None
    assert (found.state, found.resolved_commit) == (IssueState.OPEN, None)


def test_resolving_otherwise_forgets_the_commit(store: Store) -> None:
    store.file(make_event())
    store.write(actions.resolve, [1], NOON, fix=FIX)
    store.write(actions.resolve, [1], NOON)
    assert store.read(issues.triage_states, [1])[1].resolved_commit == COMMIT, "it was resolved already"
    store.write(actions.resolve, [1], NOON, release="2.0")
    assert store.read(issues.triage_states, [1])[1].resolved_commit is None


def test_the_first_event_of_a_release_asks(store: Store) -> None:
    store.file(make_event())
    store.write(fixes.ask, [question("1.1"), question("1.2"), question("1.1", NOON + 1)])
    store.write(fixes.ask, [question("1.1", NOON + 2)])
    assert store.read(fixes.questions) == [question("1.1"), question("1.2")]
    store.write(fixes.answered, [question("1.1")])
    assert store.read(fixes.is_asked)
    store.write(removal.remove_issues, [1])
    assert not store.read(fixes.is_asked)


def test_a_question_is_withdrawn_with_an_act(store: Store) -> None:
    store.file(make_event())
    store.write(fixes.ask, [question("1.1")])
    store.write(actions.note, 1, "Look", NOON)
    assert store.read(fixes.is_asked)
    store.write(actions.mute, [1], NOON)
    assert not store.read(fixes.is_asked)
