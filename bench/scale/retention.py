"""Retention beside a sender: how fast old events go, and what everybody else notices of it.

The policy wants the oldest sixth of a store's time gone. The events are counted before, which each store needs
once. Small stores have so little to remove that their rate says nothing: it is judged in the largest.
"""

import os
import time
from pathlib import Path

from msgspec import Struct
from sqlalchemy import func, select

from app import paths
from app.settings import Retention
from app.store import sqlite
from app.store.database import Database, open_existing, open_for_engine
from app.store.queue import report_queue
from app.store.schema import events, retention_progress
from app.store.upkeep.retention import Sweep
from bench.scale.engine import Sender, running
from bench.scale.figures import Figure, Wanted

DAYS = 20
PLENTY = 1 << 40
REPORTS_A_SECOND = 100
MB = 1_000_000
POLL_SECONDS = 0.02
# The engine begins with a sweep. It is over when nothing has gone for so long.
SILENT_SECONDS = 8.0
GIVEN_BACK_WITHIN_SECONDS = 60.0

RATE = Figure("retention", "events removed a second", Wanted.LARGEST_AT_LEAST, 10_000)
ANSWERS = Figure("answers while retention removes, p99", "ms", Wanted.AT_MOST, 50)
LOG = Figure("largest log while retention removes", "MB", Wanted.AT_MOST, 64)
BACKLOG = Figure("largest backlog of the digest meanwhile", "reports", Wanted.AT_MOST, 1_000)
FREE = Figure("free in the file a minute after", "MB", Wanted.AT_MOST, 1)
FIGURES = (RATE, ANSWERS, LOG, BACKLOG, FREE)


class Removal(Struct, frozen=True):
    """What was seen of a sweep: how fast it was, and what was the most in the log and in the queue."""

    events_a_second: float
    log_bytes: int
    backlog: int


def measure(folder: Path) -> dict[str, float]:
    """Let the engine remove from the store in `folder`."""
    opened = open_for_engine(folder).database
    while not Sweep(opened, Retention(days=10_000, total_bytes=PLENTY)).sweep().is_finished:
        pass
    opened.close()
    _write_settings(folder / "config", f"[retention]\ndays = {DAYS}\ntotal_bytes = {PLENTY}\n")
    database = open_existing(folder)
    with running(folder) as port:
        sender = Sender(port, REPORTS_A_SECOND)
        removal = _watch(database)
        answers = sender.stop()
        time.sleep(GIVEN_BACK_WITHIN_SECONDS - SILENT_SECONDS)
        with database.reading() as connection:
            free = sqlite.free_pages(connection) * sqlite.PAGE_BYTES
    database.close()
    return {
        RATE.name: removal.events_a_second,
        ANSWERS.name: answers.p99,
        LOG.name: removal.log_bytes / MB,
        BACKLOG.name: removal.backlog,
        FREE.name: free / MB,
    }


def _write_settings(folder: Path, text: str) -> None:
    """Write what the engine that is started next reads; `folder` is new."""
    os.environ["XDG_CONFIG_HOME"] = str(folder)
    paths.config_dir().mkdir(parents=True)
    (paths.config_dir() / paths.SETTINGS).write_text(text)


def _watch(database: Database) -> Removal:
    """Watch the first sweep, from the engine's start until it is over."""
    log = database.file.with_name(database.file.name + sqlite.FILE_PARTS[1])
    log_bytes = backlog = 0
    gone, progress = _gone(database), _progress(database)
    begun = changed = time.monotonic()
    while time.monotonic() < changed + SILENT_SECONDS:
        log_bytes = max(log_bytes, log.stat().st_size)
        with database.reading() as connection:
            waiting = report_queue.last_number(connection) - report_queue.cursor(connection)
        backlog = max(backlog, waiting)
        if (progress_now := _progress(database)) != progress:
            progress, changed = progress_now, time.monotonic()
        time.sleep(POLL_SECONDS)
    seconds = changed - begun
    return Removal((_gone(database) - gone) / seconds if seconds else 0, log_bytes, backlog)


def _progress(database: Database) -> tuple[int, int]:
    query = select(retention_progress.c.aged_through, retention_progress.c.begun_through)
    with database.reading() as connection:
        aged_through, begun_through = connection.execute(query).one()
    return aged_through, begun_through


def _gone(database: Database) -> int:
    """How many events have been removed in all: events are numbered without gaps."""
    with database.reading() as connection:
        stored, last = connection.execute(select(func.count(), func.max(events.c.id))).one()
    return int(last - stored)
