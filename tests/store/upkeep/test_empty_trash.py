"""After a day, what was deleted goes for good, and with it what only it needed."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.store import schema as t
from app.store.inbox.counts import event_counts
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.inbox.triage import pins
from app.store.trash import deleted_issues, deletions
from app.store.upkeep import empty_trash, lookup_tables, repair
from app.store.upkeep.empty_trash import EmptyTrash
from tests.factories import NOON, Store, make_event
from tests.regrouping.shop import Shop

LATER = NOON + deletions.LASTS


@pytest.fixture
def shop(store: Store, tmp_path: Path) -> Shop:
    """The same store, which receives real reports."""
    return Shop(store.database, tmp_path)


def trash(store: Store, *ids: int) -> int:
    number = store.write(deletions.begin, "issues", NOON)
    store.write(deleted_issues.delete_issues, ids, number)
    return number


def rows(store: Store, table: str) -> int:
    return int(
        store.read(lambda c: c.execute(select(func.count()).select_from(t.metadata.tables[table])).scalar())
    )


def empty(store: Store, now: int = LATER) -> None:
    EmptyTrash(store.database, clock=lambda: now).run()


def test_what_was_deleted_goes_after_a_day_with_its_reports(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(empty_trash, "EVENTS_AT_ONCE", 2)
    for n in range(3):
        store.file(make_event(function=f"f{n}"), make_event(function=f"f{n}"), make_event(function=f"f{n}"))
    trash(store, 1, 2)
    empty(store, LATER - 1)
    assert rows(store, "issues") == 3
    empty(store)
    assert [rows(store, name) for name in ("issues", "events", "reports", "deletions")] == [1, 3, 3, 0]
    assert rows(store, "deleted_keys") == rows(store, "deleted_issues") == 0
    assert store.read(event_counts.stored_in_all) == 3
    assert store.write(lookup_tables.repair) == []
    assert store.write(repair.remove_orphans) == {}
    assert store.read(deletions.next_due) is None


def test_the_newest_stays_until_there_is_a_newer_one(store: Store) -> None:
    store.file(make_event(function="f0"))
    store.file(make_event(function="f1"))
    trash(store, 1, 2)
    empty(store)
    assert store.read(issues.page, IssueFilter(View.EVERYTHING)) == []
    assert rows(store, "issues") == 1
    assert store.read(deletions.next_due) == LATER + deletions.AGAIN_AFTER
    store.file(make_event(function="f1"))
    assert [each.id for each in store.read(issues.page, IssueFilter())] == [3]
    empty(store, LATER + deletions.AGAIN_AFTER)
    assert rows(store, "issues") == 1


def test_merged_issues_go_with_the_one_that_they_were_merged_into(shop: Shop, store: Store) -> None:
    first, second = shop.send_two_bugs()
    shop.merge(first, second)
    trash(store, first)
    shop.send("other")
    empty(store)
    assert rows(store, "issues") == 3, "nothing goes while events are moved"
    shop.settle()
    empty(store, LATER + deletions.AGAIN_AFTER)
    assert rows(store, "issues") == 1
    assert store.read(event_counts.stored_in_all) == 1
    assert shop.shown() == shop.recounted()


def test_it_stops_where_it_is_told_to_and_goes_on_later(store: Store) -> None:
    for n in range(3):
        store.file(make_event(function=f"f{n}"))
    trash(store, 1, 2)
    EmptyTrash(store.database, clock=lambda: LATER, is_stopping=lambda: True).run()
    assert store.read(deletions.next_due) == LATER
    assert store.read(pins.number) == 0
    empty(store)
    assert rows(store, "issues") == 1
