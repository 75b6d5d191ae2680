"""Slow and silent connections, more than the receiver has room for."""

import resource
import selectors
import socket
import threading
import time
from contextlib import suppress

from tests.torture.arena import Arena
from tests.torture.fault import Fault
from tests.torture.outcome import Outcome
from tests.torture.raw_connection import post
from tests.torture.senders import ordinary

ENVELOPE = "/api/1/envelope/?sentry_key=shop"
TICK_SECONDS = 0.5
# Good senders are answered within this time; an idle machine takes milliseconds.
ANSWER_SECONDS = 10.0
GOOD_POSTS = 60
# What the engine opens while it works: its readers, the doorbell, a job's process.
MORE_DESCRIPTORS = 20
# Longer than any of the receiver's time limits: heads 15 s, bodies 30 s, answers unread 30 s.
HANG_UP_SECONDS = 75.0

CHUNKED = b"POST /entries HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
SIZED = b"POST /entries HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n"
# Of each kind: what it sends first, what it sends again and again, and its share in per cent.
KINDS: tuple[tuple[bytes, bytes, int], ...] = (
    (b"", b"", 64),
    (b"POST /entries HTTP/1.1\r\nHost: local", b"", 16),
    (b"POST /entries HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"X: y\r\n", 4),
    (SIZED + b"{", b"x", 4),
    (CHUNKED, b"1\r\nx\r\n", 4),
    (CHUNKED, b"1;" + b"e" * 3_000, 3),
    (CHUNKED + b"1\r\nx\r\n0\r\n", b"Trailer: " + b"t" * 3_000 + b"\r\n", 3),
    (b"", b"GET /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 200, 2),
)


class Crowd:
    """Many connections that are slow in different ways; none reads its answers."""

    def __init__(self, port: int, count: int) -> None:
        self._stopping = threading.Event()
        self._going_on: list[tuple[socket.socket, bytes]] = []
        self.sockets: list[socket.socket] = []
        for number in range(count):
            beginning, more = _kind(number)
            client = socket.create_connection(("127.0.0.1", port), ANSWER_SECONDS)
            self.sockets.append(client)
            with suppress(OSError):
                # The engine may have closed it already to make room for another.
                client.sendall(beginning)
            client.setblocking(False)
            if more:
                self._going_on.append((client, more))
        self._thread = threading.Thread(target=self._trickle, daemon=True)
        self._thread.start()

    def rest(self) -> None:
        """Send nothing more."""
        self._stopping.set()
        self._thread.join()

    def close(self) -> None:
        """Close all connections."""
        self.rest()
        for client in self.sockets:
            client.close()

    def left(self, seconds: float) -> int:
        """How many the engine has not closed after `seconds`."""
        until = time.monotonic() + seconds
        with selectors.DefaultSelector() as waiting:
            for client in self.sockets:
                waiting.register(client, selectors.EVENT_READ)
            while waiting.get_map() and time.monotonic() < until:
                for key, _events in waiting.select(0.5):
                    if _is_closed(key.fileobj):
                        waiting.unregister(key.fileobj)
            return len(waiting.get_map())

    def _trickle(self) -> None:
        while not self._stopping.wait(TICK_SECONDS):
            for client, more in self._going_on:
                with suppress(OSError):
                    # Its buffer is full, or it was closed: both are what is wanted.
                    client.send(more)


def _kind(number: int) -> tuple[bytes, bytes]:
    place = number * 37 % 100
    for beginning, more, share in KINDS:
        if place < share:
            return beginning, more
        place -= share
    raise AssertionError


def _is_closed(client: object) -> bool:
    assert isinstance(client, socket.socket)
    try:
        return not client.recv(1 << 20)
    except BlockingIOError:
        return False
    except OSError:
        return True


def _beside_good_senders(arena: Arena, count: int, *, wait: bool) -> Outcome:
    _raise_limit(count + 200)
    arena.start()
    statuses: dict[int, int] = {}
    worst = 0.0
    complaint = ""
    with arena.senders(connections=2, pause=0.05) as senders:
        senders.wait_for(10)
        arena.wait_until_digested()
        before = arena.engine.num_fds()
        crowd = Crowd(arena.port, count)
        try:
            for number in range(GOOD_POSTS):
                began = time.monotonic()
                status = post(arena.port, ENVELOPE, ordinary(f"{number:032x}", number), {})
                worst = max(worst, time.monotonic() - began)
                statuses[status] = statuses.get(status, 0) + 1
            most = arena.engine.num_fds()
            if wait:
                crowd.rest()
                left = crowd.left(HANG_UP_SECONDS)
                complaint = f"{left} of {count} were not closed" if left else ""
        finally:
            crowd.close()
        arena.wait_until(
            lambda: arena.engine.num_fds() <= before + MORE_DESCRIPTORS,
            f"descriptors to come back from {arena.engine.num_fds()} to {before}",
        )
        answered = senders.wait_for(10)
    return arena.outcome(
        count,
        senders,
        complaint,
        f"good posts were answered {statuses}" if set(statuses) != {200} else "",
        "" if answered else "earlier senders are not answered any more",
        f"a good post was answered after {worst:.1f} s" if worst > ANSWER_SECONDS else "",
        figure=f"good ones answered in {worst:.2f} s at most, {before} → {most} → "
        f"{arena.engine.num_fds()} descriptors",
        allowed=(200,),
    )


def silent_and_trickling(arena: Arena, times: int) -> Outcome:
    """Slow connections beside good senders, closed by the clients."""
    return _beside_good_senders(arena, times, wait=False)


def closed_by_engine(arena: Arena, times: int) -> Outcome:
    """Slow connections beside good senders, until the engine has closed them all."""
    return _beside_good_senders(arena, times, wait=True)


def _raise_limit(wanted: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))


FAULTS = (
    Fault("slow and silent connections", silent_and_trickling, short=300, long=1_500),
    Fault("2,500 slow connections, closed by the engine", closed_by_engine, short=0, long=2_500),
)
