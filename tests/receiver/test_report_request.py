"""Reports that are taken, and reports that are refused: status, headers, and what is stored of them."""

import gzip
import json
import zlib
from collections.abc import Iterator

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from app.receiver import http_protocol, report_request
from tests.factories import envelope
from tests.receiver.conftest import ENVELOPE, Answer, Running, Start

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


def test_a_client_that_waits_for_100_continue(running: Running) -> None:
    body = envelope(EVENT)
    with running.raw() as connection:
        connection.sendall(_head(len(body), "Expect: 100-continue"))
        assert connection.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(body)
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 OK\r\n")


def test_keep_alive_goes_on_after_refusals(running: Running) -> None:
    connection = running.connect()
    for body, status in ((b"nonsense", 400), (envelope(EVENT), 200), (b"", 400), (envelope(EVENT), 200)):
        connection.request("POST", ENVELOPE, body)
        response = connection.getresponse()
        response.read()
        assert response.status == status


def test_a_pipeline_is_answered_in_order(running: Running) -> None:
    first, second = (envelope(number * 32) for number in "12")
    said = running.say(
        _head(len(first)) + first + b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + _head(3) + b"bad"
        + _head(len(second), "Connection: close") + second
    )  # fmt: skip
    assert [part[:3] for part in said.split(b"HTTP/1.1 ")[1:]] == [b"200", b"200", b"400", b"200"]
    assert said.index(b"1" * 32) < said.index(b"Arecibo") < said.index(b"detail", said.index(b"400 Bad"))
    assert said.index(b"400 Bad") < said.index(b"2" * 32)


def test_who_stays_idle_is_hung_up_on(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_protocol, "IDLE_SECONDS", 0.1)
    head = b"POST /entries HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n"
    with running.raw() as idle, running.raw() as slow:
        slow.sendall(head + b"{}" + head + b"{")
        idle.sendall(head + b"{}")
        # Ends only when the receiver closes, which does not do so to one that is in the middle of a request.
        answer = b"".join(iter(lambda: idle.recv(65536), b""))
        slow.sendall(b"}")
        answers = b"".join(iter(lambda: slow.recv(65536), b""))

    assert (answer.count(b"202 Accepted"), answers.count(b"202 Accepted")) == (1, 2)


def test_the_answer_to_http_1_0_closes(running: Running) -> None:
    body = envelope(EVENT)
    said = running.say(
        b"POST %b HTTP/1.0\r\nContent-Length: %d\r\n\r\n%b" % (ENVELOPE.encode(), len(body), body)
    )
    assert said.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"connection: close" in said


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


def test_an_unknown_encoding(running: Running) -> None:
    answer = running.ask(body=b"\x01\x02", headers={"Content-Encoding": "snappy"})
    assert answer.status == 415
    assert b"snappy" in answer.body
    assert_web_pages_may_read(answer)


def test_too_large_by_its_own_account(start: Start) -> None:
    running = start(max_body_bytes=1000)
    with running.raw() as connection:
        connection.sendall(_head(1001))
        assert connection.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_too_large_while_it_comes(start: Start) -> None:
    running = start(max_body_bytes=100_000)
    answer = running.ask(
        body=iter([b"{" * 99_999, b"{" * 99_999]),
        headers={"Transfer-Encoding": "chunked"},
        encode_chunked=True,
    )
    assert answer.status == 413
    assert b"100000 bytes" in answer.body
    assert_web_pages_may_read(answer)
    assert running.stored() == []


def test_a_bomb_meets_its_limit(start: Start) -> None:
    running = start(max_decoded_bytes=1_000_000)
    bomb = gzip.compress(envelope(EVENT, message="x" * 2_000_000), 0)
    assert len(bomb) > 1_000_000
    answer = running.ask(body=bomb)
    assert answer.status == 413
    assert b"1000000 bytes" in answer.body
    assert running.ask(body=gzip.compress(envelope(EVENT, message="x" * 500_000), 0)).status == 200


def test_too_many_large_bodies_at_the_same_time(start: Start) -> None:
    running = start(max_body_bytes=100_000)
    half_sent = [running.raw() for _number in range(5)]
    for connection in half_sent:
        connection.sendall(_head(100_000) + b"{" * 90_000)
    answers = {connection.recv(12) for connection in half_sent[4:]}
    assert answers == {b"HTTP/1.1 503"}
    for connection in half_sent:
        connection.close()
    assert _eventually_taken(running)


def test_headers_without_end(running: Running) -> None:
    with running.raw() as connection:
        connection.sendall(b"POST / HTTP/1.1\r\n")
        answer = b""
        for number in range(10_000):
            try:
                connection.sendall(b"x-%d: %b\r\n" % (number, b"y" * 1000))
            except (ConnectionResetError, BrokenPipeError):
                break
            connection.setblocking(False)
            try:
                answer = connection.recv(1000)
            except BlockingIOError:
                continue
            finally:
                connection.settimeout(20)
            break
        assert answer == b"" or answer.startswith(b"HTTP/1.1 431 ")
    assert [refusal.status for refusal in running.refusals()] == [431]


def test_a_client_that_goes_away_leaves_no_half_report(running: Running) -> None:
    with running.raw() as connection:
        connection.sendall(_head(100) + b'{"half":')
    running.ask(body=envelope(EVENT))
    refusal = running.refusals()[-1]
    assert "after 8 of 100 bytes" in refusal.reason
    assert refusal.body == b'{"half":'
    assert len(running.stored()) == 1


def test_a_client_that_falls_silent(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_request, "SILENCE_SECONDS", 0.05)
    with running.raw() as connection:
        connection.sendall(_head(100) + b"{")
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


def test_only_known_keys_if_there_are_any(start: Start) -> None:
    running = start(known_keys=("shop",))
    assert running.ask(body=envelope(EVENT), headers=KEY).status == 200
    answer = running.ask(body=envelope(EVENT), headers={"X-Sentry-Auth": "Sentry sentry_key=stranger"})
    assert answer.status == 403
    assert b"stranger" in answer.body
    assert len(running.stored()) == 1


def test_errors_are_taken_at_every_path(running: Running) -> None:
    answer = running.ask(path="/api/1/elsewhere/", body=b"the backup failed")
    assert answer.status == 200
    assert json.loads(answer.body) == {"id": running.stored()[0].event_id}
    assert (running.stored()[0].protocol, running.stored()[0].project) == ("plain", "elsewhere")
    assert_web_pages_may_read(answer)


def test_a_record_in_the_address(running: Running) -> None:
    assert running.ask("GET", "/shop/log?msg=boom&levelname=ERROR").status == 200
    (stored,) = running.stored()
    assert (stored.protocol, stored.project, stored.body) == ("logging.get", "shop", b"")
    assert stored.head.startswith(b"GET /shop/log?msg=boom&levelname=ERROR HTTP/1.1")
    assert running.ask("GET", "/log").status == 400


@pytest.mark.parametrize(
    ("said", "status", "reason"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, b"http://"),
        (b"no such thing as http\r\n\r\n", 400, b"no valid HTTP"),
        (
            b"POST /api/1/envelope/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
            400,
            b"no valid HTTP",
        ),
    ],
)
def test_what_is_no_http(running: Running, said: bytes, status: int, reason: bytes) -> None:
    answer = running.say(said)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert reason in answer
    assert b"access-control-allow-origin: *" in answer
    [refusal] = running.refusals()
    assert refusal.body == said


def test_an_upgrade_is_answered_as_the_request_that_it_also_is(running: Running) -> None:
    body = envelope(EVENT)
    said = running.say(
        _head(len(body), "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk")
        + body
    )
    assert said.startswith(b"HTTP/1.1 200 ")
    assert running.stored()[0].body == body


def _head(length: int, *lines: str) -> bytes:
    head = [f"POST {ENVELOPE} HTTP/1.1", "Host: localhost", f"Content-Length: {length}", *lines]
    return "\r\n".join(head).encode() + b"\r\n\r\n"


def _eventually_taken(running: Running) -> bool:
    # The receiver hears of closed connections in its own time; each try is a round trip.
    body = envelope(EVENT, message="x" * 80_000)
    return any(running.ask(body=body).status == 200 for _try in range(200))
