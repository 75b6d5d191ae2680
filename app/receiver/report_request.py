"""One request with a report, from its headers to its answer. It has the interface of uvicorn's own cycles.

Why it is no ASGI application: measured, for 6.8 kB at 64 connections, that took 48 µs a request of the
receiver's thread, and an empty handler 29.5 µs. Without task, scope, messages and future this takes 31 µs.
"""

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol

from app.protocols.table import Accepted, HttpRequest
from app.receiver import responses
from app.receiver.faults import ActiveFault
from app.receiver.ingest import Ingest
from app.receiver.limits import (
    GATHERED_PIECES,
    LARGE_BODY_BYTES,
    MAX_KEPT_BODY_BYTES,
    MAX_PIECES,
    SILENCE_SECONDS,
    SMALL_BODY_BYTES,
    TOO_LARGE_BEGINNING_BYTES,
    check_head,
)
from app.receiver.refused import Refused
from app.receiver.responses import Headers
from app.store.engine_state.faults import FaultAnswer


class ReportConnection(Protocol):
    """The interface that a request needs of its connection."""

    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport

    def answered(self, report: "ReportRequest") -> None:
        """The answer of `report` has been written."""


class NoOpEvent:
    """The event that uvicorn sets to wake its own cycles: a `ReportRequest` never waits for it."""

    def set(self) -> None:
        """Do nothing."""


class ReportRequest:
    """A request that brings a report. Lives on the receiver's thread.

    `response_complete`, `keep_alive`, `disconnected` and `message_event` are those of uvicorn's cycles. In a
    pipeline it delays its answer until its turn, not its commit.
    """

    message_event = NoOpEvent()
    # Few requests ever meet a fault: these belong to the class until one does.
    _fault: ActiveFault | None = None
    _release: Callable[[], None] | None = None

    def __init__(
        self,
        connection: ReportConnection,
        ingest: Ingest,
        remote: str,
        *,
        keep_alive: bool,
        is_its_turn: bool,
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
        self._gathered: bytearray | None = None
        self._count = 0
        self._size = 0
        # Set once a refusal is answered, while the body's beginning is still collected to be stored with it.
        self._late: Refused | None = None
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
            self._ingest.demand_open()
            if target.protocol.never_too_large:
                # The beginning says most, and this protocol's client must not get a 413.
                self._most = self._ingest.room.limit
            elif b"content-length" in named:
                self._ingest.room.check(int(named[b"content-length"]))
        except Exception as error:  # noqa: BLE001 - a bug of ours must not take the connection with it
            self._refuse(error, is_early=True)

    def add(self, piece: bytes) -> None:
        """Another piece of the body."""
        if self._late is not None:
            self._add_late(piece)
            return
        if self._size + len(piece) > self._most:
            piece = piece[: self._most - self._size]
        self._pieces.append(piece)
        self._size += len(piece)
        self._count += 1
        try:
            if self._count % GATHERED_PIECES == 0:
                self._gather()
            if self._size > SMALL_BODY_BYTES:
                self._take_room()
                self._ingest.room.check(self._size)
        except Refused as refused:
            self._refuse(refused)

    def end(self) -> None:
        """The body is complete."""
        self.is_whole = True
        if self._silence is not None:
            self._silence.cancel()
        if self._late is not None:
            self._finish_late()
            return
        target = self._target
        body = self._body()
        http_request = HttpRequest(
            target.path, target.groups, target.query, self._headers, body, self._remote
        )
        if self._size >= LARGE_BODY_BYTES:
            self._afterwards(
                self._ingest.accept_in_worker(target, http_request),
                lambda outcome: self._accepted_in_worker(http_request, outcome),
            )
            return
        try:
            self._commit(http_request, self._ingest.accept(target, http_request))
        except Exception as error:  # noqa: BLE001 - as above
            self._refuse(error)

    def is_refused(self) -> bool:
        """Whether the answer is known before the end of the body, which is then not needed."""
        return self._late is None and (self.response_complete or self._held is not None)

    @property
    def is_late(self) -> bool:
        """Whether the answer is out, and the beginning of the body is still being collected."""
        return self._late is not None

    def watch(self) -> None:
        """Start the timer that ends a request whose client falls silent in the middle of the body."""
        if self._silence is None:
            self._silence = self._connection.loop.call_later(SILENCE_SECONDS, self._check_silence, self._size)

    def take_turn(self) -> None:
        """Write the answer now or once it is known: the earlier requests of the pipeline are answered."""
        self._is_its_turn = True
        if self._held is not None:
            self._write(self._held)

    def let_go(self) -> None:
        """The client sends no more, and has probably gone: a fault on purpose holds its answer no longer."""
        if self._release is not None:
            self._ingest.faults.release(self._release)

    def lose(self) -> None:
        """End after the client has gone. A complete report is stored all the same."""
        self.disconnected = True
        if self._release is not None:
            self._ingest.faults.forget(self._release)
        if self._late is not None:
            self._finish_late()
        elif not self.is_whole and not self.is_refused():
            announced = self._named.get(b"content-length", b"").decode("latin-1")
            of = f" of {announced}" if announced else ""
            self._refuse(Refused(400, f"The client went away after {self._size}{of} bytes of the body."))

    def give_up(self, refused: Refused) -> None:
        """End before the connection is closed in the middle of the body; `refused` is why."""
        self.keep_alive = False
        if self._late is not None:
            self._finish_late()
        elif not self.is_whole and not self.is_refused():
            self._refuse(refused)

    def _accepted_in_worker(self, http_request: HttpRequest, outcome: Accepted | Refused) -> None:
        if isinstance(outcome, Refused):
            self._refuse(outcome)
        else:
            self._commit(http_request, outcome)

    def _commit(self, http_request: HttpRequest, accepted: Accepted) -> None:
        self._accepted = accepted
        faults = self._ingest.faults
        if faults.by_name and (fault := faults.meet(accepted.project)) is not None:
            self._fault = fault
            if fault.fault.answer is FaultAnswer.NONE:
                self._never_answer(fault)
                return
            if fault.fault.answer is not FaultAnswer.SLOW:
                self._refuse(fault.refusal())
                return
        self._ingest.commit(self._target, accepted, http_request, self._head, self._committed)

    def _committed(self, failure: Refused | None) -> None:
        if failure is not None:
            self._refuse(failure)
        elif self._ingest.digest_inline is not None:
            digesting = self._ingest.workers.submit(self._ingest.digest_inline)
            self._afterwards(digesting, lambda _nothing: self._accept())
        else:
            self._accept()

    def _never_answer(self, fault: ActiveFault) -> None:
        """Hold the connection for a while, and then close it."""
        self._ingest.note(fault.refusal(), self._remote, self._head, self._beginning(), self._size)
        self._hold(fault, self._connection.transport.close)

    def _hold(self, fault: ActiveFault, then: Callable[[], None]) -> None:
        # Others need the memory of the body meanwhile.
        self._let_go()
        if self._silence is not None:
            self._silence.cancel()
        if self.disconnected:
            then()
            return
        self._release = then
        self._ingest.faults.hold(fault, then, self._connection.loop)

    def _accept(self) -> None:
        fault = self._fault
        if fault is not None:
            # The report is stored; its answer is late on purpose.
            self._fault = None
            self._hold(fault, self._accept)
            return
        answer = self._target.protocol.answer(self._accepted)
        self._answer(answer.status, answer.content_type, answer.body)

    def _afterwards(self, work: Future[Any], then: Callable[[Any], None]) -> None:
        # The callback takes the future as an argument: a reference to it would be a cycle, which stays in
        # memory until the garbage collector runs.
        def proceed(done: Future[Any]) -> None:
            try:
                then(done.result())
            except Exception as error:  # noqa: BLE001 - as above
                self._refuse(error)

        loop = self._connection.loop
        work.add_done_callback(lambda done: loop.call_soon_threadsafe(proceed, done))

    def _refuse(self, error: Exception, *, is_early: bool = False) -> None:
        ingest = self._ingest
        if is_early and b"expect" in self._named:
            # The client may omit the body now: the next bytes could be body or request.
            self.keep_alive = False
        if is_early and self.keep_alive and isinstance(error, Refused):
            # The answer does not wait for the body, but storing the refusal waits for its beginning.
            refused = self._late = error.detached()
        else:
            # The only known size of an incomplete body.
            announced = 0 if self.is_whole else _number(self._named.get(b"content-length"))
            body, size = self._beginning(), max(self._size, announced)
            refused = ingest.refused(error, self._remote, self._head, body, size)
        headers, body = responses.refusal(refused)
        self._answer(refused.status, responses.JSON, body, tuple(headers))

    def _add_late(self, piece: bytes) -> None:
        most = min(TOO_LARGE_BEGINNING_BYTES, self._ingest.room.limit)
        self._pieces.append(piece[: most - self._size])
        self._size += len(self._pieces[-1])
        self._count += 1
        is_enough = self._size >= most or self._count >= GATHERED_PIECES
        if self._size > SMALL_BODY_BYTES and not is_enough:
            try:
                self._take_room()
            except Refused:
                # The answer has been sent; the request is stored with less of its body.
                is_enough = True
        if is_enough:
            self._finish_late()

    def _finish_late(self) -> None:
        refused, self._late = self._late, None
        if self._silence is not None:
            self._silence.cancel()
        if refused is None:
            return
        announced = _number(self._named.get(b"content-length"))
        self._ingest.note(refused, self._remote, self._head, self._beginning(), max(self._size, announced))
        self._let_go()
        if self.response_complete and not self.disconnected:
            self._connection.answered(self)

    def _answer(
        self, status: int, content_type: bytes, body: bytes, more: tuple[tuple[bytes, bytes], ...] = ()
    ) -> None:
        if self._late is None:
            if self._silence is not None:
                self._silence.cancel()
            self._let_go()
        if not self.keep_alive:
            more = (*more, (b"connection", b"close"))
        answer = responses.head(status, content_type, len(body), more) + body
        if self._is_its_turn:
            self._write(answer)
        else:
            self._held = answer

    def _write(self, answer: bytes) -> None:
        self.response_complete = True
        if not self.disconnected and not self._connection.transport.is_closing():
            self._connection.transport.write(answer)
            self._connection.answered(self)

    def _gather(self) -> None:
        if self._gathered is None:
            self._gathered = bytearray()
        self._gathered += b"".join(self._pieces)
        self._pieces = []
        if self._count >= MAX_PIECES:
            raise Refused(413, f"The body comes in more than {MAX_PIECES:,} pieces.")

    def _take_room(self) -> None:
        grown = self._size - self._held_bytes
        self._held_bytes = self._size
        self._ingest.room.take(grown)

    def _body(self) -> bytes:
        pieces = self._pieces
        if self._gathered is not None:
            return bytes(self._gathered) + b"".join(pieces)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _beginning(self) -> bytes:
        """As much of the body as is stored of a refused one, without joining all of its pieces."""
        if self._size <= MAX_KEPT_BODY_BYTES:
            return self._body()
        beginning = bytearray(memoryview(self._gathered or b"")[:MAX_KEPT_BODY_BYTES])
        for piece in self._pieces:
            if len(beginning) >= MAX_KEPT_BODY_BYTES:
                break
            beginning += piece[: MAX_KEPT_BODY_BYTES - len(beginning)]
        return bytes(beginning)

    def _let_go(self) -> None:
        """Release the memory of the body."""
        if self._held_bytes:
            self._ingest.room.give_back(self._held_bytes)
            self._held_bytes = 0
        self._pieces = []
        self._gathered = None

    def _check_silence(self, size_before: int) -> None:
        self._silence = None
        if self._size > size_before:
            self.watch()
        elif self._late is not None:
            self.keep_alive = False
            self._finish_late()
        else:
            self.keep_alive = False
            self._refuse(
                Refused(
                    408, f"The body stopped after {size_before} bytes, for {SILENCE_SECONDS:.0f} seconds."
                )
            )


def _number(announced: bytes | None) -> int:
    """The number in a Content-Length header; 0 without one."""
    return int(announced) if announced is not None and announced.isdigit() else 0
