"""Receives error mails: SMTP on this machine only, off unless `smtp_port` is set.

Mails go the way of HTTP's reports: one commit for all that wait, and "250" only once a mail is on disk. A
sender that is answered "4xx" keeps the mail and tries again. Any user and password are accepted: on loopback
only `known_keys` keeps senders out.
"""

import asyncio
import logging
import re
import socket
import time
from collections.abc import Sequence
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from app.clock import now_micros
from app.protocols.email import accept
from app.receiver.group_commit import GroupCommit
from app.receiver.guard import Guard
from app.receiver.limits import MAIL_SECONDS, MAX_MAIL_CONNECTIONS, Room, readable
from app.receiver.refused import Refused
from app.settings import KIB, Settings

log = logging.getLogger(__name__)

PROTOCOL = "email"
NAME = "localhost"
SILENCE_SECONDS = 60.0
POLL_SECONDS = 0.005
# A line longer than this is one of a body, never a command; also what commands may take together.
COMMANDS_BYTES = 64 * KIB
# How a web page begins (RFC 9110, section 9; RFC 9113, section 3.4). No command of SMTP begins so.
HTTP = re.compile(rb"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE|PRI) ", re.IGNORECASE)


class MailDoor:
    """Takes mails on sockets that already listen. Runs entirely on the receiver's loop."""

    def __init__(self, settings: Settings, guard: Guard, commits: GroupCommit) -> None:
        self.guard = guard
        self.commits = commits
        self.room = Room(settings)
        # The oldest first.
        self.open: dict[_Connection, None] = {}
        self._servers: list[asyncio.Server] = []

    async def serve(self, sockets: Sequence[socket.socket]) -> None:
        """Start to take mails."""
        loop = asyncio.get_running_loop()
        for each in sockets:
            server = await loop.create_server(lambda: _Connection(self, loop), sock=each)
            self._servers.append(server)

    def opened(self, connection: "_Connection") -> None:
        """Add a connection; beyond the cap, close the oldest one whose mail is not complete."""
        self.open[connection] = None
        if len(self.open) > MAX_MAIL_CONNECTIONS:
            slowest = next((each for each in self.open if each.stored is None), connection)
            slowest.cut("421 4.7.0 Too many connections")
            slowest.abort()

    async def close(self, grace_seconds: float) -> None:
        """Take no more mails; wait up to `grace_seconds` until those being stored are answered."""
        for server in self._servers:
            server.close()
        give_up = time.monotonic() + grace_seconds
        storing = [connection.stored for connection in self.open if connection.stored is not None]
        if storing:
            await asyncio.wait(storing, timeout=grace_seconds)
            # Let the tasks that write the answers run.
            await asyncio.sleep(0)
        for connection in list(self.open):
            connection.cut("421 4.3.2 Arecibo stops")
        while self.open and time.monotonic() < give_up:
            await asyncio.sleep(POLL_SECONDS)

    def refused(self, refused: Refused, envelope: Envelope, remote: str) -> str:
        """Store that a mail was refused; returns the line that answers its sender."""
        content = envelope.original_content or b""
        self.commits.note_refusal(refused, remote, head_of(envelope), content)
        return f"{_CODES.get(refused.status, '554 5.6.0')} {refused.reason}"


class _Connection(SMTP):
    """aiosmtpd's server, with lines as long as a body: the old client writes all of its JSON into one."""

    def __init__(self, door: MailDoor, loop: asyncio.AbstractEventLoop) -> None:
        limit = door.room.limit
        self.line_length_limit = limit
        self._door = door
        self._held = 0
        self._has_spoken = False
        self._end = loop.call_later(MAIL_SECONDS, self.cut, "421 4.4.2 This took too long")
        self.stored: asyncio.Future[Refused | None] | None = None
        super().__init__(
            _Handler(self, door),
            data_size_limit=limit,
            enable_SMTPUTF8=True,
            hostname=NAME,
            ident="Arecibo",
            timeout=SILENCE_SECONDS,
            auth_require_tls=False,
            authenticator=_believe,
            loop=loop,
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A sender has come."""
        self._wire = cast("asyncio.Transport", transport)
        self._door.opened(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """It is gone."""
        self._door.open.pop(self, None)
        self._end.cancel()
        self._let_go()
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        """Take data as far as there is room: aiosmtpd would collect an endless line for ever."""
        if not self._has_spoken:
            self._has_spoken = True
            if HTTP.match(data):
                self.refuse_http(data)
                return
        if self._wire.is_closing():
            # The connection is being closed: ignore what follows.
            return
        try:
            self._hold(len(data))
        except Refused as refused:
            self.refuse(refused)
        else:
            super().data_received(data)

    def refuse_http(self, received: bytes = b"") -> None:
        """Refuse HTTP: a web page can POST to any port, and its lines must not be taken for commands."""
        if self._handler_coroutine is not None:
            self._handler_coroutine.cancel()
        refused = Refused(400, "This port takes mails; what came is HTTP.")
        self._door.commits.note_refusal(refused, self.remote, b"", received)
        self.cut("554 5.5.1 This port takes mails, not HTTP")

    async def smtp_GET(self, arg: str | None = None) -> None:  # noqa: N802 - as aiosmtpd finds it
        """Handle an HTTP verb sent as a command, in whatever pieces it arrived."""
        self.refuse_http(f"… {arg}".encode("utf-8", "replace"))
        # Ends aiosmtpd's loop before it handles the rest of the input.
        raise asyncio.CancelledError

    def abort(self) -> None:
        """Close at once: the descriptor is needed."""
        self._wire.abort()

    def refuse(self, refused: Refused) -> None:
        """Refuse a mail in the middle of its transfer, and close the connection."""
        answer = self._door.refused(refused, self.envelope or Envelope(), self.remote)
        self.cut(answer)

    @property
    def remote(self) -> str:
        """The address of the sender."""
        peer: object = self.session.peer if self.session is not None else None
        return str(peer[0]) if isinstance(peer, tuple) else ""

    def cut(self, answer: str) -> None:
        """Send `answer`, and close the connection."""
        if not self._wire.is_closing():
            self._wire.write(f"{answer}\r\n".encode("ascii", "replace"))
            self._wire.close()

    async def push(self, status: Any) -> None:
        """Send an answer. A mail that is too large is stored as refused: aiosmtpd only answers its sender."""
        if str(status).startswith("552"):
            limit = readable(self._door.room.limit)
            refused = Refused(413, f"The mail is larger than {limit} (setting max_body_bytes).")
            status = self._door.refused(refused, self.envelope or Envelope(), self.remote)
        await super().push(status)

    def _set_post_data_state(self) -> None:
        self._let_go()
        super()._set_post_data_state()  # type: ignore[no-untyped-call]  # it has no types

    def _hold(self, size: int) -> None:
        self._held += size
        self._door.room.take(size)
        # Half of it: a sender of slightly too much is answered at the end of the mail, as senders expect.
        self._door.room.check((self._held - COMMANDS_BYTES) // 2)

    def _let_go(self) -> None:
        self._door.room.give_back(self._held)
        self._held = 0


class _Handler:
    """aiosmtpd's handler: decides only whether a mail is taken."""

    def __init__(self, connection: _Connection, door: MailDoor) -> None:
        self._connection = connection
        self._door = door

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Commit a complete mail. The answer is 250 once it is on disk."""
        remote = self._connection.remote
        content = envelope.original_content or b""
        try:
            if not content.strip():
                raise Refused(400, "The mail is empty.")
            accepted = accept.of_mail(content, envelope.rcpt_tos)
            self._door.guard.check_key(accepted.project)
            stored: asyncio.Future[Refused | None] = asyncio.get_running_loop().create_future()
            now = now_micros()
            row = (now, PROTOCOL, accepted.project, accepted.event_id, remote, head_of(envelope), content)
            self._connection.stored = stored
            self._door.commits.submit(row, lambda failure: _settle(stored, failure))
            failure = await stored
            if failure is not None:
                raise failure
        except Refused as refused:
            return self._door.refused(refused, envelope, remote)
        finally:
            self._connection.stored = None
        return "250 2.0.0 Error recorded"

    async def handle_exception(self, error: Exception) -> str:
        """Answer after a bug of ours: the sender keeps the mail."""
        log.error("A mail could not be taken; this is a bug in Arecibo", exc_info=error)
        refused = Refused(500, "Arecibo failed to take this mail. The bug is ours, and in its log.")
        return self._door.refused(refused, self._connection.envelope or Envelope(), self._connection.remote)


for _verb in ("POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE", "PRI"):
    setattr(_Connection, f"smtp_{_verb}", _Connection.smtp_GET)

# RFC 5321, section 4.2, and RFC 3463.
_CODES = {
    400: "554 5.6.0",
    403: "550 5.7.1",
    413: "552 5.3.4",
    500: "451 4.3.0",
    503: "451 4.3.1",
}


def _settle(stored: "asyncio.Future[Refused | None]", failure: Refused | None) -> None:
    if not stored.done():
        stored.set_result(failure)


def head_of(envelope: Envelope) -> bytes:
    """The head that is stored for a mail: its sender and recipients."""
    lines = [("MAIL", "SMTP"), ("mail-from", envelope.mail_from or "")]
    lines += [("rcpt-to", str(address)) for address in envelope.rcpt_tos]
    first, *rest = (f"{name} {value}" if name == "MAIL" else f"{name}: {value}" for name, value in lines)
    return "\r\n".join((first, *rest)).encode("utf-8", "replace")


def _believe(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, _data: LoginPassword
) -> AuthResult:
    return AuthResult(success=True)
