"""The events of an issue, wherever their entries are at the moment."""

from sqlalchemy import Connection

from app.store.inbox.indexes import events_by_issue
from tests.factories import Store, make_event


def numbers(connection: Connection, issue: int) -> set[int]:
    return set(connection.execute(events_by_issue.numbers(issue)).scalars())


def move(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE events SET issue_id = 2 WHERE id IN (1, 3)")


def test_recent_and_settled_events_are_found(store: Store) -> None:
    for function in "abaa":
        store.file(make_event(function=function))
    assert store.read(numbers, 1) == {1, 3, 4}
    store.write(events_by_issue.settle, 0, 512)
    store.file(make_event(function="a"))
    assert store.read(numbers, 1) == {1, 3, 4, 5}
    assert store.read(events_by_issue.newest, 1) == 5
    assert store.read(events_by_issue.newest, 2) == 2
    assert store.read(events_by_issue.newest, 3) is None


def test_events_that_move_are_found_by_their_new_issue(store: Store) -> None:
    store.file(make_event(function="a"), make_event(function="b"))
    store.write(events_by_issue.settle, 0, 512)
    store.file(make_event(function="a"), make_event(function="a"))
    store.write(move)
    assert store.read(numbers, 1) == {4}
    assert store.read(numbers, 2) == {1, 2, 3}
    assert store.read(events_by_issue.newest, 2) == 3
    assert store.read(events_by_issue.issues_of, [1, 4, 99]) == {1: 2, 4: 1}


def test_the_events_of_an_issue_are_found_without_reading_others(store: Store) -> None:
    query = events_by_issue.numbers(1).order_by(events_by_issue.ENTRIES.c.event.desc()).limit(1)
    with store.database.reading() as connection:
        sql = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
        plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
    assert not [step for step in plan if step.startswith("SCAN") or "TEMP" in step], plan
    assert len([step for step in plan if step.startswith("SEARCH")]) == 2
