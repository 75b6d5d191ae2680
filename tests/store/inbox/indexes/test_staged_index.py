"""An index in two tables: every entry is in one of them, and none waits for ever."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, select

from app.store import schema as t
from app.store.inbox.indexes.staged_index import EVENTS_A_TURN, PARTS_OF_EVENTS, StagedIndex

INDEX = StagedIndex(t.recent_event_ids, t.event_ids)
KEYS = 1_000


def entries(connection: Connection) -> list[tuple[int, int]]:
    query = select(*INDEX.entries("entry").c)
    return sorted((row.key, row.event) for row in connection.execute(query))


def put(connection: Connection, rows: Sequence[tuple[int, int]]) -> None:
    connection.exec_driver_sql("INSERT INTO recent_event_ids VALUES (?, ?)", list(rows))


def waiting(connection: Connection) -> int:
    return len(connection.execute(select(INDEX.recent)).all())


@pytest.fixture
def connection() -> Connection:
    connection = create_engine("sqlite://").connect()
    INDEX.recent.create(connection)
    INDEX.settled.create(connection)
    return connection


@given(
    batches=st.lists(st.integers(1, 900), min_size=1, max_size=8),
    first=st.integers(0, 40 * PARTS_OF_EVENTS),
)
def test_every_entry_is_there_once(batches: list[int], first: int) -> None:
    connection = create_engine("sqlite://").connect()
    INDEX.recent.create(connection)
    INDEX.settled.create(connection)
    known = []
    number = first
    for size in batches:
        rows = [(hash((number + n, first)) % KEYS, number + n) for n in range(1, size + 1)]
        put(connection, rows)
        known += rows
        INDEX.settle(connection, KEYS, number, number + size)
        number += size
        assert entries(connection) == sorted(known)


def test_every_part_has_its_turn(connection: Connection) -> None:
    parts = 4
    number = parts * parts * PARTS_OF_EVENTS
    put(connection, [(key, key) for key in range(0, KEYS, 10)])
    left = []
    for turn in range(parts):
        begin = number + turn * EVENTS_A_TURN
        INDEX.settle(connection, KEYS, begin, begin + EVENTS_A_TURN)
        left.append(waiting(connection))
    assert left == [75, 50, 25, 0]


def test_nothing_is_moved_between_two_turns(connection: Connection) -> None:
    put(connection, [(1, 1)])
    INDEX.settle(connection, KEYS, 0, EVENTS_A_TURN - 1)
    assert waiting(connection) == 1
    INDEX.settle(connection, KEYS, EVENTS_A_TURN - 1, EVENTS_A_TURN)
    assert waiting(connection) == 0
