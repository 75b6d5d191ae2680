import gzip
import json
import re

import pytest

from app.protocols import table
from tests.protocols import captures
from tests.protocols.captures import arrival

ID = "0123456789abcdef0123456789abcdef"
ENVELOPE = b'{"event_id":"%s"}\n{"type":"event"}\n{}\n' % ID.encode()


@pytest.mark.parametrize(
    ("headers", "query", "project"),
    [
        ({"x-sentry-auth": "Sentry sentry_key=checkout_api, sentry_version=7"}, b"", "checkout_api"),
        ({"x-sentry-auth": "Sentry sentry_version=7,sentry_key=checkout_api"}, b"", "checkout_api"),
        ({"authorization": "Sentry sentry_key=checkout_api"}, b"", "checkout_api"),
        ({"authorization": "Bearer x"}, b"sentry_version=7&sentry_key=checkout_api&x=1", "checkout_api"),
        ({}, b"sentry_key=caf%C3%A9+bar", "café bar"),
        ({"x-sentry-auth": "Sentry sentry_key="}, b"", "project-7"),
        ({}, b"", "project-7"),
    ],
)
def test_the_key_names_the_project(headers: dict[str, str], query: bytes, project: str) -> None:
    protocol, request = arrival("/api/7/envelope/", ENVELOPE, headers, query)

    assert protocol.accept(request) == table.Accepted(project, ID)


@pytest.mark.parametrize("dsn", ["http://shop@localhost:1974/1", "http://shop:secret@localhost/1"])
def test_a_tunnelled_envelope_brings_its_dsn(dsn: str) -> None:
    protocol, request = arrival("/api/7/envelope/", b'{"dsn":"%s"}\n' % dsn.encode())

    assert protocol.accept(request).project == "shop"


@pytest.mark.parametrize(
    "written",
    [ID, ID.upper(), "01234567-89ab-cdef-0123-456789abcdef", "01234567-89AB-CDEF-0123-456789ABCDEF"],
)
def test_ids_are_normalised(written: str) -> None:
    protocol, request = arrival("/api/7/envelope/", b'{"event_id":"%s"}\n' % written.encode())

    assert protocol.accept(request).event_id == ID


@pytest.mark.parametrize("header", [b"{}", b'{"event_id":5}', b'{"event_id":"short"}', b'{"event_id":null}'])
def test_a_missing_id_is_minted(header: bytes) -> None:
    protocol, request = arrival("/api/7/envelope/", header)

    accepted = protocol.accept(request)

    assert re.fullmatch("[0-9a-f]{32}", accepted.event_id)
    assert protocol.accept(request).event_id != accepted.event_id


def test_a_small_compressed_envelope_is_checked_as_well() -> None:
    protocol, request = arrival("/api/1/envelope/", gzip.compress(b"{}\n{broken\n{}"))

    with pytest.raises(table.Malformed, match="item header is not JSON"):
        protocol.accept(request)


@pytest.mark.parametrize(
    "body",
    [
        b'{"event_id":"%s","trace":{"baggage":"%s"}}\n{"type":"event"}\n{}' % (ID.encode(), b"x" * 100_000),
        b"\n\r\n" + ENVELOPE,
        b"\xef\xbb\xbf" + ENVELOPE,
        ENVELOPE.replace(b"\n", b"\r\n"),
        ENVELOPE.decode().encode("utf-16"),
        ENVELOPE.decode().encode("utf-16-le"),
        b"{'event_id':'%s',}\n{\"type\":\"event\"}\n{}" % ID.encode(),
    ],
)
def test_odd_headers_are_read(body: bytes) -> None:
    for sent in (body, gzip.compress(body)):
        protocol, request = arrival("/api/1/envelope/", sent)
        assert protocol.accept(request).event_id == ID


@pytest.mark.parametrize(
    "body",
    [
        b'data={"event_id":"%s"}' % ID.encode(),
        b')]}\',\n{"event_id":"%s"}' % ID.encode(),
        json.dumps({"event_id": ID}).encode("utf-16"),
        json.dumps({"event_id": ID}).encode("utf-32-le"),
        b"{'event_id': \"%s\"" % ID.encode(),
    ],
)
def test_an_odd_legacy_event_is_taken(body: bytes) -> None:
    protocol, request = arrival("/api/1/store/", body)

    assert protocol.accept(request).project == "project-1"


def test_a_long_envelope_header_is_found_behind_compression() -> None:
    header = b'{"event_id":"%s","trace":{"baggage":"%s"}}' % (ID.encode(), b"x" * 5000)
    protocol, request = arrival("/api/1/envelope/", gzip.compress(header + b"\n"))

    assert protocol.accept(request).event_id == ID


@pytest.mark.parametrize("place", [0, 3000, 100_000])
def test_the_id_of_a_legacy_event_is_found_wherever_it_stands(place: int) -> None:
    body = b'{"extra": "%s", "event_id": "%s"}' % (b"x" * place, ID.encode())

    for sent in (body, gzip.compress(body)):
        protocol, request = arrival("/api/1/store/", sent)
        assert protocol.accept(request).event_id == ID


def test_a_legacy_event_without_an_id_gets_one() -> None:
    protocol, request = arrival("/api/1/store/", b'{"message": "x"}')

    assert re.fullmatch("[0-9a-f]{32}", protocol.accept(request).event_id)


def test_a_cut_short_envelope_is_taken_when_its_header_is_there() -> None:
    whole = gzip.compress(ENVELOPE + b"\n" * 10_000 + bytes(range(256)) * 40)
    protocol, request = arrival("/api/1/envelope/", whole[: len(whole) // 2])

    assert protocol.accept(request).event_id == ID


@pytest.mark.parametrize("name", ["raven-python/flask", "sentry-python-1.45/handled", "sentry-python/br"])
def test_the_answer_is_the_clients_own_id(name: str) -> None:
    capture = captures.load(name)

    assert capture.accept().event_id in capture.body().decode()
