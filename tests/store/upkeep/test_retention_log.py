"""What retention removed whole, by day."""

from app.model import from_micros
from app.store.upkeep import retention_log
from app.store.upkeep.retention_log import DAYS_LISTED, RemovedIssues
from tests.factories import NOON, Store

DAY = 86_400_000_000


def test_the_runs_of_a_day_are_one_row_and_old_days_go(store: Store) -> None:
    today = NOON // DAY * DAY
    store.write(retention_log.note, NOON, 10, 1)
    store.write(retention_log.note, NOON + 1, 5, 2)
    assert store.read(retention_log.listed) == [RemovedIssues(day=from_micros(today), issues=3, events=15)]
    store.write(retention_log.note, NOON + (DAYS_LISTED - 1) * DAY, 1, 1)
    assert [each.events for each in store.read(retention_log.listed)] == [1, 15]
    store.write(retention_log.note, NOON + DAYS_LISTED * DAY, 2, 1)
    assert [each.events for each in store.read(retention_log.listed)] == [2, 1]
