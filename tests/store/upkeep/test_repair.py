"""What belongs to nothing is removed, and counters are raised to what is stored, never below it."""

from collections import Counter
from collections.abc import Mapping

import pytest
from sqlalchemy import Connection

from app.store.grouping import regrouping
from app.store.inbox.counts import recent_counts, tallies
from app.store.inbox.counts.tallies import Tally
from app.store.inbox.lists import issues
from app.store.upkeep import repair
from app.store.upkeep.repair import Repaired
from tests.factories import NOON, Store, make_event


def damage(store: Store, *statements: str) -> None:
    """Execute these statements when all counters are in their tables."""
    store.write(recent_counts.settle_all)
    with store.database.maintaining() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")


def raised(store: Store, stored: Mapping[int, Tally]) -> Repaired:
    """Raise the counters to those in `stored`."""
    repaired = Repaired()
    store.write(repair.count_at_least, stored, repaired)
    return repaired


def test_what_belongs_to_nothing_is_removed_and_counted_by_table(store: Store) -> None:
    store.file(make_event(tags={"region": "eu"}, user={"id": "ada"}))
    assert store.write(repair.remove_orphans) == {}
    before = store.read(tallies.read, 1)
    damage(
        store,
        "INSERT INTO issue_tags VALUES (99, 'a', 'b', 1), (98, 'a', 'b', 1)",
        "INSERT INTO issue_users VALUES (99, 'ada')",
        "INSERT INTO events VALUES (99, 'x', 5, 1, 1, 999, 0, 0, 'error', 'gone', '', '', '', '', '')",
    )
    assert store.write(repair.remove_orphans) == {"events": 1, "issue_tags": 2, "issue_users": 1}
    assert store.write(repair.remove_orphans) == {}
    assert store.read(tallies.read, 1) == before


def test_all_events_are_numbered_in_order_some_at_a_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repair, "AT_ONCE", 2)
    assert list(store.read(lambda connection: list(repair.event_numbers(connection)))) == []
    store.file(*(make_event(value=str(number)) for number in range(5)))
    numbers = store.read(lambda connection: list(repair.event_numbers(connection)))
    assert [len(each) for each in numbers] == [2, 2, 1]
    flat = [number for each in numbers for number in each]
    assert flat == sorted(set(flat))


def test_a_regrouping_is_under_way_until_it_is_done(store: Store) -> None:
    store.file(make_event(function="charge"))
    store.file(make_event(function="refund"))
    assert not store.read(repair.is_regrouping)
    store.write(regrouping.merge, [2], 1, NOON)
    assert store.read(repair.is_regrouping)
    store.write(lambda connection: connection.exec_driver_sql("UPDATE regroupings SET state = 'done'"))
    assert not store.read(repair.is_regrouping)


def test_counters_below_what_is_stored_are_raised(store: Store) -> None:
    store.file(make_event(tags={"region": "eu"}, user={"id": "ada"}))
    counted = store.read(tallies.read, 1)
    damage(store, "DELETE FROM issue_tags", "UPDATE issue_hours SET count = 0", "DELETE FROM issue_users")
    repaired = raised(store, {1: counted})
    assert store.read(tallies.read, 1) == counted
    assert (repaired.tags, repaired.hours) == (len(counted.tags), 1)


def test_counters_above_what_is_stored_stay(store: Store) -> None:
    """Retention has removed events that still count."""
    store.file(make_event(tags={"region": "eu"}), make_event(tags={"region": "eu"}))
    counted = store.read(tallies.read, 1)
    one = Tally(1, Counter({("region", "eu"): 1}), Counter(dict.fromkeys(counted.hours, 1)), set())
    repaired = raised(store, {1: one})
    assert (repaired.tags, repaired.hours, repaired.counts, repaired.users) == (0, 0, 0, 0)
    assert store.read(tallies.read, 1) == counted


def test_a_count_that_its_hours_contradict_is_corrected(store: Store) -> None:
    store.file(make_event(user={"id": "ada"}))
    damage(store, "UPDATE issues SET count = 70, users = 9")
    repaired = raised(store, {})
    issue = store.read(issues.get, 1)
    assert issue is not None
    assert (issue.count, issue.users) == (1, 1)
    assert (repaired.counts, repaired.users) == (1, 1)


def test_an_issue_that_was_merged_is_left_as_it_was_frozen(store: Store) -> None:
    store.file(make_event(function="charge"))
    store.file(make_event(function="refund"))
    store.write(regrouping.merge, [2], 1, NOON)
    damage(store, "UPDATE issues SET count = 70 WHERE id = 2")
    assert raised(store, {}).counts == 0
    assert store.read(count_of, 2) == 70


def count_of(connection: Connection, issue: int) -> int:
    found = connection.exec_driver_sql("SELECT count FROM issues WHERE id = ?", (issue,))
    return int(found.scalar_one())
