"""Requests that real clients have sent, broken in ways that the seed chooses."""

import base64
import gzip
import json
import random
import zlib
from functools import cache
from pathlib import Path

from msgspec import Struct

from tests.protocols.captures import SAMPLES
from tests.torture.raw_connection import HEAD_END

UNSAID = frozenset(("content-length", "transfer-encoding", "connection", "expect", "host"))
PIECES = (
    b"\x00", b"\xff", b"\x80", b"{", b"}", b"[", b'"', b"\\", b"\n", b"\r\n", b"\x1f\x8b", b"\x1b[", b"\\u",
    b"\\ud83d", b"null", b"NaN", b"1e999", b"-" * 40, b"9" * 400, b"[" * 2_000, b'{"a":' * 2_000, b"%ff%00",
    b"0000-00-00T99:99", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"--boundary", b"data=", b'"\\', b"\xe2\x80\xae",
)  # fmt: skip
ENCODINGS = (b"gzip", b"br", b"zstd", b"deflate", b"identity", b"gzip, gzip", b"compress", b"", b"\xff\xfe")
LENGTHS = (b"0", b"1", b"-1", b"9" * 20, b"1e3", b"0x10", b"", b"7, 7", b"+5", b"70000000")
HEADERS = (
    b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip, chunked", b"Expect: 100-continue",
    b"Upgrade: h2c", b"Host: evil.example", b"Connection: close, upgrade", b"X: " + b"y" * 70_000,
    b": nothing", b"no colon", b"Content-Type: multipart/form-data; boundary=", b"Content-Type: \xff/\x00",
    b"X-Sentry-Auth: Sentry", b"Content-Length: 3", b" folded: yes", b"X-Forwarded-For: " + b"\x80" * 50,
    b"Content-Type: application/x-www-form-urlencoded", b"Content-Type: text/plain; charset=utf-7",
    b"Content-Type: application/json; charset=utf-16",
)  # fmt: skip


class Mutant(Struct, frozen=True):
    """A request as bytes; `is_framed` when its Content-Length is right and its head complete."""

    raw: bytes
    is_framed: bool


class Recorded(Struct, frozen=True):
    """A request that a real client has sent: its head without framing headers, and its body."""

    head: bytes
    body: bytes


@cache
def recorded() -> tuple[Recorded, ...]:
    """Every recorded request of every client family."""
    return tuple(map(_load, sorted(SAMPLES.glob("*/*.json"))))


def mutant(rng: random.Random) -> Mutant:
    """A recorded request, broken once or several times in its body, its head or its length."""
    chosen = rng.choice(recorded())
    body = chosen.body
    for _time in range(rng.choice((0, 1, 1, 2, 8))):
        body = _broken(body, rng)
    lines = chosen.head.split(b"\r\n")
    what = rng.random()
    if what < 0.15:
        body = rng.choice((gzip.compress, zlib.compress, base64.b64encode))(body)
    if what < 0.3:
        lines = [line for line in lines if not line.lower().startswith(b"content-encoding:")]
        lines.append(b"Content-Encoding: " + rng.choice(ENCODINGS))
    if what < 0.6:
        return Mutant(_joined(lines, b"%d" % len(body), body), is_framed=True)
    if what < 0.7:
        return Mutant(_joined(lines, rng.choice(LENGTHS), body), is_framed=False)
    if what < 0.8:
        lines.insert(rng.randint(1, len(lines)), rng.choice(HEADERS))
        return Mutant(_joined(lines, b"%d" % len(body), body), is_framed=False)
    if what < 0.9:
        lines[0] = _broken(lines[0], rng)
        return Mutant(_joined(lines, b"%d" % len(body), body), is_framed=False)
    return Mutant(_broken(_joined(lines, b"%d" % len(body), body), rng), is_framed=False)


def _load(file: Path) -> Recorded:
    said = json.loads(file.read_text("utf-8"))
    query = f"?{said['query']}" if said["query"] else ""
    lines = [f"{said['method']} {said['path']}{query} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in said["headers"] if name.lower() not in UNSAID]
    return Recorded("\r\n".join(lines).encode("utf-8"), base64.b64decode(said["body_b64"]))


def _joined(lines: list[bytes], length: bytes, body: bytes) -> bytes:
    return b"\r\n".join((*lines, b"Content-Length: " + length)) + HEAD_END + body


def _broken(text: bytes, rng: random.Random) -> bytes:
    """`text` with a bit flipped, a part inserted, removed, repeated or replaced, or its end cut off."""
    if not text:
        return rng.choice(PIECES)
    at = rng.randrange(len(text))
    to = min(len(text), at + rng.choice((1, 2, 16, 300)))
    match rng.randrange(6):
        case 0:
            return text[:at] + bytes((text[at] ^ 1 << rng.randrange(8),)) + text[at + 1 :]
        case 1:
            return text[:at] + rng.choice(PIECES) + text[at:]
        case 2:
            return text[:at] + text[to:]
        case 3:
            return text[:to] + text[at:]
        case 4:
            return text[:at]
        case _:
            return text[:at] + rng.randbytes(to - at) + text[to:]
