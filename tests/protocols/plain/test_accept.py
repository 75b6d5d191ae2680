"""Whose it is, where nobody has a client: by key, by path, or by the DSN of a Sentry SDK behind a tunnel."""

import gzip
import json

import pytest

from app.protocols import table
from tests.protocols import captures

DSN = json.dumps({"event_id": "a" * 32, "dsn": "http://checkout@localhost:1974/1"}).encode()
ENVELOPE = DSN + b'\n{"type":"event"}\n{"message":"x"}\n'


@pytest.mark.parametrize(
    ("path", "headers", "query", "project"),
    [
        ("/", {}, b"", ""),
        ("/shop", {}, b"", "shop"),
        ("/some/where/shop/", {}, b"", "shop"),
        ("/shop", {"x-api-key": "pay"}, b"", "pay"),
        ("/shop", {"authorization": "Bearer pay"}, b"", "pay"),
        ("/shop", {}, b"project=pay", "pay"),
    ],
)
def test_the_project(path: str, headers: dict[str, str], query: bytes, project: str) -> None:
    protocol, arrival = captures.arrival(path, b"boom", headers, query)
    accepted = protocol.accept(arrival)

    assert (protocol.name, accepted.project) == ("plain", project)
    answer = protocol.answer(accepted)
    assert (answer.status, json.loads(answer.body)) == (200, {"id": accepted.event_id})


@pytest.mark.parametrize("body", [ENVELOPE, gzip.compress(ENVELOPE, mtime=0)])
@pytest.mark.parametrize("path", ["/monitoring", "/", "/api/anything"])
def test_an_envelope_belongs_to_its_dsn(path: str, body: bytes) -> None:
    protocol, arrival = captures.arrival(path, body)
    accepted = protocol.accept(arrival)

    assert (accepted.project, accepted.event_id) == ("checkout", "a" * 32)


def test_a_broken_envelope_is_taken_all_the_same() -> None:
    protocol, arrival = captures.arrival("/shop", DSN + b'\n{"type":"event","length":999}\n{}')

    assert protocol.accept(arrival).project == "checkout"


def test_the_events_own_id_is_answered() -> None:
    protocol, arrival = captures.arrival("/shop", b'{"event_id": "%s"}' % (b"b" * 32))

    assert protocol.accept(arrival).event_id == "b" * 32


@pytest.mark.parametrize("body", [b"", b"\r\n", gzip.compress(b"", mtime=0)])
def test_nothing_is_refused(body: bytes) -> None:
    protocol, arrival = captures.arrival("/shop", body)

    with pytest.raises(table.Malformed):
        protocol.accept(arrival)
