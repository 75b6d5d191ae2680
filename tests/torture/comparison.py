"""Compares what was acknowledged with what is stored: nothing lost, nothing twice, all counters exact."""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import closing
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection

from app import paths
from app.store.database import Database
from app.store.inbox.counts import tallies
from app.store.queue import queue_overview


class Comparison(Struct, frozen=True):
    """How many events were acknowledged, are in no store (`lost`), and were filed or counted more than once.

    `duplicates` includes every other difference between counters and stored rows.
    """

    acknowledged: int
    lost: int
    duplicates: int

    @property
    def is_exact(self) -> bool:
        """Whether everything acknowledged is stored, once."""
        return self.lost == 0 and self.duplicates == 0


def compare(acknowledged: Collection[str], folder: Path, *others: Path) -> Comparison:
    """Compare with the store in `folder`, and with `others`: files that were set aside or rescued."""
    stored: Counter[str] = Counter()
    twice = 0
    for file in (folder / paths.DATABASE, *others):
        with closing(Database(file)) as database, database.reading() as connection:
            filed = _events(connection)
            stored.update(event_id for event_id, _project in filed)
            twice += sum(count - 1 for count in filed.values()) + _miscounted(connection, sum(filed.values()))
    lost = [event_id for event_id in acknowledged if event_id not in stored]
    return Comparison(len(acknowledged), len(lost), twice)


def compare_after_removal(acknowledged: Collection[str], folder: Path) -> Comparison:
    """Check a store from which retention removes: everything was received, and the counters are consistent.

    An event that was acknowledged may have been removed, so lost is what was never counted as received.
    """
    with closing(Database(folder / paths.DATABASE)) as database, database.reading() as connection:
        status = queue_overview.status(connection)
        wrong = sum(len(connection.exec_driver_sql(question).all()) for question in _CONTRADICTIONS)
        wrong += _contradicted(connection)
        off = abs(status.received - status.pending - status.digested - status.dead)
        twice = sum(count - 1 for count in _events(connection).values())
    lost = max(0, len(acknowledged) - status.received)
    return Comparison(len(acknowledged), lost, twice + wrong + off)


# Dangling references, and issues whose count is less than their stored events.
_CONTRADICTIONS = (
    "PRAGMA foreign_key_check",
    (
        "SELECT 1 FROM issues WHERE merged_into IS NULL"
        " AND count < (SELECT COUNT(*) FROM events WHERE issue_id = issues.id)"
    ),
)


def _contradicted(connection: Connection) -> int:
    """How many issues have a count that is not the sum of their hours."""
    shown = connection.exec_driver_sql("SELECT id FROM issues WHERE merged_into IS NULL").scalars().all()
    counted = (tallies.read(connection, issue) for issue in shown)
    return sum(tally.count != tally.hours.total() for tally in counted)


def event_ids_in(file: Path) -> set[str]:
    """The event ids of the reports in a store."""
    with closing(sqlite3.connect(file)) as connection:
        return {row[0] for row in connection.execute("SELECT event_id FROM reports")}


def compare_received(acknowledged: Collection[str], folder: Path) -> Comparison:
    """Compare with the reports of all stores in `folder`: also those set aside, copied out or damaged."""
    stored: Counter[str] = Counter()
    for file in folder.glob("*.sqlite3"):
        with closing(sqlite3.connect(file)) as connection:
            try:
                stored.update(row[0] for row in connection.execute("SELECT event_id FROM reports"))
            except sqlite3.DatabaseError:
                # It is no database, or what could be read of it has been carried over.
                continue
    return Comparison(len(acknowledged), sum(event_id not in stored for event_id in acknowledged), 0)


def _events(connection: Connection) -> Counter[tuple[str, int]]:
    """How often each event was filed, by event id and project: two projects may use the same id."""
    rows = connection.exec_driver_sql("SELECT event_id, project_id FROM events")
    return Counter((event_id, project) for event_id, project in rows)


def _miscounted(connection: Connection, stored: int) -> int:
    """By how much the counters of issues and queue differ from what is stored, where nothing was removed."""
    counts: Iterable[int] = connection.exec_driver_sql(
        "SELECT count FROM issues WHERE merged_into IS NULL"
    ).scalars()
    status = queue_overview.status(connection)
    return abs(sum(counts) - stored) + abs(status.received - status.pending - status.digested - status.dead)
