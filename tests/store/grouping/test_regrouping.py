"""Merges and their undo: which are refused, and which state an issue has then."""

import pytest

from app.model import IssueState
from app.store.grouping import regrouping
from app.store.grouping.regrouping import CannotRegroup
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.inbox.triage import actions
from app.store.places import place_counts, project_acts
from tests.factories import NOON, set_state
from tests.regrouping.shop import Shop


def test_only_the_newest_regrouping_of_an_issue_is_undone(shop: Shop) -> None:
    first, second = shop.send_two_bugs()
    third = shop.send("ship", user="eve")
    before = shop.shown()
    older, newer = shop.merge(first, second), shop.merge(third, first)
    with pytest.raises(CannotRegroup, match="first"):
        shop.undo(older)
    shop.settle()
    assert shop.shown() == shop.recounted()
    shop.undo(newer)
    shop.undo(older)
    shop.settle()
    assert shop.shown() == before == shop.recounted()


def test_a_merge_takes_the_more_urgent_state_and_its_undo_gives_it_back(shop: Shop) -> None:
    first, second = shop.send_two_bugs()
    with shop.database.writing() as connection:
        actions.resolve(connection, [first], NOON)
    number = shop.merge(first, second)
    with shop.database.reading() as connection:
        merged = issues.get(connection, first)
        assert merged is not None
        assert (merged.state, merged.unread) == (IssueState.OPEN, True)
        assert place_counts.counts(connection).views[View.EVERYTHING] == 1
        assert [issue.id for issue in issues.page(connection, IssueFilter())] == [first]
    shop.undo(number)
    with shop.database.reading() as connection:
        back = issues.get(connection, first)
        assert back is not None
        assert (back.state, back.unread) == (IssueState.RESOLVED, False)


@pytest.mark.parametrize("state", [IssueState.RESOLVED, IssueState.MUTED])
def test_a_state_set_after_a_merge_stays_when_the_merge_is_undone(shop: Shop, state: IssueState) -> None:
    first, second = shop.send_two_bugs()
    number = shop.merge(first, second)
    with shop.database.writing() as connection:
        set_state(connection, [first], state)
    shop.undo(number)
    shop.settle()
    with shop.database.reading() as connection:
        into, folded = issues.get(connection, first), issues.get(connection, second)
    assert into is not None
    assert folded is not None
    assert (into.state, into.unread) == (state, False)
    assert (folded.state, folded.unread) == (IssueState.OPEN, True)


def test_a_merged_issue_is_reported_as_gone_to_the_list(shop: Shop) -> None:
    first, second = shop.send_two_bugs()
    with shop.database.reading() as connection:
        revision = issues.revision(connection)
    shop.merge(first, second)
    with shop.database.reading() as connection:
        changes = issues.changed_since(connection, IssueFilter(), revision)
    assert [issue.id for issue in changes.matching] == [first]
    assert changes.gone == (second,)


def test_an_impossible_regrouping_is_refused_with_a_sentence(shop: Shop) -> None:
    first, second = shop.send_two_bugs()
    for others, said in (((404,), "no issue 404"), ((), "two issues")):
        with pytest.raises(CannotRegroup, match=said), shop.database.writing() as connection:
            regrouping.merge(connection, others, first, NOON)
    number = shop.merge(first, second)
    with pytest.raises(CannotRegroup, match="merged into"):
        shop.merge(second, first)
    shop.undo(number)
    with pytest.raises(CannotRegroup, match="undone already"):
        shop.undo(number)


def test_issues_of_merged_projects_can_be_one(shop: Shop) -> None:
    first, second = shop.send("charge"), shop.send("charge", project="till")
    with pytest.raises(CannotRegroup, match="different projects"):
        shop.merge(first, second)
    before = shop.shown()
    with shop.database.writing() as connection:
        change = project_acts.merge(connection, 2, 1)
        assert change is not None
    number = shop.merge(first, second)
    shop.settle()
    assert shop.send("charge", project="till") == first, "what its app sends later comes to it, too"
    assert shop.shown() == shop.recounted()
    assert shop.shown()[first][0] == 3
    with shop.database.writing() as connection:
        assert project_acts.take_back(connection, change)
    shop.undo(number)
    shop.settle()
    after = shop.shown()
    assert after == shop.recounted()
    assert after[first] == before[first]
    assert after[second][0] == 2
