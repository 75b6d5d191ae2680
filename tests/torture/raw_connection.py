"""Sends any bytes over a connection, and reads the answers; and an ordinary POST by the standard library."""

import http.client
import re
import socket
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from msgspec import Struct

HEAD_END = b"\r\n\r\n"
STATUS = re.compile(rb"HTTP/1\.[01] (\d\d\d)")
LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d+)")
PATIENCE_SECONDS = 15.0
JSON = {"Content-Type": "application/json"}


class Answer(Struct, frozen=True):
    """An answer as it came; `status` is 0 when the connection was closed without one."""

    status: int
    raw: bytes


class RawConnection:
    """One connection, opened again when it has been closed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self._read = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def exchange(self, data: bytes, *, has_body: bool = True) -> Answer:
        """Send a request, and read one answer, over the open connection; `has_body` is False after HEAD."""
        try:
            self._send(data)
            return self._answer(has_body)
        except OSError:
            self.close()
            return Answer(0, b"")

    def exchange_and_close(self, data: bytes) -> Answer:
        """Send a request, close this side, and read to the end: for requests whose length is wrong."""
        try:
            sock = self._send(data)
            sock.shutdown(socket.SHUT_WR)
            raw = self._read
            while piece := sock.recv(65536):
                raw += piece
        except OSError:
            raw = b""
        self.close()
        found = [int(status) for status in STATUS.findall(raw)]
        return Answer(max(found, default=0), raw)

    def close(self) -> None:
        """Close the connection."""
        self._read = b""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _send(self, data: bytes) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), PATIENCE_SECONDS)
        try:
            self._socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            # It was refused before all of it had arrived: the answer may be there already.
            return self._socket
        return self._socket

    def _answer(self, has_body: bool) -> Answer:
        while HEAD_END not in self._read:
            self._receive()
        head, _, self._read = self._read.partition(HEAD_END)
        length = LENGTH.search(head)
        size = int(length[1]) if length and has_body else 0
        while len(self._read) < size:
            self._receive()
        body, self._read = self._read[:size], self._read[size:]
        status = STATUS.match(head)
        if b"\nconnection: close" in head.lower():
            self.close()
        return Answer(int(status[1]) if status else 0, head + HEAD_END + body)

    def _receive(self) -> None:
        assert self._socket is not None
        piece = self._socket.recv(65536)
        if not piece:
            raise ConnectionResetError
        self._read += piece


def request(target: str, body: bytes, headers: Mapping[str, str] = JSON, method: str = "POST") -> bytes:
    """A request for this machine, as bytes."""
    said = {"Host": "127.0.0.1", **headers, "Content-Length": str(len(body))}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
    return "\r\n".join(lines).encode("latin-1") + HEAD_END + body


def post(
    port: int, target: str, body: bytes, headers: Mapping[str, str] = JSON, seconds: float = 60.0
) -> int:
    """Post over a connection of its own; returns the status, 0 when the connection was closed early."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("POST", target, body, dict(headers))
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
