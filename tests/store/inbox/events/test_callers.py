"""Who called in, counted."""

import gzip
import shutil
from pathlib import Path

from app import paths
from app.store.database import open_for_engine
from app.store.inbox.events import callers
from app.store.inbox.events.callers import Calls
from app.store.inbox.lists import events, issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.queue import queue_overview
from tests.factories import NOON, SECOND, Store

STORES = Path(__file__).parents[3] / "samples" / "stores"


def calls(version: str, at: int, *, reports: int = 1, skew: int | None = None) -> Calls:
    return Calls("shop", "sentry.envelope", "sentry.python", version, at, at, reports, skew)


def test_a_client_is_one_row_that_counts(store: Store) -> None:
    store.write(callers.count, [calls("2.75.0", NOON, reports=2, skew=3 * SECOND), calls("1.45", NOON)])
    store.write(callers.count, [calls("2.75.0", NOON + SECOND)])
    store.write(callers.count, [])

    newest, other = store.read(callers.newest)
    assert (newest.client, newest.version, newest.reports) == ("sentry.python", "2.75.0", 3)
    assert newest.skew_seconds == 3.0
    assert (newest.last_seen - newest.first_seen).total_seconds() == 1.0
    assert (other.version, other.reports, other.skew_seconds) == ("1.45", 1, None)


def test_only_the_last_callers_remain(store: Store) -> None:
    store.write(callers.count, [calls(f"1.{n}", NOON + n) for n in range(callers.MOST_CALLERS + 20)])
    store.write(callers.forget_old)

    kept = store.read(callers.newest, limit=1_000)
    assert len(kept) == callers.MOST_CALLERS
    assert kept[-1].version == "1.20"
    store.write(callers.forget_old)
    assert len(store.read(callers.newest, limit=1_000)) == callers.MOST_CALLERS


def test_a_store_from_before_is_upgraded_with_all_it_holds(tmp_path: Path) -> None:
    with gzip.open(STORES / "0001.sqlite3.gz") as old, (tmp_path / paths.DATABASE).open("wb") as new:
        shutil.copyfileobj(old, new)
    database = open_for_engine(tmp_path).database
    with database.writing() as connection:
        callers.count(connection, [calls("2.75.0", NOON)])
    with database.reading() as connection:
        assert [caller.client for caller in callers.newest(connection)] == ["sentry.python"]
        assert queue_overview.status(connection).received == 2
        assert len(issues.page(connection, IssueFilter(View.EVERYTHING))) == 2
        assert events.find(connection, "0123456789abcdef0123456789abcdef") is not None
    database.close()
