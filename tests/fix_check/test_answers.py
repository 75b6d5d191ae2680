"""Whether an event brought an issue back, once git has said what its build has in it."""

import shutil

import pytest

from app.fix_check import answers, at_commit
from app.model import IssueState
from app.store.inbox.issues import fixes
from app.store.inbox.issues.fixes import Content
from app.store.inbox.lists import issues
from app.store.inbox.triage import actions, history
from tests.factories import NOON, SECOND, Store, make_event
from tests.git.a_repository import ARepository

RESOLVED, REGRESSED, OPEN = IssueState.RESOLVED, IssueState.REGRESSED, IssueState.OPEN


@pytest.fixture
def resolved(store: Store, shop: ARepository) -> Store:
    """A store whose only issue is resolved at 1.1, of which git knows nothing more yet."""
    store.file(make_event(release="1.0"), at=NOON)
    fix = at_commit.look_up(shop.root, "1.1", [])
    store.write(actions.resolve, [1], NOON + SECOND, fix=fix)
    return store


def state(store: Store) -> IssueState:
    found = store.read(issues.get, 1)
    assert found is not None
    return found.state


def arrives(store: Store, release: str | None, second: int = 10) -> None:
    store.file(make_event(release=release), at=NOON + second * SECOND)


def test_only_a_build_with_the_fix_brings_it_back(resolved: Store) -> None:
    assert resolved.read(answers.next_due) is None
    arrives(resolved, "1.0")
    assert (state(resolved), resolved.read(answers.next_due)) == (RESOLVED, 0)
    assert answers.answer(resolved.database, NOON) is None
    assert (state(resolved), resolved.read(answers.next_due)) == (RESOLVED, None)

    arrives(resolved, "1.0", 11)
    assert resolved.read(answers.next_due) is None, "git was asked already"
    arrives(resolved, "1.2", 12)
    arrives(resolved, "1.2", 13)
    assert answers.answer(resolved.database, NOON) == resolved.read(issues.revision)
    found = resolved.read(issues.get, 1)
    assert found is not None
    assert (found.state, found.unread, found.resolved_commit) == (REGRESSED, True, None)
    line, *_ = resolved.read(history.timeline, 1)
    assert (line.kind, line.count, line.release) == ("regressed", 4, "1.2")
    assert line.text.startswith("in 1.2, which has ")
    assert answers.answer(resolved.database, NOON) is None


def test_what_git_knows_already_is_decided_as_the_event_comes(store: Store, shop: ARepository) -> None:
    store.file(make_event(release="1.0"), at=NOON)
    store.write(actions.resolve, [1], NOON, fix=at_commit.look_up(shop.root, "1.1", ["1.0", "1.1", "1.2"]))
    arrives(store, "1.0")
    assert state(store) is RESOLVED
    arrives(store, "1.1", 11)
    assert (state(store), store.read(answers.next_due)) == (REGRESSED, None)


@pytest.mark.parametrize("release", ["2.0", None])
def test_where_git_cannot_say_it_is_as_resolved_without_a_commit(
    resolved: Store, release: str | None
) -> None:
    arrives(resolved, release)
    answers.answer(resolved.database, NOON)
    assert state(resolved) is REGRESSED


def test_a_repository_that_is_gone_says_nothing(resolved: Store, shop: ARepository) -> None:
    shutil.rmtree(shop.root)
    arrives(resolved, "0.9")
    arrives(resolved, "1.2", 11)
    assert answers.answer(resolved.database, NOON) is not None
    line, *_ = resolved.read(history.timeline, 1)
    assert (line.kind, line.text) == ("regressed", "in 1.2, resolved in 1.0")
    commit = shop.root  # only its name is left
    assert answers.content(str(commit), "a" * 40, "1.0") is Content.UNKNOWN
    assert answers.content(None, "a" * 40, "1.0") is Content.UNKNOWN


def test_what_a_person_did_meanwhile_stands(resolved: Store, shop: ARepository) -> None:
    arrives(resolved, "1.2")
    resolved.write(actions.reopen, [1], NOON + 11 * SECOND)
    assert resolved.read(fixes.questions) == []
    resolved.write(actions.resolve, [1], NOON + 12 * SECOND, fix=at_commit.look_up(shop.root, "1.2", []))
    assert answers.answer(resolved.database, NOON) is None
    assert state(resolved) is RESOLVED


def test_an_undo_of_the_act_forgets_the_commit(resolved: Store, shop: ARepository) -> None:
    undo = resolved.write(actions.reopen, [1], NOON + 11 * SECOND)
    assert state(resolved) is OPEN
    resolved.write(actions.undo, undo, NOON + 12 * SECOND)
    found = resolved.read(issues.get, 1)
    assert found is not None
    assert (found.state, found.resolved_commit) == (RESOLVED, shop.git("rev-parse", "1.1"))
    arrives(resolved, "1.0")
    answers.answer(resolved.database, NOON)
    assert state(resolved) is RESOLVED


def test_a_question_about_an_issue_that_was_merged_is_dropped(resolved: Store) -> None:
    arrives(resolved, "1.2")
    with resolved.database.writing() as connection:
        connection.exec_driver_sql("UPDATE issues SET merged_into = 3 WHERE id = 1")
    assert answers.answer(resolved.database, NOON) is None
    assert resolved.read(fixes.questions) == []
