"""The lifecycle in the store: what escalates, is counted, and is recorded in the digest's transaction."""

from collections.abc import Sequence

import pytest
from sqlalchemy import event

from app.happenings import Kind
from app.store.inbox.counts.rates import HOUR
from app.store.inbox.lists import issues as issue_store
from app.store.inbox.triage import actions, history
from tests.factories import NOON, Store, make_event


def kinds(store: Store, issue_id: int = 1) -> list[str]:
    return [line.kind for line in reversed(store.read(history.timeline, issue_id))]


def hourly(store: Store, counts: Sequence[int]) -> None:
    """So many events in each hour, the last of them before noon's."""
    for hours, count in enumerate(reversed(counts), 1):
        if count:
            store.file(*(make_event() for _ in range(count)), at=NOON - hours * HOUR)


def test_an_issue_well_above_its_usual_escalates_once(store: Store) -> None:
    store.file(make_event(), at=NOON - 30 * HOUR)
    hourly(store, [2, 0, 3, 0, 0, 1])
    for _ in range(4):
        store.file(*(make_event() for _ in range(5)), at=NOON)
    assert kinds(store).count(Kind.ESCALATING) == 1
    line = next(line for line in store.read(history.timeline, 1) if line.kind == Kind.ESCALATING)
    assert line.text == "11 in this hour, usually about 2"
    issue = store.read(issue_store.get, 1)
    assert issue is not None
    assert issue.escalated_at is not None


@pytest.mark.parametrize("counts", [[40, 38, 45, 0, 41], [100, 0, 0, 0, 0, 100]])
def test_an_issue_that_is_always_frequent_does_not_escalate(counts: list[int], store: Store) -> None:
    hourly(store, counts)
    store.file(*(make_event() for _ in range(100)), at=NOON)
    assert Kind.ESCALATING not in kinds(store)


def test_a_new_issue_has_no_usual_rate_to_rise_above(store: Store) -> None:
    store.file(make_event(), at=NOON - 2 * HOUR)
    store.file(*(make_event() for _ in range(500)), at=NOON)
    assert kinds(store) == [Kind.NEW, Kind.COUNT, Kind.COUNT]


def test_round_numbers_are_recorded_once_though_a_merge_is_undone(store: Store) -> None:
    store.file(*(make_event() for _ in range(12)))
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE issues SET count = 8")
    store.file(*(make_event() for _ in range(3)))
    assert kinds(store) == [Kind.NEW, Kind.COUNT]


def test_two_keys_of_one_issue_share_one_lifecycle(store: Store) -> None:
    store.file(make_event(function="a"))
    store.file(make_event(function="b"))
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE issue_keys SET issue_id = 1")
        connection.exec_driver_sql("UPDATE issues SET state = 'resolved'")
    store.file(*(make_event(function=name) for name in "abababab"))
    assert kinds(store) == [Kind.NEW, Kind.REGRESSED]


def test_an_older_version_of_another_package_does_not_bring_an_issue_back(store: Store) -> None:
    for release in ("api@2.0.0", "web@1.0.0"):
        store.file(make_event(release=release), at=NOON - HOUR)
    with store.database.writing() as connection:
        actions.resolve(connection, [1], NOON, release="web@1.1.0")
    for at, release in enumerate(("api@1.9.0", "api@1.9.0", "api@2.0.0", "jobs@1.0.0", "web@1.0.5"), 1):
        store.file(make_event(release=release), at=NOON + at)
    assert Kind.REGRESSED not in kinds(store)
    store.file(make_event(release="api@2.1.0"), at=NOON + HOUR)
    assert kinds(store)[-1] == Kind.REGRESSED


def test_many_events_take_few_statements(store: Store) -> None:
    statements: list[str] = []
    for hours in (9, 5):
        store.file(*(make_event(function=f"f{n}") for n in range(50)), at=NOON - hours * HOUR)
    with store.database.reading() as connection:
        engine = connection.engine
    event.listen(
        engine, "before_cursor_execute", lambda _c, _k, statement, *_rest: statements.append(statement)
    )
    store.file(*(make_event(function=f"f{n % 50}", release="1.0") for n in range(600)), at=NOON)
    assert len(statements) < 40
