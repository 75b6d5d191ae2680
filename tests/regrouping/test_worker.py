"""Regroupings carried out step by step: the counters of every issue are those of its stored events."""

import pytest

from app.regrouping import worker
from app.regrouping.worker import Regrouper
from tests.regrouping.shop import Shop


def test_a_merge_adds_up_and_new_events_follow(shop: Shop) -> None:
    first, second = shop.send_two_bugs()
    shop.merge(first, second)
    assert list(shop.shown()) == [first]
    assert shop.send("refund", user="dora") == first
    shop.settle()
    assert shop.shown() == shop.recounted()
    assert shop.shown()[first][0] == 5
    assert shop.states() == {"done": 1}


def test_an_undo_restores_all_and_new_events_go_to_their_own_issue(shop: Shop) -> None:
    first, second = shop.send_two_bugs()
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


def test_a_merge_cancelled_half_way_is_taken_back(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "MOVED_AT_ONCE", 1)
    first, second = shop.send_two_bugs()
    before = shop.shown()
    number = shop.merge(first, second)
    assert Regrouper(shop.database).step()
    shop.undo(number)
    shop.settle()
    assert shop.shown() == before == shop.recounted()
    assert shop.states() == {"undone": 1}
