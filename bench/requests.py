"""The requests that the load generator sends: one real error, each time with an event id of its own.

`flask_error.envelope` is what sentry-sdk 2.75 sent for a chained exception in a Flask view (6.8 kB). The
id occurs in it twice and must differ each time: duplicates would be less work for the digest. For gzip the
parts around the ids are compressed beforehand, each on its own (Z_FULL_FLUSH), and the ids are put between
them as stored blocks: a valid stream of realistic size that costs the load generator almost nothing.
"""

import json
import struct
import uuid
import zlib
from collections.abc import Iterator
from pathlib import Path

SAMPLE = Path(__file__).with_name("flask_error.envelope")
PATH = "/api/1/envelope/"
GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
ENCODINGS = ("plain", "gzip")


def sample() -> bytes:
    """The envelope as it was recorded."""
    return SAMPLE.read_bytes()


def bodies(encoding: str) -> Iterator[bytes]:
    """Endless request bodies of equal length, no two with the same event id."""
    parts = _parts()
    return _plain(*parts) if encoding == "plain" else _gzipped(*parts)


def requests(encoding: str) -> Iterator[bytes]:
    """Endless whole HTTP/1.1 requests with these bodies, and the headers that sentry-sdk sends."""
    endless = bodies(encoding)
    length = len(next(endless))
    lines = [
        f"POST {PATH} HTTP/1.1",
        "Host: localhost:1974",
        "Accept-Encoding: identity",
        f"Content-Length: {length}",
        "Content-Type: application/x-sentry-envelope",
        *(["Content-Encoding: gzip"] if encoding == "gzip" else []),
        "User-Agent: sentry.python/2.75.0",
        "X-Sentry-Auth: Sentry sentry_key=checkout_api, sentry_version=7, sentry_client=sentry.python/2.75.0",
    ]
    head = "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n"
    return (head + body for body in endless)


def _parts() -> tuple[bytes, bytes, bytes]:
    envelope = sample()
    event_id = json.loads(envelope.partition(b"\n")[0])["event_id"].encode()
    before, between, after = envelope.split(event_id)
    return before, between, after


def _plain(before: bytes, between: bytes, after: bytes) -> Iterator[bytes]:
    for event_id in _event_ids():
        yield b"".join((before, event_id, between, event_id, after))


def _gzipped(before: bytes, between: bytes, after: bytes) -> Iterator[bytes]:
    start = GZIP_HEADER + _deflated(before, zlib.Z_FULL_FLUSH)
    middle = _deflated(between, zlib.Z_FULL_FLUSH)
    end = _deflated(after, zlib.Z_FINISH)
    size = struct.pack("<L", len(before) + len(between) + len(after) + 64)
    first = zlib.crc32(before)
    for event_id in _event_ids():
        block = b"\x00\x20\x00\xdf\xff" + event_id
        check = zlib.crc32(after, zlib.crc32(event_id, zlib.crc32(between, zlib.crc32(event_id, first))))
        yield b"".join((start, block, middle, block, end, struct.pack("<L", check), size))


def _deflated(part: bytes, flush: int) -> bytes:
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    return stream.compress(part) + stream.flush(flush)


def _event_ids() -> Iterator[bytes]:
    # Counting up from a random number is as unique as a random number each time, and much cheaper.
    number = uuid.uuid4().int >> 1
    while True:
        number += 1
        yield b"%032x" % number
