"""Deleting and restoring while the real digest files what comes for the same issues."""

import threading

from app.store.inbox.counts import event_counts
from app.store.inbox.lists import matching_ids
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.places import place_counts
from app.store.queue import queue_overview
from app.store.trash import deleted_issues, deletions
from tests.factories import NOON, Store
from tests.regrouping.shop import Shop

FUNCTIONS = [f"f{n}" for n in range(4)]
ROUNDS = 6
EVERYTHING = IssueFilter(View.EVERYTHING)


def test_nothing_is_lost_or_counted_twice(shop: Shop, store: Store) -> None:
    for function in FUNCTIONS:
        shop.send(function)
    ended = threading.Event()
    sent: list[int] = []

    def send() -> None:
        while not ended.is_set() or len(sent) < 20:
            sent.append(shop.send(FUNCTIONS[len(sent) % len(FUNCTIONS)]))

    sender = threading.Thread(target=send)
    sender.start()
    made: list[tuple[int, tuple[int, ...]]] = []
    for _round in range(ROUNDS):
        with store.database.writing() as connection:
            number = deletions.begin(connection, "all", NOON)
            shown = matching_ids.read(connection, EVERYTHING)
            gone = deleted_issues.delete_issues(connection, shown, number)
            deletions.end_empty(connection, number)
            made.append((number, gone))
        if len(made) % 2 == 0:
            number, gone = made[-2]
            store.write(deleted_issues.restore_issues, number, gone, NOON)
    ended.set()
    sender.join()
    for number, gone in reversed(made):
        store.write(deleted_issues.restore_issues, number, gone, NOON)
    shop.settle()
    assert store.read(deletions.listed) == []
    assert shop.shown() == shop.recounted()
    assert sum(shown[0] for shown in shop.shown().values()) == len(sent) + len(FUNCTIONS)
    assert len(shop.shown()) == len(FUNCTIONS), "each error is one issue again"
    status = store.read(queue_overview.status)
    assert status.received == status.digested + status.pending + status.dead
    assert status.events == len(sent) + len(FUNCTIONS)
    assert store.read(place_counts.counts).views[View.EVERYTHING] == len(FUNCTIONS)
    assert store.read(event_counts.stored_in_all) == len(sent) + len(FUNCTIONS)
