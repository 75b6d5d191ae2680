"""Digesting ÷ gunzip and JSON decoding alone: both in one process, over the same reports, in turns.

The digest does all of its work: understand, group, file, count, index, commit, on a store as the receiver
fills it. The errors are of a hundred kinds, so that there is something to group; every event id is new. There
are two streams: a flood, in which the same errors repeat, and one in which each message is different, so that
the digest cannot reuse anything.
"""

import gzip
import itertools
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from app.digest.pipeline import Digest
from app.jobs import digest_worker
from app.protocols.wire import encoding
from app.settings import MIB, Settings
from app.store.database import Database, open_existing, open_for_engine
from app.store.queue import report_queue
from bench import report
from bench.requests import bodies

KINDS = 100
BATCH = 200
TARGET = 0.40
# The standard library's decoder, and the faster one that the digest itself uses.
DECODERS: dict[str, Callable[[bytes], object]] = {"json": json.loads, "msgspec": msgspec.json.decode}
TARGET_RATE = 3_000
HEAD = (
    b"POST /api/1/envelope/ HTTP/1.1\r\nhost: localhost:1974\r\ncontent-encoding: gzip\r\n"
    b"content-type: application/x-sentry-envelope\r\nuser-agent: sentry.python/2.75.0"
)


def run(rounds: int = 5, reports: int = 6_000) -> None:
    """Measure and print."""
    report.title(f"digest ÷ gunzip and JSON decode, {reports:,} reports a round, the same errors repeated")
    _measure(_packed(_a_hundred_kinds()), rounds, reports)
    report.title("the same, no two messages alike")
    _measure(_packed(_no_two_alike()), rounds, reports)


def _measure(packed: Iterator[bytes], rounds: int, reports: int) -> None:
    ratios: dict[str, list[float]] = {name: [] for name in DECODERS}
    rates = []
    with tempfile.TemporaryDirectory(prefix="arecibo-bench-") as folder:
        opened = open_for_engine(Path(folder)).database
        for number in range(rounds):
            batch = list(itertools.islice(packed, reports))
            decoded = {name: reports / _seconds_to_decode(batch, name) for name in DECODERS}
            _fill(opened, batch)
            rates.append(reports / _seconds_to_digest(Path(folder)))
            for name in DECODERS:
                ratios[name].append(rates[-1] / decoded[name])
            cells = (f"{name} {decoded[name]:,.0f}/s: {ratios[name][-1]:.2f}" for name in DECODERS)
            report.row(f"round {number + 1}", f"digest {rates[-1]:,.0f}/s", *cells)
        opened.close()
    for name in DECODERS:
        report.figure(f"median ratio to gunzip and {name}", statistics.median(ratios[name]), TARGET)
    report.figure("median events/s", statistics.median(rates), TARGET_RATE)


def _packed(plain: Iterator[bytes]) -> Iterator[bytes]:
    return (gzip.compress(body, 6) for body in plain)


def _a_hundred_kinds() -> Iterator[bytes]:
    for kind, body in zip(itertools.cycle(range(KINDS)), bodies("plain"), strict=False):
        yield body.replace(b"PaymentError", b"PaymentErr%02d" % kind)


def _no_two_alike() -> Iterator[bytes]:
    for number, body in enumerate(_a_hundred_kinds()):
        # The length must not change: the envelope's header contains it.
        yield body.replace(b"cart 1042 cannot be", b"cart %014d" % number)


def _seconds_to_decode(batch: Sequence[bytes], name: str) -> float:
    decode = DECODERS[name]
    started = time.perf_counter()
    for body in batch:
        event = encoding.decode(body, "gzip", limit=MIB).split(b"\n", 3)[2]
        decode(event)
    return time.perf_counter() - started


def _seconds_to_digest(folder: Path) -> float:
    """Digest as the digest's own process does: commits are not synced, and garbage collection is reduced."""
    database = open_existing(folder, durable=False)
    digest = Digest(database, Settings(data_dir=folder))
    digest_worker.spare_the_collector()
    started = time.perf_counter()
    digest.run()
    took = time.perf_counter() - started
    database.close()
    return took


def _fill(database: Database, batch: Sequence[bytes]) -> None:
    with database.reading() as connection:
        number = itertools.count(report_queue.last_number(connection) + 1)
    now = time.time_ns() // 1_000
    for start in range(0, len(batch), BATCH):
        with database.writing() as connection:
            report_queue.append(
                connection,
                [
                    (next(number), now, "sentry.envelope", "checkout_api", "0" * 32, "127.0.0.1", HEAD, body)
                    for body in batch[start : start + BATCH]
                ],
            )
