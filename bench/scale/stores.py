"""Makes stores of a given size, by the real digest, and keeps them in a cache folder.

    python -m bench.scale.stores [EVENTS ...]

The events are of five projects with 120 releases each, of 20,000 users, and of one issue per 20 events; a few
issues are noisy and most are not, and no two messages are alike. They arrived evenly over the last 24 days.
What is made depends on the event's number alone, so that a store can be continued: `reports` gives what would
arrive next.
"""

import gzip
import json
import os
import random
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.event import listen, remove

from app.digest.entries.search_filling import SearchFiller
from app.digest.pipeline import Digest
from app.jobs import digest_worker
from app.settings import Settings
from app.store.database import Database, open_existing, open_for_engine
from app.store.queue import report_queue
from app.store.upkeep import checkpoint

SIZES = (1_000, 100_000, 1_000_000)
EVENTS_PER_ISSUE = 20
PROJECTS = ("shop", "billing", "search", "mailer", "admin")
RELEASES = 120
USERS = 20_000
SPAN_MICROS = 24 * 86_400_000_000
AT_ONCE = 10_000
ROWS_AT_ONCE = 500
CACHE_KIB = 2 << 20
# Stores of another layout are made again.
EDITION = 1
COMMON_WORD = "order"
RARE_EVERY = 50_000
RARE_WORD = "quicksilver"
ENVIRONMENTS = ("production", "production", "production", "staging", "dev")
BROWSERS = ("Firefox/128.0", "Chrome/126.0 Safari/537.36", "Safari/605.1.15")
HEAD = (
    b"POST /api/1/envelope/ HTTP/1.1\r\nhost: localhost:1974\r\ncontent-encoding: gzip\r\n"
    b"content-type: application/x-sentry-envelope\r\nuser-agent: sentry.python/2.75.0"
)

# A row of `report_queue.append`.
Row = tuple[int, int, str, str, str, str, bytes, bytes]


def cache_folder() -> Path:
    """Where stores are kept between runs, made if needed: `arecibo-bench` in the user's cache folder."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "arecibo-bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def store(events: int) -> Path:
    """The data folder of a store with this many events; it is made when it is not there."""
    folder = cache_folder() / f"{EDITION}-{events}"
    if not folder.exists():
        making = folder.with_name(f"{folder.name}.{os.getpid()}")
        _make(making, events)
        making.rename(folder)
    # A store of an earlier version is migrated, as it would be for a user.
    with closing(open_for_engine(folder).database) as database:
        # The job of the digest's process would do it beside what is measured.
        shorten = checkpoint.Checkpoint(database, lambda: False)
        while SearchFiller(database).run():
            shorten.run()
    return folder


def copy(events: int, to: Path) -> Path:
    """A copy of that store, which may be changed."""
    shutil.copytree(store(events), to)
    return to


def reports(
    first: int, count: int, *, issues: int, arrived: tuple[int, int], like: int | None = None
) -> Iterator[Row]:
    """The reports numbered from `first`, of `issues` issues, evenly between two times in microseconds.

    With `like` their errors are those of the reports numbered from there, once more.
    """
    begin, end = arrived
    ahead = 0 if like is None else like - first
    for place, number in enumerate(range(first, first + count)):
        at = begin + (end - begin) * place // count
        event = _event(number + ahead, issues, at) | {
            "event_id": f"{random.Random(-number).getrandbits(128):032x}"
        }
        item = json.dumps(event).encode()
        envelope = b'{"event_id":"%s"}\n{"type":"event","length":%d}\n%s\n' % (
            event["event_id"].encode(),
            len(item),
            item,
        )
        packed = gzip.compress(envelope, 1)
        yield number, at, "sentry.envelope", event["project"], event["event_id"], "127.0.0.1", HEAD, packed


def receive(database: Database, rows: Sequence[Row]) -> None:
    """Store reports as the receiver does, and digest nothing."""
    with database.writing() as connection:
        for start in range(0, len(rows), ROWS_AT_ONCE):
            report_queue.append(connection, rows[start : start + ROWS_AT_ONCE])


def _event(number: int, issues: int, at: int) -> dict[str, Any]:
    dice = random.Random(number)
    issue = int(issues * dice.random() ** 2)
    project = PROJECTS[issue % len(PROJECTS)]
    release = int(RELEASES * dice.random())
    rare = f" {RARE_WORD}" if number % RARE_EVERY == 77 else ""
    frames = [
        {
            "filename": f"{project}/{name}_{issue % 97}.py",
            "abs_path": f"/srv/{project}/{name}_{issue % 97}.py",
            "function": f"{name}_{issue % 31}",
            "module": f"{project}.{name}",
            "lineno": 10 + issue % 400,
            "in_app": place > 1,
            "context_line": f"    return {name}(cart, {issue})",
            "pre_context": [f"def {name}(cart):", "    total = sum(cart)"],
            "post_context": ["", ""],
            "vars": {"cart": repr([number, issue]), "total": str(dice.randrange(10_000))},
        }
        for place, name in enumerate(("wsgi", "dispatch", "view", "service", "ledger", "charge"))
    ]
    return {
        "project": project,
        "platform": "python",
        "timestamp": at / 1e6,
        "level": "error",
        "fingerprint": [f"issue-{issue}"],
        "exception": {
            "values": [
                {
                    "type": f"Payment{issue % 1_000}Error",
                    "value": f"{COMMON_WORD} {number} of cart {dice.getrandbits(24)} is invalid{rare}",
                    "stacktrace": {"frames": frames},
                }
            ]
        },
        "environment": dice.choice(ENVIRONMENTS),
        "release": f"{project}@1.{release // 10}.{release % 10}",
        "server_name": f"web-{dice.randrange(40)}",
        "transaction": f"/{project}/checkout/{issue % 300}",
        "user": {"id": str(dice.randrange(USERS))},
        "tags": {"region": f"eu-{dice.randrange(6)}", "tenant": f"t{dice.randrange(500)}"},
        "request": {
            "url": f"http://localhost/{project}/checkout/{issue % 300}",
            "method": "POST",
            "headers": {"User-Agent": f"Mozilla/5.0 (X11; Linux x86_64) {dice.choice(BROWSERS)}"},
        },
        "breadcrumbs": {"values": [{"category": "query", "message": f"SELECT {n}"} for n in range(5)]},
        "sdk": {"name": "sentry.python", "version": "2.75.0"},
    }


def _make(folder: Path, events: int) -> None:
    folder.mkdir(parents=True)
    listen(Engine, "connect", _make_fast)
    opened = open_for_engine(folder).database
    digesting = open_existing(folder, durable=False)
    digest = Digest(digesting, Settings(data_dir=folder))
    digest_worker.spare_the_collector()
    end = time.time_ns() // 1_000
    begin = end - SPAN_MICROS
    issues = max(1, events // EVENTS_PER_ISSUE)
    shorten = checkpoint.Checkpoint(opened, lambda: False)
    started = time.monotonic()
    for first in range(1, events + 1, AT_ONCE):
        count = min(AT_ONCE, events + 1 - first)
        starts, ends = (begin + SPAN_MICROS * done // events for done in (first - 1, first - 1 + count))
        rows = list(reports(first, count, issues=issues, arrived=(starts, ends)))
        receive(opened, rows)
        digest.run()
        shorten.run()
        if first % 50_000 == 1 and events > 1_000:
            rate = (first + count) / (time.monotonic() - started)
            print(f"  {first - 1 + count:,} of {events:,} events, {rate:,.0f}/s", file=sys.stderr, flush=True)
    digesting.close()
    opened.close()
    remove(Engine, "connect", _make_fast)


def _make_fast(connection: sqlite3.Connection, _record: object) -> None:
    # Nothing is lost with a store that is made again: with SQLite's own 2 MB, a million takes half an hour.
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute("PRAGMA synchronous = OFF")


if __name__ == "__main__":
    for size in map(int, sys.argv[1:] or map(str, SIZES)):
        print(store(size))
