"""What goes when there is too much, and what stays."""

import itertools

import pytest

from app.model import to_micros
from app.notifications import listing
from app.settings import Retention
from app.store import events, issues, queue, retention, sqlite
from app.store.issues import IssueFilter, View
from app.store.retention import DAY, Sweep
from tests.factories import NOON, Store, make_event

PLENTY = Retention()


def sweep(store: Store, policy: Retention, *, now: int = NOON) -> int:
    return Sweep(store.database, policy, clock=lambda: now).run()


def values(store: Store, function: str) -> list[str]:
    found = store.read(events.summaries, text=f"culprit:{function}", limit=1000)
    return [event.title.removeprefix("KeyError: ") for event in reversed(found)]


def file_many(store: Store, function: str, count: int, *, step: int = 1) -> None:
    for n in range(count):
        store.file(make_event(value=str(n), function=function), at=NOON + n * step)


def test_nothing_goes_while_there_is_room(store: Store) -> None:
    file_many(store, "quiet", 5)
    assert sweep(store, PLENTY) == 0
    assert len(values(store, "quiet")) == 5


def test_beyond_the_count_the_oldest_go_but_never_the_first(store: Store) -> None:
    file_many(store, "noisy", 10)
    file_many(store, "quiet", 3)
    assert sweep(store, Retention(events_per_issue=4)) == 6
    assert values(store, "noisy") == ["0", "7", "8", "9"]
    assert values(store, "quiet") == ["0", "1", "2"]


def test_counters_keep_counting_what_was(store: Store) -> None:
    file_many(store, "noisy", 10)
    sweep(store, Retention(events_per_issue=2))
    (issue,) = store.read(issues.page, IssueFilter(View.EVERYTHING))
    status = store.read(queue.status)
    assert (issue.count, status.events, status.received, status.digested) == (10, 2, 10, 10)


def test_what_is_old_goes_except_first_and_last(store: Store) -> None:
    file_many(store, "daily", 10, step=DAY)
    sweep(store, Retention(days=3), now=NOON + 9 * DAY)
    assert values(store, "daily") == ["0", "6", "7", "8", "9"]
    file_many(store, "ancient", 4)
    sweep(store, Retention(days=3), now=NOON + 400 * DAY)
    assert values(store, "ancient") == ["0", "3"]


def test_beyond_the_bytes_the_noisiest_pays_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "STEP", 5)
    file_many(store, "noisy", 40)
    file_many(store, "quiet", 4)
    sizes = itertools.chain([2_000, 2_000], itertools.repeat(1_000))
    monkeypatch.setattr(sqlite, "used_bytes", lambda _connection: next(sizes))
    assert sweep(store, Retention(total_bytes=1_500)) == 10
    assert values(store, "noisy")[:2] == ["0", "11"]
    assert len(values(store, "quiet")) == 4


def test_a_limit_that_cannot_be_met_ends_with_first_and_last(store: Store) -> None:
    file_many(store, "a", 9)
    file_many(store, "b", 5)
    sweep(store, Retention(total_bytes=1))
    assert values(store, "a") == ["0", "8"]
    assert values(store, "b") == ["0", "4"]


def test_reports_go_with_their_events_and_space_is_given_back(store: Store) -> None:
    file_many(store, "noisy", 60)
    before = store.read(sqlite.used_bytes)
    sweep(store, Retention(events_per_issue=2))
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM reports").scalar() == 2
        assert connection.exec_driver_sql("SELECT count(*) FROM event_search").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA freelist_count").scalar() == 0
    assert store.read(sqlite.used_bytes) < before


def test_tag_values_that_never_repeat_are_trimmed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "TAG_VALUES_PER_ISSUE", 3)
    for n in range(6):
        store.file(make_event(tags={"request_id": str(n)}), make_event(tags={"region": "eu"}))
    sweep(store, PLENTY)
    with store.database.reading() as connection:
        kept = connection.exec_driver_sql(
            "SELECT key, value, count FROM issue_tags ORDER BY count DESC"
        ).all()
    assert len(kept) == 3
    assert kept[0] == ("region", "eu", 6)


def test_old_notices_go(store: Store) -> None:
    store.file(make_event(), at=NOON)
    old, day = store.read(listing.listed), 90 * DAY
    assert len(old) == 1
    written = to_micros(old[0].created_at)
    sweep(store, PLENTY, now=written + day)
    assert store.read(listing.listed) == old
    sweep(store, PLENTY, now=written + day + 1)
    assert store.read(listing.listed) == []
