"""Bytes to requests: uvicorn's own connection, which hands reports to `Posting` and all else to the pages.

Reports are POSTed, but for the few formats that put them into the address of a GET.

It also caps headers, which its parser takes without end, and finds words for what is no HTTP: uvicorn would
answer with a bare line that no web page may read, and keep no trace of it.
"""

import asyncio
from collections import deque
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.receiver import answers
from app.receiver.ingest import Ingest
from app.receiver.limits import check_head
from app.receiver.posting import Posting
from app.receiver.refused import Refused

# How a TLS client begins (RFC 8446, section 5.1): with a handshake record.
TLS_HANDSHAKE = b"\x16\x03"
# raygun for Node up to 2.0 never reads its answer, and its app lives on until somebody hangs up.
IDLE_SECONDS = 5.0


class ReportProtocol(HttpToolsProtocol):
    """One connection. `ingest` is given by the subclass that `serving` makes for a receiver."""

    ingest: Ingest
    # Postings stand beside uvicorn's own cycles.
    cycle: Any
    pipeline: deque[Any]

    @classmethod
    def serving(cls, ingest: Ingest) -> type["ReportProtocol"]:
        """The class for uvicorn's `http` setting."""
        return type(cls.__name__, (cls,), {"ingest": ingest})

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._posting: Posting | None = None
        self._head_bytes = 0
        self._idle_since = 0.0
        self._idle_timer: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        self._unset_keepalive_if_required()
        try:
            self.parser.feed_data(data)
            if self._head_bytes >= 0:
                self._head_bytes += len(data)
                check_head(self._head_bytes)
        except httptools.HttpParserUpgrade as upgrade:
            if self.parser.get_method() == b"POST":
                self.data_received(self._without_upgrade() + data[upgrade.args[0] :])
                return
        except httptools.HttpParserError as error:
            self._give_up(_not_http(data, error), data)
        except Refused as refused:
            self._give_up(refused, data)
        posting = self._posting
        if posting is not None:
            posting.watch()

    def eof_received(self) -> bool:  # type: ignore[override] # uvicorn hangs up at once, even on one who waits
        """The client has said all it has to say; True keeps the connection until it has its answer."""
        awaits_answer = self._posting is None and self.cycle is not None and not self.cycle.response_complete
        if awaits_answer:
            self.cycle.keep_alive = False
        return awaits_answer

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        if self._idle_timer is not None:
            self._idle_timer.cancel()
        for cycle in (self.cycle, *(cycle for cycle, _app in self.pipeline)):
            if isinstance(cycle, Posting):
                cycle.lose()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """The parser is at the start of a request."""
        self.url = b""
        self.headers = []
        self.expect_100_continue = False
        self._head_bytes = 0

    def on_headers_complete(self) -> None:
        """The parser is at the end of the headers."""
        self._head_bytes = -1
        method = self.parser.get_method().decode("latin-1")
        if method != "POST" and not self.ingest.takes(self.url, method):
            self._begin_page()
            return
        if self.parser.should_upgrade():
            # It begins again, without.
            return
        version = self.parser.get_http_version()
        previous = self.cycle
        is_its_turn = previous is None or previous.response_complete
        posting = Posting(
            self,
            self.ingest,
            self.client[0] if self.client else "",
            keep_alive=version != "1.0" and self.parser.should_keep_alive(),
            is_its_turn=is_its_turn,
        )
        self.cycle = self._posting = posting
        if not is_its_turn:
            self.flow.pause_reading()
            self.pipeline.appendleft((posting, self.app))
        posting.begin(method, self.url, self.headers, version)
        if posting.is_refused():
            self._posting = None
        elif self.expect_100_continue and is_its_turn:
            self.transport.write(answers.CONTINUE)

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        posting = self._posting
        if posting is not None:
            posting.add(body)
            if posting.is_refused():
                self._posting = None
        elif not isinstance(self.cycle, Posting):
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The end of the request."""
        posting = self._posting
        if posting is not None:
            self._posting = None
            posting.end()
        elif self.cycle is not None and not isinstance(self.cycle, Posting):
            super().on_message_complete()

    def answered(self, posting: Posting) -> None:
        """A posting's answer has been written."""
        if self._posting is posting:
            self._posting = None
        if not posting.keep_alive:
            self.transport.close()
        elif self.pipeline:
            self.on_response_complete()
        else:
            self.flow.resume_reading()
            # One timer for many answers: to set and cancel one for each would cost more than all of this.
            self._idle_since = self.loop.time()
            if self._idle_timer is None:
                self._idle_timer = self.loop.call_later(IDLE_SECONDS, self._hang_up_when_idle)

    def _hang_up_when_idle(self) -> None:
        self._idle_timer = None
        is_busy = self._head_bytes > 0 or (self.cycle is not None and not self.cycle.response_complete)
        left = IDLE_SECONDS if is_busy else self._idle_since + IDLE_SECONDS - self.loop.time()
        if left <= 0:
            self.transport.close()
        else:
            self._idle_timer = self.loop.call_later(left, self._hang_up_when_idle)

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        if isinstance(cycle, Posting):
            cycle.take_turn()
        else:
            super()._start_asgi_task(cycle, app)

    def _without_upgrade(self) -> bytes:
        """A new parser, and the head for it to begin with.

        Java's HTTP client offers HTTP/2 with each first request (`Upgrade: h2c`), and the parser takes what
        follows the head for that. Who offers can also do without (RFC 9110, section 7.8).
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
        remote = self.client[0] if self.client else ""
        self._posting = None
        self.ingest.refused(refused, remote, b"", data)
        if not self.transport.is_closing():
            headers, body = answers.refusal(refused)
            more = (*headers, (b"connection", b"close"))
            self.transport.write(answers.head(refused.status, answers.JSON, len(body), more) + body)
            self.transport.close()


def _not_http(data: bytes, error: Exception) -> Refused:
    if data.startswith(TLS_HANDSHAKE):
        return Refused(400, "This port speaks plain HTTP: use http:// instead of https://.")
    return Refused(400, f"The request is no valid HTTP: {error}.")
