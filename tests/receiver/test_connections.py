"""Connections that keep the receiver waiting: hung up on in time, and closed when others need the place."""

import asyncio
import gc
import resource
import socket
import time

import pytest

from app.receiver import connections, http_protocol, limits
from app.receiver.connections import Connections
from app.receiver.http_protocol import ReportProtocol
from tests.factories import envelope
from tests.receiver.conftest import ENVELOPE, Running, Start, until_the_end

EVENT = "0123456789abcdef0123456789abcdef"
CHUNKED = b"POST /entries HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SWEEP_SECONDS", 0.02)


def test_who_never_says_anything_is_hung_up_on(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_protocol, "HEAD_SECONDS", 0.1)
    with running.raw() as silent:
        assert until_the_end(silent) == b""
    assert running.refusals() == []


@pytest.mark.parametrize("said", [b"P", b"POST /entries HTTP/1.1\r\nHost: local"])
def test_half_a_head_is_hung_up_on(running: Running, monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
    monkeypatch.setattr(http_protocol, "HEAD_SECONDS", 0.1)
    with running.raw() as slow:
        slow.sendall(said)
        assert until_the_end(slow).startswith(b"HTTP/1.1 408 ")


def test_half_a_head_behind_a_whole_request_is_hung_up_on(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_protocol, "HEAD_SECONDS", 0.1)
    with running.raw() as slow:
        slow.sendall(b"POST /entries HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}POST /en")
        said = until_the_end(slow)
    assert (said.count(b"202 Accepted"), said.count(b"408 ")) == (1, 1)


def test_a_body_that_trickles_has_an_end(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_protocol, "BODY_SECONDS", 0.1)
    said = b""
    with running.raw() as slow:
        slow.settimeout(0.02)
        slow.sendall(CHUNKED)
        while not said:
            slow.sendall(b"1\r\nx\r\n")
            try:
                said = slow.recv(1000)
            except TimeoutError:
                continue
    assert said.startswith(b"HTTP/1.1 408 ")
    assert running.stored() == []


def test_what_a_page_is_sent_has_an_end_too(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_protocol, "BODY_SECONDS", 0.1)
    with running.raw() as slow:
        slow.sendall(b"PUT / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nx")
        assert b"HTTP/1.1 404 " in until_the_end(slow)


def test_too_many_pieces_are_refused(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.receiver.report_request.MAX_PIECES", 5_000)
    said = running.say(CHUNKED + b"1\r\n{\r\n" * 10_000 + b"0\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 413 ")
    assert b"more than 5,000 pieces" in said


def test_who_never_reads_answers_is_heard_no_more(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_protocol, "UNREAD_SECONDS", 0.2)
    begin = ReportProtocol.connection_made

    def with_small_buffers(self: ReportProtocol, transport: asyncio.Transport) -> None:
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        transport.set_write_buffer_limits(0)
        begin(self, transport)

    monkeypatch.setattr(ReportProtocol, "connection_made", with_small_buffers)
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", running.port))
        deaf.settimeout(20)
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            deaf.sendall(b"GET /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 5_000_000)
    assert running.ask(body=envelope(EVENT)).status == 200


def test_a_good_client_always_gets_in(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "max_connections", lambda _available: 20)
    running = start()
    silent, halves, bodies = [], [], []
    for _number in range(20):
        silent.append(running.raw())
        halves.append(running.raw())
        halves[-1].sendall(b"POST /entr")
        bodies.append(running.raw())
        bodies[-1].sendall(CHUNKED + b"1\r\nx\r\n")
        assert running.ask(body=envelope(EVENT)).status == 200
    assert len(running.stored()) == 20


def test_a_keep_alive_connection_outlives_silent_ones(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "max_connections", lambda _available: 20)
    running = start()
    silent = [running.raw() for _number in range(19)]
    kept = running.connect()
    for _number in range(15):
        kept.request("POST", ENVELOPE, envelope(EVENT))
        assert kept.getresponse().read()
        silent.append(running.raw())
    assert len(running.stored()) == 15


class Client:
    """A connection that has been waiting for so long."""

    def __init__(self, waited: float | None) -> None:
        self._waited = waited
        self.has_given_way = False

    def waited(self, _now: float) -> float | None:
        return self._waited

    def is_overdue(self, _now: float) -> bool:
        return False

    def hang_up(self) -> None:
        raise AssertionError

    def give_way(self) -> None:
        self.has_given_way = True


def test_the_longest_silent_connection_without_a_pending_answer_is_closed() -> None:
    loop = asyncio.new_event_loop()
    crowd = Connections(most=3)
    owed, slow, slower, newest = Client(None), Client(5.0), Client(9.0), Client(0.0)
    for client in (owed, slow, slower, newest):
        crowd.opened(client, loop)
    crowd.stop()
    loop.close()
    assert [client.has_given_way for client in (owed, slow, slower, newest)] == [False, False, True, False]


def test_without_descriptors_the_slowest_are_closed(running: Running) -> None:
    """The limit counts for the whole process, which is this one: it is lowered while others connect."""
    # What other tests left open would be closed meanwhile, and make room.
    gc.collect()
    silent = [running.raw() for _number in range(30)]
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    clients = [socket.socket() for _number in range(3)]
    used = max(client.fileno() for client in clients)
    gc.disable()
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + 1, before[1]))
    try:
        for client in clients:
            client.connect(("127.0.0.1", running.port))
        closed = until_the_end(silent[0])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
        gc.enable()
        for client in clients:
            client.close()
    assert closed == b""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and running.ask(body=envelope(EVENT)).status != 200:
        continue
    assert running.ask(body=envelope(EVENT)).status == 200
