"""Stored events by issue and by project."""

import pytest

from app.store.grouping import issue_events
from app.store.grouping.issue_events import StoredEvent
from tests.regrouping.shop import Shop


def test_events_are_counted_and_found_newest_first(shop: Shop) -> None:
    first, second = shop.send_two_bugs()
    with shop.database.reading() as connection:
        assert issue_events.last_number(connection) == 4
        assert issue_events.count(connection) == 4
        assert issue_events.count(connection, project="shop") == 4
        assert issue_events.count(connection, project="other") == 0
        assert issue_events.count(connection, issue=second) == 2
        assert issue_events.newest(connection, 3, project="shop") == [4, 3, 2]
        assert issue_events.newest(connection, 1, issue=first) == [2]
        assert issue_events.of_issue(connection, second) == [3, 4]
        assert issue_events.between(connection, (first, second), 1, 3, 9) == [2, 3]
        assert issue_events.between(connection, (first, second), 0, 4, 1) == [1]
        assert issue_events.has_any(connection, first)
        assert not issue_events.has_any(connection, 99)
        assert issue_events.stored(connection, [3, 99, 1]) == [
            StoredEvent(1, first, 1, 1, 0),
            StoredEvent(3, second, 1, 3, 0),
        ]


def test_without_events_the_last_number_is_zero(shop: Shop) -> None:
    with shop.database.reading() as connection:
        assert issue_events.last_number(connection) == 0
        assert issue_events.newest(connection, 5) == []


def test_the_newest_of_a_project_with_little_are_found_by_its_issues(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = shop.send_two_bugs()
    with shop.database.reading() as connection:
        at_once = issue_events.newest(connection, 3, project="shop")
    monkeypatch.setattr(issue_events, "LOOKED_AT", 0)
    # Its events are still those of the merged issue, which no key leads to.
    shop.merge(first, second)
    with shop.database.reading() as connection:
        assert issue_events.newest(connection, 3, project="shop") == at_once == [4, 3, 2]
        assert issue_events.newest(connection, 9, project="shop") == [4, 3, 2, 1]
        assert issue_events.newest(connection, 3, project="other") == []
