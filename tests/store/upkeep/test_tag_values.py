"""Which tags of an issue go, and which issues are looked at."""

import pytest

from app.store.inbox.counts import event_counts, recent_counts
from app.store.upkeep import tag_values
from tests.factories import Store, make_event


@pytest.fixture
def tagged(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An issue with six values of one tag and one of another; three may stay."""
    monkeypatch.setattr(tag_values, "VALUES_PER_ISSUE", 3)
    for n in range(6):
        store.file(make_event(tags={"request_id": str(n), "region": "eu"}))
    store.write(recent_counts.settle_all)
    store.write(event_counts.count_new, 6, 10)
    return store


def values(store: Store) -> list[tuple[str, int]]:
    with store.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT key, count FROM issue_tags ORDER BY count DESC").all()
    return [(key, count) for key, count in rows]


def test_the_rarest_go_some_at_a_time(tagged: Store) -> None:
    assert [tagged.write(tag_values.trim, 1, 3) for _step in range(3)] == [3, 1, 0]
    assert values(tagged) == [("region", 6), ("request_id", 1), ("request_id", 1)]


def test_an_issue_is_looked_at_again_only_after_new_events(tagged: Store) -> None:
    assert tagged.read(tag_values.grown, [1]) == [1]
    while tagged.write(tag_values.trim, 1, 2):
        pass
    tag_values_due = tagged.read(event_counts.with_new_tags, [1], 1)
    assert tag_values_due == []
    tagged.file(make_event(tags={"region": "eu"}))
    tagged.write(event_counts.count_new, 7, 10)
    assert tagged.read(event_counts.with_new_tags, [1], 1) == [1]
