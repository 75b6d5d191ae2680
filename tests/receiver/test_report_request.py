"""Reports that are taken, and reports that are refused: status, headers, and what is stored of them."""

import gzip
import json
import zlib
from collections.abc import Iterator

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from app.receiver import report_request
from tests.factories import envelope
from tests.receiver.conftest import ENVELOPE, Answer, Running, head_of

EVENT = "0123456789abcdef0123456789abcdef"
KEY = {"X-Sentry-Auth": "Sentry sentry_key=shop, sentry_version=7"}


def assert_web_pages_may_read(answer: Answer) -> None:
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "X-Sentry-Error" in answer.headers["access-control-expose-headers"]


def test_a_report_is_stored_as_it_came(running: Running) -> None:
    body = envelope(EVENT)
    answer = running.ask(
        path=ENVELOPE + "?a=b", body=body, headers={**KEY, "X-Other": "ä".encode().decode("latin-1")}
    )
    assert answer.status == 200
    assert json.loads(answer.body) == {"id": EVENT}
    assert answer.headers["content-type"] == "application/json"
    assert_web_pages_may_read(answer)
    [report] = running.stored()
    assert (report.id, report.protocol, report.project, report.event_id) == (
        1,
        "sentry.envelope",
        "shop",
        EVENT,
    )
    assert report.remote == "127.0.0.1"
    assert report.body == body
    lines = report.head.split(b"\r\n")
    assert lines[0] == b"POST /api/1/envelope/?a=b HTTP/1.1"
    assert b"x-sentry-auth: " + KEY["X-Sentry-Auth"].encode() in lines
    assert "x-other: ä".encode() in lines
    assert not report.head.endswith(b"\r\n")


def test_the_form_of_2010(running: Running) -> None:
    answer = running.ask(path="/v/1/", body=b"account=old&msg=boom&status=500")
    assert (answer.status, answer.body) == (200, b"Error recorded")
    assert_web_pages_may_read(answer)
    [report] = running.stored()
    assert (report.protocol, report.project) == ("arecibo.v1", "old")


@pytest.mark.parametrize(
    ("name", "encode"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("zstd", zstandard.ZstdCompressor().compress),
        ("gzip,deflate", zlib.compress),
        ("", gzip.compress),
    ],
)
def test_compressed_bodies_stay_as_they_are(running: Running, name: str, encode: object) -> None:
    body = encode(envelope(EVENT))  # type: ignore[operator]
    assert json.loads(running.ask(body=body, headers={"Content-Encoding": name}).body) == {"id": EVENT}
    assert running.stored()[0].body == body


def test_chunked_bodies(running: Running) -> None:
    body = envelope(EVENT)

    def chunks() -> Iterator[bytes]:
        yield body[:10]
        yield body[10:]

    answer = running.ask(body=chunks(), headers={"Transfer-Encoding": "chunked"}, encode_chunked=True)
    assert answer.status == 200
    assert running.stored()[0].body == body


def test_a_large_body_in_many_pieces(running: Running) -> None:
    body = envelope(EVENT, message="x" * 3_000_000)
    assert running.ask(body=body).status == 200
    assert running.ask(body=gzip.compress(body, 0)).status == 200
    assert len(running.stored()[0].body) == len(body)


def test_malformed(running: Running) -> None:
    answer = running.ask(body=b'{"event_id": oops}\n', headers=KEY)
    said = json.loads(answer.body)
    assert answer.status == 400
    assert said["detail"]
    assert isinstance(said["offset"], int)
    assert answer.headers["x-sentry-error"]
    assert_web_pages_may_read(answer)
    [refusal] = running.refusals()
    assert (refusal.status, refusal.remote) == (400, "127.0.0.1")
    assert refusal.reason == said["detail"]
    assert refusal.head.startswith("POST /api/1/envelope/ HTTP/1.1\r\n")
    assert refusal.body == b'{"event_id": oops}\n'
    assert running.stored() == []
    assert running.rejected() == 1


def test_a_client_that_goes_away_leaves_no_half_report(running: Running) -> None:
    with running.raw() as connection:
        connection.sendall(head_of(100) + b'{"half":')
    running.ask(body=envelope(EVENT))
    refusal = running.refusals()[-1]
    assert "after 8 of 100 bytes" in refusal.reason
    assert refusal.body == b'{"half":'
    assert len(running.stored()) == 1


def test_a_client_that_falls_silent(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_request, "SILENCE_SECONDS", 0.05)
    with running.raw() as connection:
        connection.sendall(head_of(100) + b"{")
        said = b"".join(iter(lambda: connection.recv(1000), b""))
    assert said.startswith(b"HTTP/1.1 408 ")


def test_of_a_large_refused_body_only_the_beginning_is_stored(running: Running) -> None:
    running.ask(body=b"x" * 50_000)
    assert len(running.refusals()[0].body) == 4096


def test_every_refusal_counts(running: Running) -> None:
    connection = running.connect()
    for _number in range(300):
        connection.request("POST", ENVELOPE, b"nonsense")
        connection.getresponse().read()
    kept = running.refusals()
    assert running.rejected() == 300
    assert 50 <= len(kept) <= 300


def _eventually_taken(running: Running) -> bool:
    # The receiver hears of closed connections in its own time; each try is a round trip.
    body = envelope(EVENT, message="x" * 80_000)
    return any(running.ask(body=body).status == 200 for _try in range(200))
