"""One report, from its headers to its answer. To uvicorn's connection it looks like one of its own cycles.

Why it is no ASGI application: measured, for 6.8 kB at 64 connections, that took 48 µs of the receiver's
thread a request, where a handler that does nothing takes 29.5. Without task, scope, messages and future it
is 31.
"""

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol

from app.protocols.table import Accepted, Arrival
from app.receiver import answers
from app.receiver.answers import Headers
from app.receiver.ingest import Ingest
from app.receiver.limits import LARGE_BODY_BYTES, SILENCE_SECONDS, SMALL_BODY_BYTES, check_head
from app.receiver.refused import Refused


class Connection(Protocol):
    """What a posting needs of the connection that it came by."""

    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport

    def answered(self, posting: "Posting") -> None:
        """The answer is on its way."""


class Unheard:
    """Stands where uvicorn wakes its own cycles: nobody sleeps in this one."""

    def set(self) -> None:
        """Wake nobody."""


class Posting:
    """A request that brings a report. Lives on the receiver's thread.

    `response_complete`, `keep_alive`, `disconnected` and `message_event` are those of uvicorn's cycles. With
    requests in a pipeline it waits for its turn with the answer, not with the commit.
    """

    message_event = Unheard()

    def __init__(
        self, connection: Connection, ingest: Ingest, remote: str, *, keep_alive: bool, is_its_turn: bool
    ) -> None:
        self.response_complete = False
        self.keep_alive = keep_alive
        self.disconnected = False
        self.is_whole = False
        self._connection = connection
        self._ingest = ingest
        self._remote = remote
        self._is_its_turn = is_its_turn
        self._held: bytes | None = None
        self._head = b""
        self._pieces: list[bytes] = []
        self._size = 0
        self._most = sys.maxsize
        self._held_bytes = 0
        self._silence: asyncio.TimerHandle | None = None

    def begin(self, method: str, url: bytes, headers: Headers, version: str) -> None:
        """The headers are complete."""
        self._headers = headers
        self._named = named = dict(headers)
        lines = b"\r\n".join(map(b": ".join, headers))
        self._head = b"%b %b HTTP/%b\r\n%b" % (method.encode(), url, version.encode(), lines)
        try:
            check_head(len(self._head))
            self._ingest.guard.check_host(named.get(b"host"), self._remote)
            self._target = target = self._ingest.target(url, method)
            if target.protocol.never_too_large:
                # The beginning tells most, and the client must not hear that it was too much.
                self._most = self._ingest.room.limit
            elif b"content-length" in named:
                self._ingest.room.check(int(named[b"content-length"]))
        except Exception as error:  # noqa: BLE001 - a bug of ours must not take the connection with it
            self._refuse(error)

    def add(self, piece: bytes) -> None:
        """Another piece of the body."""
        if self._size + len(piece) > self._most:
            piece = piece[: self._most - self._size]
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > SMALL_BODY_BYTES:
            grown = self._size - self._held_bytes
            self._held_bytes = self._size
            try:
                self._ingest.room.take(grown)
                self._ingest.room.check(self._size)
            except Refused as refused:
                self._refuse(refused)

    def end(self) -> None:
        """The body is complete."""
        self.is_whole = True
        if self._silence is not None:
            self._silence.cancel()
        target = self._target
        body = self._body()
        arrival = Arrival(target.path, target.groups, target.query, self._headers, body, self._remote)
        if self._size >= LARGE_BODY_BYTES:
            looking = self._ingest.look_long(target, arrival, self._named)
            self._afterwards(looking, lambda: self._commit(arrival, looking.result()))
            return
        try:
            self._commit(arrival, self._ingest.look(target, arrival))
        except Exception as error:  # noqa: BLE001 - as above
            self._refuse(error)

    def is_refused(self) -> bool:
        """Whether the answer is known before the end of the body, which then interests nobody."""
        return self.response_complete or self._held is not None

    def watch(self) -> None:
        """See to it that the client does not fall silent in the middle of the body."""
        if self._silence is None:
            self._silence = self._connection.loop.call_later(SILENCE_SECONDS, self._check_silence, self._size)

    def take_turn(self) -> None:
        """Those before it in the pipeline are answered."""
        self._is_its_turn = True
        if self._held is not None:
            self._write(self._held)

    def lose(self) -> None:
        """The client is gone. What is complete is stored all the same."""
        self.disconnected = True
        if not self.is_whole and not self.is_refused():
            announced = self._named.get(b"content-length", b"").decode("latin-1")
            of = f" of {announced}" if announced else ""
            self._refuse(Refused(400, f"The client went away after {self._size}{of} bytes of the body."))

    def _commit(self, arrival: Arrival, accepted: Accepted) -> None:
        self._accepted = accepted
        self._ingest.commit(self._target, accepted, arrival, self._head, self._committed)

    def _committed(self, failure: Refused | None) -> None:
        if failure is not None:
            self._refuse(failure)
        elif self._ingest.digest_inline is not None:
            self._afterwards(self._ingest.workers.submit(self._ingest.digest_inline), self._accept)
        else:
            self._accept()

    def _accept(self) -> None:
        answer = self._target.protocol.answer(self._accepted)
        self._answer(answer.status, answer.content_type, answer.body)

    def _afterwards(self, work: Future[Accepted] | Future[object], then: Callable[[], None]) -> None:
        def proceed() -> None:
            try:
                work.result()
                then()
            except Exception as error:  # noqa: BLE001 - as above
                self._refuse(error)

        loop = self._connection.loop
        work.add_done_callback(lambda _work: loop.call_soon_threadsafe(proceed))

    def _refuse(self, error: Exception) -> None:
        refused = self._ingest.refused(error, self._remote, self._head, self._body())
        headers, body = answers.refusal(refused)
        self._answer(refused.status, answers.JSON, body, tuple(headers))

    def _answer(
        self, status: int, content_type: bytes, body: bytes, more: tuple[tuple[bytes, bytes], ...] = ()
    ) -> None:
        if self._silence is not None:
            self._silence.cancel()
        if self._held_bytes:
            self._ingest.room.give_back(self._held_bytes)
        self._pieces = []
        if not self.keep_alive:
            more = (*more, (b"connection", b"close"))
        answer = answers.head(status, content_type, len(body), more) + body
        if self._is_its_turn:
            self._write(answer)
        else:
            self._held = answer

    def _write(self, answer: bytes) -> None:
        self.response_complete = True
        if not self.disconnected and not self._connection.transport.is_closing():
            self._connection.transport.write(answer)
            self._connection.answered(self)

    def _body(self) -> bytes:
        pieces = self._pieces
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _check_silence(self, heard: int) -> None:
        self._silence = None
        if self._size > heard:
            self.watch()
        else:
            self.keep_alive = False
            self._refuse(
                Refused(408, f"The body stopped after {heard} bytes, for {SILENCE_SECONDS:.0f} seconds.")
            )
