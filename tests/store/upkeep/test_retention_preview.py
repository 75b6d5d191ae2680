"""What a retention policy would remove, said before it is applied: never less than the sweep removes."""

import pytest

from app.settings import Retention
from app.store.upkeep.retention import Sweep
from app.store.upkeep.retention_preview import DAY, RetentionPreview, preview
from tests.factories import NOON, Store, make_event


def look(store: Store, now: int = NOON, **policy: int) -> RetentionPreview:
    return store.read(preview, Retention(**policy), now)


def test_an_empty_store_has_nothing_to_remove(store: Store) -> None:
    found = look(store)
    assert (found.events, found.surplus_events, found.old_events, found.surplus_bytes) == (0, 0, 0, 0)
    assert found.used_bytes > 0


@pytest.mark.parametrize(
    ("policy", "surplus", "old"),
    [
        ({}, 0, 0),
        ({"events_per_issue": 4}, 6, 0),
        ({"days": 5}, 0, 6),
        ({"days": 1, "events_per_issue": 9}, 1, 10),
    ],
)
def test_it_says_at_least_what_the_sweep_removes(
    store: Store, policy: dict[str, int], surplus: int, old: int
) -> None:
    for day in range(10):
        store.file(make_event(value=str(day)), at=NOON + day * DAY)
    now = NOON + 11 * DAY - 1
    # The sweep counts what is stored.
    Sweep(store.database, Retention(), clock=lambda: NOON).run()
    found = look(store, now, **policy)
    assert (found.events, found.surplus_events, found.old_events) == (10, surplus, old)
    removed = Sweep(store.database, Retention(**policy), clock=lambda: now, seconds=60).run()
    assert removed <= surplus + old
    assert bool(removed) == bool(surplus + old)


def test_the_size_that_is_too_much_is_said(store: Store) -> None:
    store.file(make_event())
    found = look(store, total_bytes=1_000)
    assert found.surplus_bytes == found.used_bytes - 1_000
