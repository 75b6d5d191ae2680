"""Whole events are read for the search."""

import itertools

import pytest

from app.digest.entries import search_filling
from app.digest.entries.search_filling import SearchFiller
from app.digest.pipeline import Digest
from app.model import Report
from app.settings import Settings
from app.store.inbox.events import removal
from app.store.inbox.lists import events, issues
from app.store.inbox.lists.issue_search import IssueSearch
from app.store.inbox.lists.issues import IssueFilter
from app.store.inbox.search import search_gaps
from tests.factories import NOON, Store, append, envelope, make_report


@pytest.fixture(autouse=True)
def without_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_filling, "STEP_SECONDS", 60.0)


def reports(first: int, number: int) -> list[Report]:
    bodies = {
        n: envelope(f"{n:032x}", breadcrumbs=[{"message": f"crumb{n} zebra"}], fingerprint=[str(n % 3)])
        for n in range(first, first + number)
    }
    return [make_report(n, body=body, event_id=f"{n:032x}") for n, body in bodies.items()]


def digest(store: Store, first: int, number: int) -> None:
    append(store.database, *reports(first, number))
    Digest(store.database, Settings(), clock=lambda: NOON).run()


def found(store: Store, text: str) -> list[int]:
    return [event.pk for event in store.read(events.summaries, text=text)]


def test_events_are_found_by_all_of_their_text_and_the_newest_first(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_filling, "AT_ONCE", 2)
    digest(store, 1, 5)
    filler = SearchFiller(store.database)
    assert found(store, "zebra") == []
    assert filler.step() == 2
    assert found(store, "zebra") == [5, 4]
    assert filler.run() == 3
    assert found(store, "zebra") == [5, 4, 3, 2, 1]
    assert found(store, "type:KeyError crumb2") == [2]
    assert filler.run() == 0
    assert store.read(search_gaps.next_due) is None


def test_a_report_that_waits_goes_first(store: Store) -> None:
    digest(store, 1, 60)
    append(store.database, *reports(61, 1))
    assert SearchFiller(store.database).run() == search_filling.AT_ONCE


def test_a_slow_step_ends_early_and_loses_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_filling, "STEP_SECONDS", 0.5)
    digest(store, 1, 4)
    ticks = itertools.count()
    filler = SearchFiller(store.database, clock=lambda: float(next(ticks)))
    assert [filler.step() for _ in range(4)] == [1, 1, 1, 1]
    assert found(store, "zebra") == [4, 3, 2, 1]


def test_what_was_removed_meanwhile_is_not_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    digest(store, 1, 4)
    whole = search_filling.whole_texts

    def removed_meanwhile(event: object) -> object:
        store.write(removal.remove_events, [2])
        return whole(event)  # type: ignore[arg-type]

    monkeypatch.setattr(search_filling, "whole_texts", removed_meanwhile)
    SearchFiller(store.database).step()
    assert found(store, "zebra") == [4, 3, 1]
    rows = store.read(lambda connection: connection.exec_driver_sql("SELECT rowid FROM event_search").all())
    assert [row[0] for row in rows] == [1, 3, 4]


def test_a_search_under_way_finds_what_was_filled(store: Store) -> None:
    digest(store, 1, 5)
    wanted = IssueFilter(text="zebra -crumb5")
    search, revision = IssueSearch(wanted), store.read(issues.revision)
    while not search.is_complete:
        store.read(search.look_further, 500)
    assert not search.found_ids
    committed: list[int] = []
    SearchFiller(store.database, committed=committed.append).run()
    changes = store.read(issues.changed_since, wanted, revision, found=search)
    assert changes.revision == committed[0]
    assert sorted(issue.id for issue in changes.matching) == sorted(search.found_ids) == [1, 2, 3]
    assert not store.read(issues.changed_since, wanted, changes.revision, found=search).matching
