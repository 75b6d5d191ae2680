"""A real receiver on a free port, and what talks to it."""

import http.client
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from app.receiver.group_commit import GroupCommit
from app.receiver.server import Receiver
from app.settings import Settings
from app.store.database import Database
from app.store.queue import queue_overview
from app.store.schema import reports

ENVELOPE = "/api/1/envelope/"


class Running:
    """A receiver that runs, its store, and clients for it."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        on_arrival: Callable[[], None] = lambda: None,
        **given: Any,
    ) -> None:
        self.database = database
        self.commits = GroupCommit(database, settings, on_arrival=on_arrival)
        self.commits.start()
        self.receiver = Receiver(settings, self.commits, **given)
        self.port = self.receiver.start()
        self._sockets: list[socket.socket] = []

    def stop(self) -> None:
        for each in self._sockets:
            each.close()
        self.receiver.stop()
        self.commits.stop()

    def connect(self) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.connect()
        self._sockets.append(connection.sock)
        return connection

    def ask(
        self,
        method: str = "POST",
        path: str = ENVELOPE,
        body: Any = None,
        headers: dict[str, str] | None = None,
        **given: Any,
    ) -> "Answer":
        connection = self.connect()
        connection.request(method, path, body, headers or {}, **given)
        return Answer(connection.getresponse())

    def raw(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        self._sockets.append(connection)
        return connection

    def say(self, data: bytes) -> bytes:
        """Everything that comes back for `data`, until the receiver closes."""
        with self.raw() as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def stored(self) -> list[Any]:
        with self.database.reading() as connection:
            return list(connection.execute(select(reports).order_by(reports.c.id)))

    def refusals(self) -> list[queue_overview.Refusal]:
        """What was refused, once all of it is written: stops the receiver."""
        self.stop()
        with self.database.reading() as connection:
            return queue_overview.refusals(connection)

    def rejected(self) -> int:
        with self.database.reading() as connection:
            return queue_overview.status(connection).rejected


class Answer:
    """An answer, read to its end."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()


Start = Callable[..., Running]


def assert_web_pages_may_read(answer: Answer) -> None:
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "X-Sentry-Error" in answer.headers["access-control-expose-headers"]


def head_of(length: int, *lines: str) -> bytes:
    """The head of a request with a body of `length` bytes, with further header lines."""
    head = [f"POST {ENVELOPE} HTTP/1.1", "Host: localhost", f"Content-Length: {length}", *lines]
    return "\r\n".join(head).encode() + b"\r\n\r\n"


def until_the_end(connection: socket.socket) -> bytes:
    """Everything that comes until the receiver closes."""
    said = b""
    try:
        while piece := connection.recv(65536):
            said += piece
    except ConnectionResetError:
        # It has closed without reading what we had sent.
        return said
    return said


@pytest.fixture
def settings(tmp_path: Any) -> Settings:
    return Settings(port=0, spotlight_port=0, data_dir=tmp_path)


@pytest.fixture
def start(database: Database, settings: Settings) -> Iterator[Start]:
    """Start a receiver, with settings of its own."""
    started: list[Running] = []

    def begin(*, digest_inline: Any = None, **changes: Any) -> Running:
        started.append(Running(database, replace(settings, **changes), digest_inline=digest_inline))
        return started[-1]

    yield begin
    for each in started:
        each.stop()


@pytest.fixture
def running(start: Start) -> Running:
    """A receiver with the usual settings."""
    return start()
