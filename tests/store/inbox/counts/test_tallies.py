"""Counters: of a batch of many issues, and of one issue added and subtracted."""

from sqlalchemy import Connection, update

from app.store import schema as t
from app.store.inbox.counts import recent_counts, tallies
from app.store.inbox.counts.recent_counts import BatchCounts
from tests.factories import Store, make_event


def point_to(connection: Connection, newest: dict[int, int]) -> None:
    """Write the newest counts of issues as the digest does with their rows."""
    for issue, number in newest.items():
        connection.execute(update(t.issues).where(t.issues.c.id == issue).values(newest_counts=number))


def test_a_batch_is_counted_issue_by_issue(store: Store) -> None:
    store.file(make_event(function="a"))
    store.file(make_event(function="b"))
    first = BatchCounts(1, [("region", "eu", 2)], [(7, 2)], ["ada"])
    second = BatchCounts(2, [("region", "us", 1)], [(7, 1)], [])
    for _ in range(2):
        newest = store.write(recent_counts.append, [first, second])
        store.write(point_to, newest)
    one, other = store.read(tallies.read, 1), store.read(tallies.read, 2)
    assert (one.tags["region", "eu"], one.hours[7], one.users) == (4, 4, {"ada"})
    assert (other.tags["region", "us"], other.hours[7], other.users) == (2, 2, set())


def test_known_users_are_those_that_are_counted(store: Store) -> None:
    store.file(make_event(user={"id": "ada"}))
    assert set(store.read(tallies.known_users, [(1, "ada"), (1, "bob")])) == {(1, "ada")}
    assert list(store.read(tallies.known_users, [])) == []


def test_outlines_are_the_events_and_users_of_several_issues(store: Store) -> None:
    store.file(make_event(user={"id": "ada"}), make_event(user={"id": "bob"}))
    store.file(make_event(function="other", user={"id": "ada"}))
    found = store.read(tallies.outlines, [1, 2, 404])
    assert {issue: (tally.count, tally.users) for issue, tally in found.items()} == {
        1: (2, {"ada", "bob"}),
        2: (1, {"ada"}),
    }
