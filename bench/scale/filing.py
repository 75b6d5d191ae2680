"""Digesting: CPU and bytes written an event, on a store as it is and with what would arrive next.

Bytes are those that the digest's process hands to the system (`wchar` of /proc/self/io), which is its part
of the write-ahead log. Of the events no two have the same message, and each is of any issue; then the same
errors come once more, as new events.
"""

import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func, select

from app.digest.pipeline import Digest
from app.jobs import digest_worker
from app.settings import Settings
from app.store.database import Database, open_existing, open_for_engine
from app.store.queue import report_queue
from app.store.schema import issues
from app.store.upkeep import checkpoint
from bench.scale import stores
from bench.scale.figures import Figure, Wanted

EVENTS = 10_000
UNLIKE = Figure("digest, no two alike", "µs CPU an event", Wanted.TIMES_THE_SMALLEST, 1.5)
AGAIN = Figure("digest, the same once more", "µs CPU an event", Wanted.TIMES_THE_SMALLEST, 1.2)
WRITTEN = Figure("written, no two alike", "kB an event", Wanted.AT_MOST, 8)
FIGURES = (UNLIKE, AGAIN, WRITTEN)


def measure(folder: Path) -> dict[str, float]:
    """Digest into the store in `folder`."""
    opened = open_for_engine(folder).database
    with opened.reading() as connection:
        first = report_queue.last_number(connection) + 1
        known = connection.execute(select(func.count()).select_from(issues)).scalar_one()
    now = time.time_ns() // 1_000
    arrived = (now, now + EVENTS)
    rows = list(stores.reports(first, EVENTS, issues=known, arrived=arrived))
    once_more = list(stores.reports(first + EVENTS, EVENTS, issues=known, arrived=arrived, like=first))
    database = open_existing(folder, durable=False)
    digest = Digest(database, Settings(data_dir=folder))
    digest_worker.spare_the_collector()
    shorten = checkpoint.Checkpoint(opened, lambda: False)
    unlike, written = _digest(opened, digest, rows)
    shorten.run()
    again, _written = _digest(opened, digest, once_more)
    database.close()
    opened.close()
    return {UNLIKE.name: unlike * 1e6, AGAIN.name: again * 1e6, WRITTEN.name: written / 1_000}


def _digest(opened: Database, digest: Digest, rows: Sequence[stores.Row]) -> tuple[float, float]:
    """Seconds of CPU and bytes written, an event."""
    stores.receive(opened, rows)
    cpu, written = time.process_time(), _bytes_written()
    digest.run()
    return (time.process_time() - cpu) / len(rows), (_bytes_written() - written) / len(rows)


def _bytes_written() -> int:
    lines = Path("/proc/self/io").read_text().splitlines()
    return int(dict(line.split(": ") for line in lines)["wchar"])
