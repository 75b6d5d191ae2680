"""What is known of all issues: only what is wanted, and all of it anew where too much has changed."""

from collections.abc import Collection
from typing import Any

import pytest

from app.store.database import Connection
from app.store.facets import readers
from app.store.facets.facet_index import FacetIndex
from app.store.inbox.indexes import change_log
from app.store.inbox.triage import actions
from tests.factories import NOON, Store, make_event


def read_all(store: Store, index: FacetIndex) -> None:
    store.read(index.follow)
    while index.is_reading:
        store.read(index.read_further)


def test_only_what_is_wanted_is_held(store: Store) -> None:
    store.file(make_event(tags={"region": "eu", "tenant": "a"}))
    index = FacetIndex(0)
    index.want(["region"])
    read_all(store, index)
    assert set(index.facets) == {"level", "region"}
    index.want(["tenant", "level"])
    read_all(store, index)
    assert set(index.facets) == {"level", "tenant"}
    assert index.is_read("tenant")
    assert not index.is_read("region")


def test_an_issue_that_changes_while_all_are_read_is_counted_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.facets.facet_index.STEP", 1)
    for name in "abc":
        store.file(make_event(function=name))
    index = FacetIndex(0)
    store.read(index.follow)
    store.read(index.read_further)
    store.file(make_event(function="a"), make_event(function="c"))
    read_all(store, index)
    assert len(index.facets["level"].of("error")) == 3
    (hour,) = index.hours.slots()
    assert index.hours.sum(hour, index.facets["level"].of("error")) == 5


def test_where_it_is_not_known_what_has_changed_all_are_looked_at(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_log, "REMEMBERED", 1)
    store.file(make_event(tags={"region": "eu"}))
    index = FacetIndex(0)
    index.want(["region"])
    read_all(store, index)
    for name in ("charge_card", "b", "c"):
        store.file(make_event(function=name, tags={"region": "us"}))
    store.write(change_log.trim)
    assert store.read(index.follow) is None
    assert not index.is_reading
    assert len(index.facets["region"].of("us")) == 3


@pytest.mark.parametrize("remembered", [1, 1_000])
def test_only_issues_with_other_events_are_read_again(
    store: Store, monkeypatch: pytest.MonkeyPatch, remembered: int
) -> None:
    monkeypatch.setattr(change_log, "REMEMBERED", remembered)
    for name in "abc":
        store.file(make_event(function=name))
    index = FacetIndex(0)
    read_all(store, index)
    read: list[list[int]] = []
    readers_read = readers.read

    def counted(connection: Connection, issues: Collection[int], *rest: Any) -> readers.Read:
        read.append(list(issues))
        return readers_read(connection, issues, *rest)

    monkeypatch.setattr(readers, "read", counted)
    store.write(actions.resolve, [1, 2, 3], NOON)
    store.write(change_log.trim)
    store.read(index.follow)
    assert read == []
    store.file(make_event(function="b"))
    store.write(change_log.trim)
    store.read(index.follow)
    assert read == [[2]]


def test_hours_before_the_first_one_are_left_out(store: Store) -> None:
    store.file(make_event())
    index = FacetIndex(1 << 40)
    read_all(store, index)
    assert list(index.hours.slots()) == []
