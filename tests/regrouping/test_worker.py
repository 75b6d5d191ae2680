"""Regroupings carried out step by step: the counters of every issue are those of its stored events."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.digest.grouping.rules import Apart
from app.regrouping import stored_events, worker
from app.regrouping.stored_events import Reread
from app.regrouping.worker import Regrouper
from app.store.database import Connection
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


def test_others_can_write_while_stored_events_are_read(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.send_mixed()
    number = shop.apply(shop.plan(Apart("tag:region")))
    shop.settle()
    for region in ("asia", "eu", "asia"):
        shop.send("refund", tags={"region": region})
    shop.undo(number)
    read, numbers = stored_events.read, list[int]()

    def interrupted(connection: Connection, *given: Any) -> Iterator[Reread]:
        for event in read(connection, *given):
            # Raises when the lock is held.
            with shop.database.maintaining(busy_seconds=0) as another:
                another.exec_driver_sql("BEGIN IMMEDIATE")
                another.exec_driver_sql("ROLLBACK")
            numbers.append(event.counted.number)
            yield event

    monkeypatch.setattr(stored_events, "read", interrupted)
    shop.settle()
    monkeypatch.undo()
    assert numbers
    assert shop.shown() == shop.recounted()


def test_what_was_read_before_a_change_is_read_again(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = shop.send_two_bugs()
    before = shop.shown()
    number = shop.merge(first, second)
    shop.settle()
    shop.undo(number)
    reading = shop.database.reading

    @contextmanager
    def overtaken() -> Iterator[Connection]:
        with reading() as connection:
            yield connection
        # Another one makes the next step between the reading and the writing of this one.
        monkeypatch.setattr(shop.database, "reading", reading)
        Regrouper(shop.database).step()

    while shop.states() != {"undone": 1}:
        monkeypatch.setattr(shop.database, "reading", overtaken)
        Regrouper(shop.database).step()
        monkeypatch.setattr(shop.database, "reading", reading)
    assert shop.shown() == before == shop.recounted()
