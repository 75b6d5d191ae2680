"""What goes to the target: the bytes as they came, its own credentials, and nothing that contradicts them."""

import gzip
import zlib

import msgspec
import pytest

from app.forwarding import outgoing
from app.forwarding.outgoing import Unforwardable, categories, make
from app.target_dsn import parse
from tests.factories import envelope

EVENT = "0123456789abcdef0123456789abcdef"
DSN = "https://k3y:s3c@errors.example.org/sub/42"
TARGET = parse(DSN)
HEAD = (
    b"POST /api/1/envelope/?sentry_key=shop&sentry_version=7&sentry_client=js%2F8&x=1 HTTP/1.1\r\n"
    b"host: localhost:1974\r\ncookie: session=1\r\nauthorization: Bearer mine\r\n"
    b"content-type: application/x-sentry-envelope\r\nuser-agent: Firefox\r\norigin: https://shop.example"
)


def test_the_bytes_stay_and_the_credentials_are_the_targets() -> None:
    body = gzip.compress(envelope(EVENT))
    found = make(TARGET, DSN, "envelope", HEAD + b"\r\ncontent-encoding: gzip", body)
    assert found.body == body
    assert not found.is_changed
    assert found.path == "/sub/api/42/envelope/?x=1"
    assert found.headers == {
        "Content-Type": "application/x-sentry-envelope",
        "Content-Encoding": "gzip",
        "User-Agent": "Firefox",
        "Origin": "https://shop.example",
        "X-Sentry-Auth": "Sentry sentry_version=7, sentry_client=js/8, sentry_key=k3y, sentry_secret=s3c",
        outgoing.MARK: "1",
        "Content-Length": str(len(body)),
    }


def test_a_header_of_the_client_is_taken_over_but_its_key() -> None:
    auth = (
        b"\r\nx-sentry-auth: Sentry sentry_key=shop, sentry_version=6, sentry_client=raven/6.10, "
        b"sentry_secret=old"
    )
    found = make(
        parse("https://k@h/1"), "https://k@h/1", "store", HEAD.partition(b"?")[0] + b" HTTP/1.1" + auth, b"{}"
    )
    assert found.headers["X-Sentry-Auth"] == "Sentry sentry_version=6, sentry_client=raven/6.10, sentry_key=k"
    assert found.path == "/api/1/store/"


@pytest.mark.parametrize("packed", [lambda body: body, gzip.compress, zlib.compress])
def test_a_dsn_in_the_header_is_the_targets_and_the_rest_stays(packed: object) -> None:
    rest = b'{"type":"event"}\n{"message": "\\u00e4  x"}\n\x00\xff'
    header = (
        b'{"event_id":"%b","sent_at": "x","dsn":"http://shop@localhost:1974/1","trace":{"public_key":"shop"}}'
    )
    assert callable(packed)
    body = packed(header % EVENT.encode() + b"\n" + rest)
    encoding = {b"{": b"", b"\x1f": b"gzip", b"x": b"deflate"}[body[:1]]
    found = make(TARGET, DSN, "envelope", HEAD + b"\r\ncontent-encoding: " + encoding, body)
    assert found.is_changed
    is_packed = bool(encoding)
    assert found.headers.get("Content-Encoding") == ("gzip" if is_packed else None)
    plain = gzip.decompress(found.body) if is_packed else found.body
    line, _newline, after = plain.partition(b"\n")
    assert after == rest
    assert msgspec.json.decode(line) == {
        "event_id": EVENT,
        "sent_at": "x",
        "dsn": DSN,
        "trace": {"public_key": "shop"},
    }
    assert found.headers["Content-Length"] == str(len(found.body))


def test_what_cannot_be_read_is_passed_on_as_it_is_or_not_at_all() -> None:
    for body in (b'{"dsn": nonsense\n{}', b'{"event_id": "x"}\n', b""):
        assert make(TARGET, DSN, "envelope", HEAD, body).body == body
    own = msgspec.json.encode({"dsn": DSN}) + b"\n{}\n"
    assert make(TARGET, DSN, "envelope", HEAD, own).body == own
    broken = gzip.compress(b'{"dsn":"http://shop@localhost/1"}\n{}' + bytes(range(256)) * 99)[:-30]
    with pytest.raises(Unforwardable):
        make(TARGET, DSN, "envelope", HEAD + b"\r\ncontent-encoding: gzip", broken)


def test_header_lines_of_the_report_cannot_add_any() -> None:
    evil = b"POST /api/1/envelope/?x=a%0d%0aX-Evil:1&sentry_client=b%0d%0aX-Evil:1&sentry_key=s HTTP/1.1"
    found = make(TARGET, DSN, "envelope", evil, envelope(EVENT))
    assert not any("\r" in text or "\n" in text for text in (found.path, *found.headers.values()))


def test_categories_are_those_of_rate_limits() -> None:
    items = b'{}\n{"type":"event"}\n{"x":1}\n{"type":"attachment","length":2}\n{}\n{"type":"check_in"}\n{}'
    assert categories("envelope", HEAD, items) == {"error", "attachment", "monitor"}
    packed = gzip.compress(b'{}\n{"type":"transaction"}\n{"type":3}\n')
    assert categories("envelope", HEAD + b"\r\ncontent-encoding: gzip", packed) == {"transaction"}
    assert categories("store", HEAD, b"{}") == {"error"}
    assert categories("envelope", HEAD + b"\r\ncontent-encoding: gzip", packed[:9]) in ({"error"}, set())
