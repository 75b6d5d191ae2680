"""How many events each issue has stored: right after whatever adds, moves and removes events."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from app.store import schema as t
from app.store.database import open_for_engine
from app.store.grouping import event_moves
from app.store.inbox.counts import event_counts
from app.store.inbox.events import removal
from app.store.inbox.lists import events
from tests.factories import Store, make_event

ISSUES = 4
# What happens next: events are filed in an issue, moved there, or removed; or retention counts some.
ACTS = st.one_of(
    st.tuples(st.just("file"), st.integers(1, ISSUES), st.integers(1, 3)),
    st.tuples(st.just("move"), st.integers(1, ISSUES), st.integers(1, 40)),
    st.tuples(st.just("remove"), st.integers(1, 40), st.integers(1, 3)),
    st.tuples(st.just("count"), st.integers(1, 4), st.none()),
)


def file(store: Store, issue: int, count: int = 1) -> None:
    store.file(*(make_event(function=f"f{issue}") for _event in range(count)))


def count_all(store: Store) -> None:
    store.write(event_counts.count_new, store.read(events.last), 1_000)


def known(connection: Connection) -> dict[int, int]:
    rows = connection.execute(select(t.event_counts.c.issue_id, t.event_counts.c.stored))
    return {row.issue_id: row.stored for row in rows if row.stored}


def stored(connection: Connection) -> dict[int, int]:
    """The same, counted."""
    through = event_counts.counted_through(connection)
    return Counter(connection.scalars(select(t.events.c.issue_id).where(t.events.c.id <= through)))


@settings(max_examples=25, deadline=None)
@given(st.lists(ACTS, max_size=12))
def test_they_are_right_after_whatever_happens(acts: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        database = open_for_engine(Path(folder)).database
        store = Store(database)
        for issue in range(1, ISSUES + 1):
            file(store, issue)
        for what, one, other in acts:
            last = store.read(events.last)
            match what:
                case "file":
                    file(store, one, other)
                case "move":
                    store.write(event_moves.move, min(other, last), one)
                case "remove":
                    # The newest event is never removed.
                    store.write(removal.remove_events, [n for n in range(one, one + other) if n < last])
                case _:
                    store.write(event_counts.count_new, last, one)
            assert store.read(known) == store.read(stored)
        count_all(store)
        assert store.read(known) == store.read(stored)
        assert store.write(event_counts.count_again) == 0
        database.close()


def test_the_most_crowded_issue_comes_first(store: Store) -> None:
    for issue, count in ((1, 2), (2, 5), (3, 4)):
        file(store, issue, count)
    assert store.read(event_counts.crowded, 0, 10) == []
    count_all(store)
    crowded = store.read(event_counts.crowded, 2, 10)
    assert [(each.issue_id, each.stored) for each in crowded] == [(2, 5), (3, 4)]
    assert store.read(event_counts.crowded, 2, 1) == crowded[:1]


def test_wrong_counts_are_counted_again(store: Store) -> None:
    for issue, count in ((1, 2), (2, 5)):
        file(store, issue, count)
    count_all(store)
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE event_counts SET stored = 9")
        connection.exec_driver_sql("INSERT INTO event_counts VALUES (77, 1, 0)")
        event_counts.count_issue_again(connection, 1)
        assert known(connection) == {1: 2, 2: 9, 77: 1}
        assert event_counts.count_again(connection) == 2
        assert known(connection) == {1: 2, 2: 5}


def test_issues_with_new_events_are_looked_at_for_their_tags_once(store: Store) -> None:
    file(store, 1, 3)
    file(store, 2, 1)
    count_all(store)
    assert store.read(event_counts.with_new_tags, [1, 2], 3) == [1]
    store.write(event_counts.tags_trimmed, 1)
    assert store.read(event_counts.with_new_tags, [1, 2], 3) == []


def test_the_events_of_issues_are_known_whether_retention_has_counted_them_or_not(store: Store) -> None:
    for issue in (1, 2, 3):
        file(store, issue, issue)
    count_all(store)
    file(store, 2)
    assert store.read(event_counts.stored, [1, 2]) == 4
    assert store.read(event_counts.stored, []) == 0
    assert store.read(event_counts.stored_in_all) == 7
