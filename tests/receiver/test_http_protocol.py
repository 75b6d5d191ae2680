"""Bytes to requests: pipelines, connections that stay open, chunks, upgrades, and what is no HTTP."""

import pytest

from app.receiver import http_protocol, limits
from tests.factories import envelope
from tests.receiver.conftest import ENVELOPE, Running, head_of, until_the_end

EVENT = "0123456789abcdef0123456789abcdef"
CHUNKED = b"POST /entries HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"


def test_an_expected_continue_is_answered_before_the_body(running: Running) -> None:
    body = envelope(EVENT)
    with running.raw() as connection:
        connection.sendall(head_of(len(body), "Expect: 100-continue"))
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
        head_of(len(first)) + first + b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + head_of(3) + b"bad"
        + head_of(len(second), "Connection: close") + second
    )  # fmt: skip
    assert [part[:3] for part in said.split(b"HTTP/1.1 ")[1:]] == [b"200", b"200", b"400", b"200"]
    assert said.index(b"1" * 32) < said.index(b"Arecibo") < said.index(b"detail", said.index(b"400 Bad"))
    assert said.index(b"400 Bad") < said.index(b"2" * 32)


def test_an_idle_connection_is_closed_and_a_busy_one_is_not(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_an_http_1_0_connection_is_closed_after_its_answer(running: Running) -> None:
    body = envelope(EVENT)
    said = running.say(
        b"POST %b HTTP/1.0\r\nContent-Length: %d\r\n\r\n%b" % (ENVELOPE.encode(), len(body), body)
    )
    assert said.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"connection: close" in said


def test_endless_headers_are_refused(running: Running) -> None:
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
def test_bytes_that_are_not_http_are_refused(
    running: Running, said: bytes, status: int, reason: bytes
) -> None:
    answer = running.say(said)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert reason in answer
    assert b"access-control-allow-origin: *" in answer
    [refusal] = running.refusals()
    assert refusal.body == said


def test_an_upgrade_is_answered_as_the_request_that_it_also_is(running: Running) -> None:
    body = envelope(EVENT)
    said = running.say(
        head_of(len(body), "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk")
        + body
    )
    assert said.startswith(b"HTTP/1.1 200 ")
    assert running.stored()[0].body == body


@pytest.mark.parametrize(
    "endless",
    [
        b"1;" + b"x" * 60_000 + b"\r\ny\r\n",
        b"0\r\n" + b"x: " + b"y" * 60_000 + b"\r\n",
    ],
    ids=["extensions", "trailers"],
)
def test_chunk_extensions_and_trailers_are_bounded(running: Running, endless: bytes) -> None:
    answer = b""
    with running.raw() as connection:
        connection.sendall(CHUNKED)
        for number in range(200):
            try:
                connection.sendall(endless if number == 0 or endless[:1] == b"1" else endless[3:])
            except (ConnectionResetError, BrokenPipeError):
                break
        else:
            pytest.fail("12 MB of it were taken")
        answer = until_the_end(connection)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 413 ")
    assert [refusal.status for refusal in running.refusals()] == [413]


def test_trailers_are_ignored(running: Running) -> None:
    said = running.say(CHUNKED + b"2\r\n{}\r\n0\r\nx-checksum: 1\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 202 ")


def test_many_tiny_chunks_are_one_body(running: Running) -> None:
    body = envelope(EVENT, message="x" * 20_000)
    head = CHUNKED.replace(b"/entries", ENVELOPE.encode())
    said = running.say(head + b"".join(b"1\r\n%c\r\n" % byte for byte in body) + b"0\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 200 ")
    assert running.stored()[0].body == body


def test_an_endless_pipeline_is_answered_in_part(running: Running) -> None:
    """A client that gets no answer before the connection is closed asks again (RFC 9112, section 9.3.2)."""
    one = b"POST /entries HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}"
    with running.raw() as connection:
        connection.sendall(one * 2_000)
        answers = until_the_end(connection).count(b"202 Accepted")
    assert limits.MAX_PIPELINED <= answers < 2_000
    assert len(running.stored()) == answers
