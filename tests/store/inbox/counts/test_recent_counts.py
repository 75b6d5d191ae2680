"""What batches added to counters: appended, read along a chain of rows, and settled issue by issue."""

from collections import Counter

import pytest
from sqlalchemy import Connection, select

from app.store import schema as t
from app.store.inbox.counts import recent_counts, tallies
from app.store.inbox.events import removal
from app.store.upkeep import settle_counts
from app.store.upkeep.settle_counts import CountSettler
from tests.factories import NOON, Store, make_event
from tests.query_plans import steps_of

HOUR = NOON // 3_600_000_000


def file_of(store: Store, *functions: str, user: str = "ada") -> None:
    """File one batch, an event in each of these functions."""
    store.file(
        *(make_event(function=name, tags={"region": "eu"}, user={"id": user}) for name in functions), at=NOON
    )


def chains(connection: Connection) -> list[tuple[int, int]]:
    """Issue and length of chain of each row, the oldest first."""
    rows = t.recent_counts.c
    query = select(rows.issue_id, rows.chain).order_by(rows.number)
    return [(issue, length) for issue, length in connection.execute(query)]


def in_tables(connection: Connection) -> list[int]:
    """The issues of which something is in a counter table."""
    tables = (t.issue_tags, t.issue_hours, t.issue_users)
    found = {issue for table in tables for issue in connection.scalars(select(table.c.issue_id))}
    return sorted(found)


def test_a_batch_appends_one_row_an_issue_and_changes_no_table(store: Store) -> None:
    file_of(store, "a", "b", "a")
    file_of(store, "a")
    assert store.read(chains) == [(1, 1), (2, 1), (1, 2)]
    assert store.read(in_tables) == []


def test_what_is_read_is_the_whole_chain_of_these_issues(store: Store) -> None:
    file_of(store, "a", "b", "a")
    file_of(store, "a", user="bob")
    assert store.read(recent_counts.hours, [1]) == {(1, HOUR): 3}
    assert store.read(recent_counts.users, [1, 2]) == {(1, "ada"), (1, "bob"), (2, "ada")}
    regions = Counter[tuple[int, str, str]]()
    for issue, key, value, count in store.read(lambda connection: list(recent_counts.tags(connection, [1]))):
        regions[issue, key, value] += count
    assert regions[1, "region", "eu"] == 3
    assert store.read(recent_counts.users, []) == set()


def test_only_the_issues_that_are_named_are_settled(store: Store) -> None:
    file_of(store, "a", "b")
    file_of(store, "a", "b")
    before = [store.read(tallies.read, issue) for issue in (1, 2)]
    store.write(recent_counts.settle, [1])
    assert store.read(chains) == [(2, 1), (2, 2)]
    assert store.read(in_tables) == [1]
    assert [store.read(tallies.read, issue) for issue in (1, 2)] == before
    store.write(recent_counts.settle, [1])
    assert [store.read(tallies.read, issue) for issue in (1, 2)] == before


def test_a_number_that_another_issue_has_by_now_is_not_read_as_ones_own(store: Store) -> None:
    file_of(store, "a")
    store.write(recent_counts.settle, [1])
    file_of(store, "b")
    assert store.read(recent_counts.users, [1]) == set()
    assert store.read(recent_counts.users, [2]) == {(2, "ada")}


def test_a_long_chain_is_settled_with_the_next_batch(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent_counts, "LONGEST_CHAIN", 3)
    monkeypatch.setattr(recent_counts, "STAGGER", 1)
    for batch in range(1, 9):
        file_of(store, "a")
        assert len(store.read(chains)) == (batch - 1) % 3 + 1
        assert store.read(tallies.read, 1).hours == {HOUR: batch}


def test_issues_of_every_batch_are_not_all_settled_with_the_same_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recent_counts, "LONGEST_CHAIN", 4)
    monkeypatch.setattr(recent_counts, "STAGGER", 3)
    for _ in range(4):
        file_of(store, "a", "b", "c")
    assert store.read(in_tables) == [1, 2]


def test_all_can_be_settled_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle_counts, "WORTH_SETTLING", 1)
    monkeypatch.setattr(settle_counts, "ROWS_AT_ONCE", 1)
    file_of(store, "a", "b", "c")
    settler = CountSettler(store.database)
    # One issue of the three is settled already, and its row is still there.
    assert (settler.step(), settler.step()) == (True, True)
    before = [store.read(tallies.read, issue) for issue in (1, 2, 3)]
    store.write(recent_counts.settle_all)
    assert store.read(chains) == []
    assert [store.read(tallies.read, issue) for issue in (1, 2, 3)] == before


def test_of_a_removed_issue_nothing_stays(store: Store) -> None:
    file_of(store, "a")
    file_of(store, "b")
    file_of(store, "a", "b")
    store.write(removal.remove_issues, [1])
    assert store.read(chains) == [(2, 1), (2, 2)]


def test_nothing_is_scanned_to_read_a_chain(store: Store) -> None:
    with store.database.reading() as connection:
        plan = steps_of(connection, lambda: recent_counts.users(connection, [1, 2]))
    assert any("SEARCH issues" in step for step in plan)
    # What is read from end to end is one row of `state`, the rows found so far, and the issues given.
    small = ("SCAN state", "SCAN anon", "SCAN json_each")
    assert not [step for step in plan if step.startswith("SCAN") and not step.startswith(small)]
    assert not [step for step in plan if "TEMP B-TREE" in step]
