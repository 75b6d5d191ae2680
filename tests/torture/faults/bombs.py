"""Decompression bombs, and reports that are large or slow to read."""

import gzip
import json
import time
import uuid
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from functools import cache, partial

import brotli  # type: ignore[import-untyped]  # it has no types
import psutil
import zstandard

from app.receiver.limits import LARGE_BODY_BYTES
from app.store.database import Database, open_existing
from app.store.inbox.lists import events
from tests.factories import envelope
from tests.test_secrets_in_text import LONG
from tests.torture import records
from tests.torture.arena import Arena
from tests.torture.fault import Fault
from tests.torture.outcome import Outcome
from tests.torture.raw_connection import post

MIB = 1 << 20
GIB_IN_STEPS = 64
STEP = bytes(16 * MIB)
REFUSED_BUDGET = 16 * MIB
# By how much the engine may grow between the first bombs and the last.
FLAT_BYTES = 48 * MIB
DIGEST_BYTES = 600 * MIB
WAIT_SECONDS = 10.0
WARM_UP = 16
STORE = "/api/1/store/?sentry_key=large"
ENVELOPE = "/api/1/envelope/?sentry_key=large"
GZIP = {"Content-Encoding": "gzip", "Content-Type": "application/json"}


def refused_bombs(arena: Arena, times: int) -> Outcome:
    """A gibibyte of zeros in a megabyte, again and again: memory and stored bytes stay within their limits.

    Bombs in other encodings are so small that they are accepted, and then read in part.
    """
    arena.start()
    bombs = _bombs()
    taken = 0
    peak = before = 0
    with arena.senders(connections=1, pause=0.02) as senders:
        senders.wait_for(5)
        for number in range(times + WARM_UP):
            body, encoding = bombs[number % len(bombs)]
            headers = {"Content-Type": "text/plain", "Content-Encoding": encoding}
            status = post(arena.port, "/entries" if number // len(bombs) % 2 else STORE, body, headers)
            taken += 200 <= status < 300 and len(body) > LARGE_BODY_BYTES
            size = arena.engine.memory_info().rss
            if number == WARM_UP:
                before = size
            peak = max(peak, size)
        senders.wait_for(5)
    arena.wait_until_digested(10 * WAIT_SECONDS)
    after, peak_of_digest = arena.engine.memory_info().rss, _peak(arena)
    stored = records.refused_bytes(arena.folder)
    return arena.outcome(
        times,
        senders,
        f"{taken} bombs were accepted" if taken else "",
        f"the engine grew by {(after - before) // MIB} MB" if after - before > FLAT_BYTES else "",
        f"the digest took {peak_of_digest // MIB} MB" if peak_of_digest > DIGEST_BYTES else "",
        records.dead_letters(arena.folder),
        f"{stored:,} bytes of them are stored, of {REFUSED_BUDGET:,}" if stored > REFUSED_BUDGET else "",
        figure=f"engine {before // MIB} → {after // MIB} MB (peak {peak // MIB}), {stored // MIB} MB stored",
    )


@cache
def _bombs() -> tuple[tuple[bytes, str], ...]:
    zeros = _gibibyte_in_gzip()
    squeezed = zstandard.ZstdCompressor().compressobj()
    small = brotli.Compressor(quality=1)
    in_zstd = b"".join([*(squeezed.compress(STEP) for _step in range(GIB_IN_STEPS)), squeezed.flush()])
    in_brotli = b"".join([*(small.process(STEP) for _step in range(GIB_IN_STEPS // 4)), small.finish()])
    return (zeros, "gzip"), (in_brotli, "br"), (in_zstd, "zstd"), (gzip.compress(zeros), "gzip, gzip")


def _gibibyte_in_gzip() -> bytes:
    """One gzip stream: after a full flush one compressed part can be repeated. Its checksum is wrong."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    piece = packer.compress(STEP) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + piece * GIB_IN_STEPS + packer.flush() + bytes(8)


Large = Callable[[int], tuple[str, bytes, Mapping[str, str]]]


def large_reports(arena: Arena, times: int) -> Outcome:
    """A small report that comes behind a large or slow one is filed soon."""
    arena.start()
    larges = _larges()
    chosen = larges[:times] if times <= len(larges) else larges * (times // len(larges))
    waits: list[tuple[float, str]] = []
    peak = 0
    with arena.senders(connections=1, pause=0.1) as senders, closing(open_existing(arena.folder)) as database:
        senders.wait_for(5)
        arena.wait_until_digested()
        for name, large in chosen:
            target, body, headers = large(1 if times > len(larges) else 20)
            status = post(arena.port, target, body, headers)
            assert status in (200, 202, 413, 503), f"{name} was answered with {status}"
            waits.append((_wait_for_small(arena, database), name))
            peak = max(peak, _peak(arena))
        arena.wait_until_digested(20 * WAIT_SECONDS)
        peak = max(peak, _peak(arena))
    worst, name = max(waits)
    filed = sum(event.project == "large" for event in records.filed_events(arena.folder))
    return arena.outcome(
        len(chosen),
        senders,
        f"behind {name} a small event waited {worst:.1f} s" if worst > WAIT_SECONDS else "",
        f"the digest took {peak // MIB} MB" if peak > DIGEST_BYTES else "",
        "" if filed else "nothing of the large ones was filed",
        records.dead_letters(arena.folder),
        figure=f"{filed} events; a small one waited {worst:.1f} s at most ({name}), digest {peak // MIB} MB",
    )


def _wait_for_small(arena: Arena, database: Database) -> float:
    """Send a small event, and wait until it is filed; returns the seconds."""
    event_id = uuid.uuid4().hex
    began = time.monotonic()
    status = post(arena.port, "/api/1/envelope/?sentry_key=small", envelope(event_id))
    assert status == 200, f"a small event was answered with {status}"

    def is_filed() -> bool:
        with database.reading() as connection:
            return events.find(connection, event_id) is not None

    arena.wait_until(is_filed, "a small event behind a large one")
    return time.monotonic() - began


def _peak(arena: Arena) -> int:
    """The most memory that any descendant of the engine has used, in bytes; its memory now where no peak is
    recorded.
    """
    peak = 0
    for process in arena.descendants():
        with suppress(psutil.Error, OSError):
            peak = max(peak, _high_water(process))
    return peak


def _high_water(process: psutil.Process) -> int:
    try:
        with open(f"/proc/{process.pid}/status", encoding="ascii") as lines:  # noqa: PTH123 - no path of ours
            marks = [line for line in lines if line.startswith("VmHWM:")]
        return int(marks[0].split()[1]) << 10
    except (FileNotFoundError, IndexError):
        return int(process.memory_info().rss)


def _larges() -> list[tuple[str, Large]]:
    """Names and factories of large reports: each takes a divisor of its size, and returns target, body and
    headers.
    """
    found: list[tuple[str, Large]] = [
        ("a message of 250 MiB", lambda _part: _packed(_message_of_250_mib())),
        ("a million frames", partial(_stack, frames=1_000_000, one='{"function":"f","module":"shop"}')),
        ("1.4 million empty frames", partial(_stack, frames=1_400_000, one='{"lineno":1}')),
        ("an envelope of 100,000 events", _many_events),
        ("deep lists", lambda _part: _event_with('"extra":' + "[" * 1_000_000)),
        ("deep objects", lambda _part: _event_with('"extra":' + '{"a":' * 500_000 + "1" + "}" * 500_000)),
        ("a million tags", lambda part: _event_with('"tags":{' + _members(1_000_000 // part) + "}")),
        ("a million breadcrumbs", lambda part: _list("breadcrumbs", '{"message":"x"}', 1_000_000 // part)),
        ("100,000 exceptions", lambda part: _list("exception", '{"type":"E","value":"v"}', 100_000 // part)),
        ("100,000 threads", lambda part: _list("threads", '{"id":1,"name":"t"}', 100_000 // part)),
        ("a message of 19 MiB", lambda _part: _event_with('"message":"' + "a " * (19 * MIB // 2) + '"')),
        ("stack lines", lambda _part: ("/entries", b"  at f (a.js:1:2)\n" * 100_000, TEXT)),
        ("half a traceback", lambda _part: ("/entries", b'  File "a.py", line 1\n' * 100_000, TEXT)),
        ("blanks", lambda _part: ("/entries", b"Error:" + b" \t" * 500_000 + b"x", TEXT)),
    ]
    found += [(f"the slow text {number}", partial(_slow_text, text)) for number, text in enumerate(LONG)]
    return found


TEXT = {"Content-Type": "text/plain"}


def _packed(text: bytes) -> tuple[str, bytes, Mapping[str, str]]:
    return STORE, text, GZIP


def _event_with(members: str) -> tuple[str, bytes, Mapping[str, str]]:
    body = f'{{"event_id":"{uuid.uuid4().hex}","level":"error",{members}}}'
    return _packed(gzip.compress(body.encode(), 1))


def _list(name: str, one: str, count: int) -> tuple[str, bytes, Mapping[str, str]]:
    return _event_with(f'"{name}":[' + ",".join([one] * count) + "]")


@cache
def _message_of_250_mib() -> bytes:
    return gzip.compress(b'{"message":"' + b"a" * (250 * MIB) + b'"}', 6)


def _stack(part: int, frames: int, one: str) -> tuple[str, bytes, Mapping[str, str]]:
    stack = '{"frames":[' + ",".join([one] * (frames // part)) + "]}"
    return _event_with(f'"exception":[{{"type":"RecursionError","value":"deep","stacktrace":{stack}}}]')


def _members(count: int) -> str:
    return ",".join(f'"tag{number}":"v"' for number in range(count))


def _many_events(part: int) -> tuple[str, bytes, Mapping[str, str]]:
    return ENVELOPE, gzip.compress(b"{}\n" + b"\n".join(_items(100_000 // part)), 1), GZIP


def _items(count: int) -> Iterator[bytes]:
    for number in range(count):
        event = {"event_id": uuid.uuid4().hex, "level": "error", "message": f"one of many {number % 7}"}
        yield b'{"type":"event"}\n' + json.dumps(event).encode()


def _slow_text(text: str, _part: int) -> tuple[str, bytes, Mapping[str, str]]:
    frame = {"function": text, "filename": text, "module": text, "vars": {"a": text}, "context_line": text}
    said = {
        "event_id": uuid.uuid4().hex,
        "message": text,
        "exception": {"values": [{"type": text, "value": text, "stacktrace": {"frames": [frame]}}]},
        "request": {"url": text, "headers": {"Cookie": text, "User-Agent": text}, "data": text},
        "breadcrumbs": [{"message": text}],
        "tags": {"a": text},
    }
    return _packed(gzip.compress(json.dumps(said).encode(), 1))


FAULTS = (
    Fault(
        "decompression bombs, refused",
        refused_bombs,
        short=60,
        long=1_000,
        environment={"ARECIBO_MAX_REFUSED_BYTES": str(REFUSED_BUDGET)},
    ),
    Fault("large reports and slow text", large_reports, short=len(_larges()), long=4 * len(_larges())),
)
