"""Parses requests, as a uvicorn connection. `ReportRequest` handles reports, the pages everything else.

Reports are POSTed, but for the few formats that put them into the address of a GET.

It also limits headers, which uvicorn's parser does not. What is no HTTP is stored, and answered with CORS
headers so that a web page may read why: uvicorn would answer a bare line and leave no trace.

uvicorn publishes none of what is overridden here, and may change it in any minor version: pyproject.toml caps
it. Run tests/receiver after raising the cap.
"""

import asyncio
import math
from collections import deque
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.receiver import responses
from app.receiver.connections import Connections
from app.receiver.ingest import Ingest
from app.receiver.limits import (
    BODY_SECONDS,
    HEAD_SECONDS,
    IDLE_SECONDS,
    MAX_FRAMING_PER_BYTE,
    MAX_HEAD_BYTES,
    MAX_PIPELINED,
    STEADY_BYTES_PER_SECOND,
    UNREAD_SECONDS,
    check_head,
)
from app.receiver.refused import Refused
from app.receiver.report_request import ReportRequest

# How a TLS client begins (RFC 8446, section 5.1): with a handshake record.
TLS_HANDSHAKE = b"\x16\x03"


class ReportProtocol(HttpToolsProtocol):
    """One connection. `ingest` and `open` are given by the subclass that `serving` makes for a receiver."""

    ingest: Ingest
    open: Connections
    # Either uvicorn's own cycle, or a `ReportRequest`.
    cycle: Any
    pipeline: deque[Any]

    @classmethod
    def serving(cls, ingest: Ingest, connections: Connections) -> type["ReportProtocol"]:
        """The class for uvicorn's `http` setting."""
        return type(cls.__name__, (cls,), {"ingest": ingest, "open": connections})

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._report: ReportRequest | None = None
        self.url, self.headers = b"", []
        self._has_spoken = False
        self._is_in_head = True
        # Bytes of the message outside its body: head, chunk sizes, trailers.
        self._framing = 0
        self._piece_size = 0
        self._body_size = 0
        # When the first byte of an incomplete request came; `math.inf` once it is complete.
        self._since = self.loop.time()
        self._unread_since = math.inf
        self._ignores_input = False
        self._idle_since = 0.0
        self._idle_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn
        """A client has connected."""
        super().connection_made(transport)
        self.open.opened(self, self.loop)

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        if self._ignores_input:
            return
        self._unset_keepalive_if_required()
        self._piece_size = len(data)
        try:
            self.parser.feed_data(data)
            self._framing += self._piece_size
            if self._framing > MAX_HEAD_BYTES:
                self._check_framing()
        except httptools.HttpParserUpgrade as upgrade:
            if self.parser.get_method() == b"POST":
                self.data_received(self._without_upgrade() + data[upgrade.args[0] :])
                return
        except httptools.HttpParserError as error:
            self._give_up(_not_http(data, error), data)
        except Refused as refused:
            self._give_up(refused, data)
        report = self._report
        if report is not None:
            report.watch()

    def eof_received(self) -> bool:  # type: ignore[override] # uvicorn hangs up at once, even on one who waits
        """The client sends no more; True keeps the connection until its answer is written."""
        awaits_answer = self._report is None and self.cycle is not None and not self.cycle.response_complete
        if awaits_answer:
            self.cycle.keep_alive = False
            if isinstance(self.cycle, ReportRequest):
                self.cycle.let_go()
        return awaits_answer

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self.open.closed(self)
        if self._idle_timer is not None:
            self._idle_timer.cancel()
        for cycle in (self.cycle, *(cycle for cycle, _app in self.pipeline)):
            if isinstance(cycle, ReportRequest):
                cycle.lose()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """The parser is at the start of a request."""
        self.url = b""
        self.headers = []
        self.expect_100_continue = False
        self._has_spoken = self._is_in_head = True
        self._since = self.loop.time()
        # Earlier bytes of the same piece belong to the previous request.
        self._framing = -self._piece_size
        self._body_size = 0

    def on_headers_complete(self) -> None:
        """The parser is at the end of the headers."""
        self._is_in_head = False
        if len(self.pipeline) >= MAX_PIPELINED:
            self._ignore_input()
        method = self.parser.get_method().decode("latin-1")
        if method != "POST" and not self.ingest.takes(self.url, method):
            self._begin_page()
            return
        if self.parser.should_upgrade():
            # `data_received` begins again, without the upgrade.
            return
        version = self.parser.get_http_version()
        previous = self.cycle
        is_its_turn = previous is None or previous.response_complete
        report = ReportRequest(
            self,
            self.ingest,
            self.client[0] if self.client else "",
            keep_alive=version != "1.0" and self.parser.should_keep_alive(),
            is_its_turn=is_its_turn,
        )
        self.cycle = self._report = report
        if not is_its_turn:
            self.flow.pause_reading()
            self.pipeline.appendleft((report, self.app))
        report.begin(method, self.url, self.headers, version)
        if report.is_refused():
            self._report = None
        elif self.expect_100_continue and is_its_turn:
            self.transport.write(responses.CONTINUE)

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._framing -= len(body)
        self._body_size += len(body)
        report = self._report
        if report is not None:
            report.add(body)
            if report.is_refused():
                self._report = None
        elif not isinstance(self.cycle, ReportRequest):
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The end of the request."""
        self._since = math.inf
        report = self._report
        if report is not None:
            self._report = None
            report.end()
        elif self.cycle is not None and not isinstance(self.cycle, ReportRequest):
            super().on_message_complete()

    def answered(self, report: ReportRequest) -> None:
        """A report's answer has been written."""
        if report.is_late:
            # Called again once the part of the body that is stored has come.
            return
        if self._report is report:
            self._report = None
        if not report.keep_alive:
            self.transport.close()
        elif self.pipeline:
            self.on_response_complete()
        else:
            if self._unread_since == math.inf:
                self.flow.resume_reading()
            # One timer for many answers: setting and cancelling one per answer would cost more than the rest.
            self._idle_since = self.loop.time()
            if self._idle_timer is None:
                self._idle_timer = self.loop.call_later(IDLE_SECONDS, self._hang_up_when_idle)

    def on_response_complete(self) -> None:
        """Go on after an answer: with the next request in the pipeline, or after one of uvicorn's own."""
        self._idle_since = self.loop.time()
        super().on_response_complete()
        if self._unread_since != math.inf:
            self.flow.pause_reading()

    def pause_writing(self) -> None:
        """Stop reading from a client that does not read its answers."""
        self._unread_since = self.loop.time()
        super().pause_writing()
        self.flow.pause_reading()

    def resume_writing(self) -> None:
        """Read from the client again: it reads its answers."""
        self._unread_since = math.inf
        super().resume_writing()
        if self._ignores_input or self.cycle is None or self.cycle.response_complete:
            self.flow.resume_reading()

    def waited(self, now: float) -> float | None:
        """As `TimedConnection.waited`."""
        if self._unread_since != math.inf:
            return now - self._unread_since
        if self._since != math.inf:
            # A large body may take long, as long as it keeps arriving.
            return now - self._since - self._body_size / STEADY_BYTES_PER_SECOND
        is_idle = self.cycle is None or self.cycle.response_complete
        return now - self._idle_since if is_idle else None

    def is_overdue(self, now: float) -> bool:
        """As `TimedConnection.is_overdue`."""
        if self._unread_since != math.inf:
            return now - self._unread_since > UNREAD_SECONDS
        if self._since != math.inf:
            return now - self._since > (HEAD_SECONDS if self._is_in_head else BODY_SECONDS)
        # uvicorn and the timer below close idle connections; this one never reads its last answer.
        return self.transport.is_closing() and now - self._idle_since > UNREAD_SECONDS

    def hang_up(self) -> None:
        """Close a connection that is too slow to send its head or body, or to read its answers."""
        if self._unread_since != math.inf or self.transport.is_closing():
            self.transport.abort()
        elif not self._is_in_head and self._report is not None:
            self._give_up(Refused(408, f"The body was not complete after {BODY_SECONDS:.0f} seconds."), b"")
        elif self._has_spoken:
            late = Refused(408, f"The headers were not complete after {HEAD_SECONDS:.0f} seconds.")
            self._give_up(late, b"\r\n".join([self.url, *map(b": ".join, self.headers)]))
        else:
            # No request was begun: browsers open connections in advance.
            self.transport.close()

    def give_way(self) -> None:
        """Close at once: others need the descriptor."""
        if self._report is not None:
            self._report.give_up(Refused(408, "The connection was closed: others needed its place."))
        self.transport.abort()

    def _hang_up_when_idle(self) -> None:
        self._idle_timer = None
        is_busy = self._since != math.inf or (self.cycle is not None and not self.cycle.response_complete)
        left = IDLE_SECONDS if is_busy else self._idle_since + IDLE_SECONDS - self.loop.time()
        if left <= 0:
            self.transport.close()
        else:
            self._idle_timer = self.loop.call_later(left, self._hang_up_when_idle)

    def _check_framing(self) -> None:
        if self._is_in_head:
            check_head(self._framing)
        elif self._framing > MAX_HEAD_BYTES + MAX_FRAMING_PER_BYTE * self._body_size:
            raise Refused(413, "The chunks' sizes and extensions, or the trailers, are larger than the body.")

    def _ignore_input(self) -> None:
        """Too many requests wait for their answers: answer those, and accept no more on this connection."""
        self._ignores_input = True
        self._since = math.inf
        # Input is read and discarded: closing a socket with unread input would lose the answers.
        self.flow.resume_reading()
        self.cycle.keep_alive = False
        # Stops the parser in the data that has already arrived.
        raise Refused(503, "Too many requests wait on this connection.")

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        if isinstance(cycle, ReportRequest):
            cycle.take_turn()
        else:
            super()._start_asgi_task(cycle, app)

    def _without_upgrade(self) -> bytes:
        """A new parser, and the head for it to begin with.

        Java's HTTP client offers HTTP/2 with each first request (`Upgrade: h2c`), and the parser takes what
        follows the head for HTTP/2. The client must accept an answer without it (RFC 9110, section 7.8).
        """
        self.parser = httptools.HttpRequestParser(self)
        offer = (b"upgrade", b"connection", b"http2-settings")
        lines = [b"%b: %b" % header for header in self.headers if header[0] not in offer]
        return b"\r\n".join([b"POST %b HTTP/1.1" % self.url, *lines, b"", b""])

    def _begin_page(self) -> None:
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.expect_100_continue = url, expects
        self.headers += headers
        super().on_headers_complete()

    def _give_up(self, refused: Refused, data: bytes) -> None:
        if self._ignores_input:
            # The parser's error is our own refusal to read more: earlier requests are still answered.
            return
        report, self._report = self._report, None
        if report is not None:
            report.give_up(refused)
            self.transport.close()
            return
        remote = self.client[0] if self.client else ""
        self.ingest.refused(refused, remote, b"", data)
        if not self.transport.is_closing():
            headers, body = responses.refusal(refused)
            more = (*headers, (b"connection", b"close"))
            self.transport.write(responses.head(refused.status, responses.JSON, len(body), more) + body)
            self.transport.close()


def _not_http(data: bytes, error: Exception) -> Refused:
    if data.startswith(TLS_HANDSHAKE):
        return Refused(400, "This port speaks plain HTTP: use http:// instead of https://.")
    return Refused(400, f"The request is no valid HTTP: {error}.")
