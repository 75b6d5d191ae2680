"""The order of lists: every issue has one place in it, and old places go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from app.store import schema as t
from app.store.database import Database, open_for_engine
from app.store.inbox.events import removal
from app.store.inbox.indexes import issue_order
from app.store.inbox.indexes.issue_order import IS_CURRENT, PLACE
from app.store.inbox.indexes.staged_index import EVENTS_A_TURN
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter
from tests.factories import NOON, SECOND, Store, make_event


def places(connection: Connection) -> list[tuple[int, int]]:
    query = select(*PLACE).join(t.issues, IS_CURRENT).order_by(*PLACE)
    return [(row.last_seen, row.issue_id) for row in connection.execute(query)]


def seen(connection: Connection) -> list[tuple[int, int]]:
    query = select(t.issues.c.last_seen, t.issues.c.id).order_by(t.issues.c.last_seen, t.issues.c.id)
    return [(row.last_seen, row.id) for row in connection.execute(query)]


def all_places(connection: Connection) -> list[tuple[int, int]]:
    return [(row.last_seen, row.issue_id) for row in connection.execute(select(*PLACE).order_by(*PLACE))]


def see(connection: Connection, issue: int, at: int) -> None:
    connection.exec_driver_sql("UPDATE issues SET last_seen = ? WHERE id = ?", (at, issue))


def test_a_place_of_long_ago_stays_until_it_is_tidied_and_a_recent_one_goes_at_once(store: Store) -> None:
    store.file(make_event(), at=NOON)
    store.file(make_event(), at=NOON + 10 * SECOND)
    store.file(make_event(), at=NOON + 11 * SECOND)
    assert store.read(all_places) == [(NOON, 1), (NOON + 11 * SECOND, 1)]
    assert store.read(places) == [(NOON + 11 * SECOND, 1)]
    store.write(issue_order.tidy, 2, EVENTS_A_TURN - 1)
    assert len(store.read(all_places)) == 2, "its turn has not come"
    store.write(issue_order.tidy, EVENTS_A_TURN - 1, EVENTS_A_TURN)
    assert store.read(all_places) == [(NOON + 11 * SECOND, 1)]


def test_an_issue_that_is_removed_has_no_place(store: Store) -> None:
    for function in "abc":
        store.file(make_event(function=function))
    store.write(removal.remove_issues, [1, 2])
    assert [issue for _at, issue in store.read(all_places)] == [3]


@pytest.fixture(scope="module")
def three_issues(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = open_for_engine(tmp_path_factory.mktemp("order")).database
    store = Store(database)
    for function in "abc":
        store.file(make_event(function=function))
    return database


@given(
    changes=st.lists(st.tuples(st.integers(1, 3), st.integers(0, 20), st.booleans()), min_size=1, max_size=12)
)
def test_every_issue_has_one_place_whenever_it_was_seen(
    three_issues: Database, changes: list[tuple[int, int, bool]]
) -> None:
    store = Store(three_issues)
    for number, (issue, second, tidies) in enumerate(changes):
        store.write(see, issue, NOON + second * SECOND)
        if tidies:
            store.write(issue_order.tidy, number * EVENTS_A_TURN, (number + 1) * EVENTS_A_TURN)
        assert store.read(places) == store.read(seen)
        listed = store.read(issues.page, IssueFilter())
        assert [issue.id for issue in listed] == [issue for _at, issue in reversed(store.read(seen))]
