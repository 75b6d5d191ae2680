import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols import encoding, table
from tests.protocols import captures

ID = "0123456789abcdef0123456789abcdef"
ENVELOPE = b'{"event_id":"%s"}\n{"type":"event"}\n{}\n' % ID.encode()


def arrival(
    path: str, body: bytes, headers: dict[str, str] | None = None, query: bytes = b""
) -> tuple[table.Protocol, table.Arrival]:
    found = table.find(path)
    assert found is not None
    protocol, match = found
    pairs = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    return protocol, table.Arrival(path, match.groups(), query, pairs, body, "127.0.0.1")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/1/envelope/", "sentry.envelope"),
        ("/api/1/envelope", "sentry.envelope"),
        ("/some/prefix/api/42/envelope/", "sentry.envelope"),
        ("/api/1/store/", "sentry.store"),
        ("/prefix/api/1/store", "sentry.store"),
        ("/v/1/", "arecibo.v1"),
        ("/v/1", "arecibo.v1"),
    ],
)
def test_routes(path: str, name: str) -> None:
    found = table.find(path)

    assert found is not None
    assert found[0].name == name
    assert table.by_name(name) is found[0]


@pytest.mark.parametrize(
    "path", ["/", "/api/1/item/", "/api/envelope/", "/v/2/", "/x/v/1/", "/api/1/envelope/x"]
)
def test_other_paths_are_nobodys(path: str) -> None:
    assert table.find(path) is None


def test_names_are_unique_and_every_row_says_what_it_expects() -> None:
    assert len({protocol.name for protocol in table.PROTOCOLS}) == len(table.PROTOCOLS)
    assert all(protocol.expects for protocol in table.PROTOCOLS)
    with pytest.raises(KeyError):
        table.by_name("nothing")


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


def test_answers_have_the_shape_that_clients_know() -> None:
    accepted = table.Accepted("shop", ID)

    for name in ("sentry.envelope", "sentry.store"):
        answer = table.by_name(name).answer(accepted)
        assert (answer.status, answer.content_type) == (200, b"application/json")
        assert answer.body == b'{"id": "%s"}' % ID.encode()
    assert table.by_name("arecibo.v1").answer(accepted).body == b"Error recorded"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/1/envelope/", b""),
        ("/api/1/envelope/", b"hello"),
        ("/api/1/envelope/", b'{}\n{"type":"event","length":10}\n{}'),
        ("/api/1/store/", b""),
        ("/api/1/store/", b"[]"),
        ("/v/1/", b""),
        ("/v/1/", b" \r\n"),
    ],
)
def test_malformed_requests_are_refused(path: str, body: bytes) -> None:
    protocol, request = arrival(path, body)

    with pytest.raises(table.Malformed):
        protocol.accept(request)


def test_a_small_compressed_envelope_is_checked_wholly() -> None:
    broken = b'{}\n{"type":"event","length":10}\n{}'
    protocol, request = arrival("/api/1/envelope/", gzip.compress(broken))

    with pytest.raises(table.Malformed, match="only 2 are left"):
        protocol.accept(request)


def test_a_long_envelope_header_is_found_behind_compression() -> None:
    header = b'{"event_id":"%s","trace":{"baggage":"%s"}}' % (ID.encode(), b"x" * 5000)
    protocol, request = arrival("/api/1/envelope/", gzip.compress(header + b"\n"))

    assert protocol.accept(request).event_id == ID


@pytest.mark.parametrize("name", captures.names())
def test_every_real_request_is_accepted(name: str) -> None:
    accepted = captures.load(name).accept()

    assert accepted.project == "abc123"
    assert re.fullmatch("[0-9a-f]{32}", accepted.event_id)


PATHS = st.sampled_from(["/api/1/envelope/", "/api/1/store/", "/v/1/"])
HEADERS = st.lists(
    st.tuples(
        st.sampled_from([b"x-sentry-auth", b"authorization", b"content-encoding", b"x"]),
        st.sampled_from([b"gzip", b"br", b"sentry_key=", b"sentry_key=%ff\xff"]) | st.binary(max_size=30),
    ),
    max_size=4,
)
BODIES = st.binary(max_size=300) | st.sampled_from(
    [ENVELOPE, b'{"event_id":"', b"account=%zz&uid=", b"--x\r\n"]
)


@given(PATHS, BODIES, HEADERS, st.binary(max_size=30))
def test_accept_takes_or_refuses_anything(
    path: str, body: bytes, headers: list[tuple[bytes, bytes]], query: bytes
) -> None:
    found = table.find(path)
    assert found is not None
    protocol, match = found
    try:
        accepted = protocol.accept(table.Arrival(path, match.groups(), query, headers, body, "::1"))
    except (table.Malformed, encoding.EncodingError) as error:
        assert str(error)
    else:
        assert re.fullmatch("[0-9a-f]{32}", accepted.event_id)
        assert accepted.project
        accepted.project.encode()
