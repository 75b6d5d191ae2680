"""Merging and undoing: the counters of every issue are those that counting again would give."""

from pathlib import Path

import pytest

from app.model import IssueState
from app.regrouping import worker as digest_regrouping
from app.regrouping.worker import Regrouper
from app.store.database import Database
from app.store.grouping import regrouping
from app.store.grouping.regrouping import CannotRegroup
from app.store.inbox import actions, issues
from app.store.inbox.issues import IssueFilter, View
from tests.factories import NOON, set_state
from tests.regroupings import Shop


@pytest.fixture
def shop(database: Database, tmp_path: Path) -> Shop:
    return Shop(database, tmp_path)


def fill(shop: Shop) -> tuple[int, int]:
    first = shop.send("charge", user="ada", tags={"region": "eu"})
    shop.send("charge", user="bob", tags={"region": "us"})
    second = shop.send("refund", user="ada", tags={"region": "eu"})
    shop.send("refund", value="'iban'", user="cid", tags={"region": "eu"})
    return first, second


def test_a_merge_adds_up_and_new_events_follow(shop: Shop) -> None:
    first, second = fill(shop)
    shop.merge(first, second)
    assert list(shop.shown()) == [first]
    assert shop.send("refund", user="dora") == first
    shop.settle()
    assert shop.shown() == shop.recounted()
    assert shop.shown()[first][0] == 5
    assert shop.states() == {"done": 1}


def test_undoing_brings_all_back_and_each_new_event_to_its_own(shop: Shop) -> None:
    first, second = fill(shop)
    before, keys = shop.shown(), shop.keys()
    number = shop.merge(first, second)
    shop.settle()
    shop.undo(number)
    shop.settle()
    assert (shop.shown(), shop.keys()) == (before, keys)
    again = shop.merge(first, second)
    shop.send("refund", user="ada")
    shop.send("charge", user="cid")
    shop.send("refund", user="eve")
    shop.undo(again)
    assert shop.send("refund", user="fay") == second
    shop.settle()
    assert shop.shown() == shop.recounted()
    assert [shop.shown()[issue][0] for issue in (first, second)] == [3, 5]


def test_cancelled_in_the_middle_what_was_moved_goes_back(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest_regrouping, "MOVED_AT_ONCE", 1)
    first, second = fill(shop)
    before = shop.shown()
    number = shop.merge(first, second)
    assert Regrouper(shop.database).step()
    shop.undo(number)
    shop.settle()
    assert shop.shown() == before == shop.recounted()
    assert shop.states() == {"undone": 1}


def test_only_the_newest_of_an_issue_is_undone(shop: Shop) -> None:
    first, second = fill(shop)
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


def test_the_more_urgent_state_wins_and_undoing_gives_it_back(shop: Shop) -> None:
    first, second = fill(shop)
    with shop.database.writing() as connection:
        actions.resolve(connection, [first], NOON)
    number = shop.merge(first, second)
    with shop.database.reading() as connection:
        merged = issues.get(connection, first)
        assert merged is not None
        assert (merged.state, merged.unread) == (IssueState.OPEN, True)
        assert issues.counts(connection).views[View.EVERYTHING] == 1
        assert [issue.id for issue in issues.page(connection, IssueFilter())] == [first]
    shop.undo(number)
    with shop.database.reading() as connection:
        back = issues.get(connection, first)
        assert back is not None
        assert (back.state, back.unread) == (IssueState.RESOLVED, False)


@pytest.mark.parametrize("state", [IssueState.RESOLVED, IssueState.MUTED])
def test_what_a_person_has_made_of_a_merged_issue_stays_when_that_is_undone(
    shop: Shop, state: IssueState
) -> None:
    first, second = fill(shop)
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


def test_a_list_is_told_that_a_merged_issue_is_gone(shop: Shop) -> None:
    first, second = fill(shop)
    with shop.database.reading() as connection:
        revision = issues.revision(connection)
    shop.merge(first, second)
    with shop.database.reading() as connection:
        changes = issues.changed_since(connection, IssueFilter(), revision)
    assert [issue.id for issue in changes.matching] == [first]
    assert changes.gone == (second,)


def test_what_makes_no_sense_is_refused_with_a_sentence(shop: Shop) -> None:
    first, second = fill(shop)
    for others, said in (((404,), "no issue 404"), ((), "two issues")):
        with pytest.raises(CannotRegroup, match=said), shop.database.writing() as connection:
            regrouping.merge(connection, others, first, NOON)
    number = shop.merge(first, second)
    with pytest.raises(CannotRegroup, match="merged into"):
        shop.merge(second, first)
    shop.undo(number)
    with pytest.raises(CannotRegroup, match="undone already"):
        shop.undo(number)
