"""Owns the receiver's thread: an event loop with uvicorn on a port of the loopback interface.

Its sockets listen before the thread starts (`sockets`, and `app.engine.door`). Sentry's Spotlight mode sends
to a port of its own, which takes the same requests: a second socket, if that port is free.
"""

import asyncio
import errno
import logging
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uvicorn
from msgspec import Struct

from app import receiver
from app.receiver import limits, pages
from app.receiver.connections import Connections
from app.receiver.faults import Faults
from app.receiver.group_commit import GroupCommit
from app.receiver.guard import Guard
from app.receiver.http_protocol import ReportProtocol
from app.receiver.ingest import Ingest
from app.receiver.sockets import BACKLOG, CannotListen, PortTaken, listen
from app.settings import Settings

log = logging.getLogger(__name__)

# How long requests may take to finish once the receiver stops.
GRACE_SECONDS = 2.0
POLL_SECONDS = 0.005
# The side doors accept only this machine, wherever the main one listens.
SIDE_HOST = "127.0.0.1"


class SideDoor(Struct, frozen=True):
    """A second listener: its URL, or why it is missing; both empty if the settings switch it off."""

    url: str | None = None
    why_not: str = ""


class _Mail(Struct, frozen=True):
    """The mail door, and the sockets that it listens on."""

    door: "receiver.mail.MailDoor"
    sockets: list[socket.socket]


class Receiver:
    """Takes reports on `settings.host` and `settings.port` and has `commits` write them.

    `digest_inline` is called between commit and answer, when the settings say so. `sockets` listen already;
    without them, `start` makes its own. `faults` are those that a person has set on purpose.
    """

    def __init__(
        self,
        settings: Settings,
        commits: GroupCommit,
        digest_inline: Callable[[], object] | None = None,
        *,
        sockets: list[socket.socket] | None = None,
        faults: Faults | None = None,
    ) -> None:
        self._settings = settings
        self._faults = faults or Faults()
        self._sockets = sockets
        self._commits = commits
        self._digest_inline = digest_inline
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self.spotlight = SideDoor()
        self.smtp = SideDoor()

    def start(self) -> int:
        """Take reports from now on; returns the port. Raises `PortTaken` and `CannotListen`."""
        host = self._settings.host
        sockets = self._sockets or listen(host, self._settings.port)
        port = int(sockets[0].getsockname()[1])
        sockets += self._listen_for_spotlight()
        guard = Guard(host, self._settings.known_keys)
        ingest = Ingest(self._settings, guard, self._commits, self._digest_inline, self._faults)
        mail = self._listen_for_mail(guard)
        app = pages.build(
            f"http://{_in_url(host)}:{port}",
            guard,
            lambda: self._commits.trouble,
            lambda: self._commits.intake.pause,
            lambda: self._faults.in_force,
        )
        connections = Connections(limits.max_connections(limits.descriptors()))
        # Those that are held leave room for all others.
        self._faults.most_held = connections.most // 4
        config = configure(
            app, http=ReportProtocol.serving(ingest, connections), backlog=limits.ACCEPTED_AT_ONCE
        )
        self._server = _Server(config, self._commits, mail, connections, self._faults)
        self.ingest = ingest
        self._thread = threading.Thread(
            target=self._run, args=(self._server, ingest, sockets), name="receiver", daemon=True
        )
        self._thread.start()
        return port

    def _listen_for_spotlight(self) -> list[socket.socket]:
        if not self._settings.spotlight:
            return []
        self.spotlight, sockets = _side_door("http", self._settings.spotlight_port)
        return sockets

    def _listen_for_mail(self, guard: Guard) -> "_Mail | None":
        if self._settings.smtp_port is None:
            return None
        self.smtp, sockets = _side_door("smtp", self._settings.smtp_port)
        return _Mail(receiver.mail.MailDoor(self._settings, guard, self._commits), sockets)

    def stop(self) -> None:
        """Take no more requests, answer those that were taken, and end."""
        if self._server is not None:
            self._server.stop()
        self.wait()

    def wait(self) -> None:
        """Wait until the receiver has ended."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, server: "_Server", ingest: Ingest, sockets: list[socket.socket]) -> None:
        try:
            server.run(sockets)
        finally:
            ingest.stop()
            for each in sockets:
                each.close()


class _Server(uvicorn.Server):
    """uvicorn, woken by its stop instead of polling for it ten times a second.

    It waits for unfinished requests for `GRACE_SECONDS`, and then cuts their connections.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        commits: GroupCommit,
        mail: "_Mail | None",
        connections: Connections,
        faults: Faults,
    ) -> None:
        super().__init__(config)
        self._faults = faults
        self._connections = connections
        self._commits = commits
        self._mail = mail
        self._loop: asyncio.AbstractEventLoop | None = None

    def stop(self) -> None:
        """Begin to stop; called from another thread."""
        self.should_exit = True
        loop = self._loop
        if loop is not None:
            # Once the loop is closed there is nothing left to stop.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._stopping.set)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._stopping = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._commits.answer_on(self._loop)
        self._loop.set_exception_handler(self._handle)
        await super().startup(sockets)
        for each in sockets or []:
            # asyncio uses one number for both: let it accept few at once, but let many wait in the backlog.
            each.listen(BACKLOG)
        if self._mail is not None:
            await self._mail.door.serve(self._mail.sockets)

    def _handle(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOMEM):
            # asyncio then accepts no connection for a second; after that there is room.
            log.warning("No connection could be accepted: %s. The slowest are closed.", error)
            self._connections.make_room(loop.time())
        else:
            loop.default_exception_handler(context)

    async def main_loop(self) -> None:
        await self.on_tick(0)
        if not self.should_exit:
            await self._stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for each in sockets or []:
            each.close()
        # Nobody is held any more, and who is now goes.
        self._faults.most_held = 0
        self._faults.release_all()
        connections = self.server_state.connections
        for connection in list(connections):
            connection.shutdown()
        if self._mail is not None:
            await self._mail.door.close(GRACE_SECONDS)
        self._connections.stop()
        give_up = time.monotonic() + GRACE_SECONDS
        while connections and time.monotonic() < give_up:
            await asyncio.sleep(POLL_SECONDS)
        for connection in list(connections):
            connection.transport.abort()
        while connections:
            await asyncio.sleep(POLL_SECONDS)


def _side_door(scheme: str, port: int) -> tuple[SideDoor, list[socket.socket]]:
    """A side door on `port`; everything else works without it if the port cannot be opened."""
    try:
        sockets = listen(SIDE_HOST, port)
    except (PortTaken, CannotListen) as error:
        log.info("The side door for %s stays closed. %s", scheme, error)
        taken = f"port {port} is taken by another program"
        return SideDoor(why_not=taken if isinstance(error, PortTaken) else str(error)), []
    return SideDoor(url=f"{scheme}://{SIDE_HOST}:{sockets[0].getsockname()[1]}"), sockets


def configure(app: Any, **more: Any) -> uvicorn.Config:
    """uvicorn's settings for this port, without its logs and headers, which cost time for nothing."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        date_header=False,
        **{"http": "httptools", "backlog": BACKLOG, **more},
    )


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
