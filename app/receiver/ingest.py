"""Accepts reports: checks the sender, has the protocol find what the answer needs, and submits the commit.

A refusal is raised as `Refused`, and stored. Nothing here blocks.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from urllib.parse import unquote

import httptools
from msgspec import Struct

from app.clock import now_micros
from app.protocols import table
from app.protocols.protocol import header
from app.protocols.table import Accepted, HttpRequest, Malformed, Protocol
from app.protocols.wire import encoding
from app.receiver.faults import Faults
from app.receiver.group_commit import Answer, GroupCommit
from app.receiver.guard import Guard
from app.receiver.limits import WORKERS, Room, check_decoded, readable
from app.receiver.refused import Refused
from app.settings import Settings

log = logging.getLogger(__name__)

REMEMBERED_TARGETS = 512


class Target(Struct, frozen=True):
    """The target of a request line: the path, the query, and the protocol of the path."""

    path: str
    query: bytes
    protocol: Protocol
    groups: tuple[str | None, ...]


class Ingest:
    """What all connections of a receiver share.

    `digest_inline`, if given, is called by a worker thread between commit and answer. `faults` are those that
    a person has set on purpose.
    """

    def __init__(
        self,
        settings: Settings,
        guard: Guard,
        commits: GroupCommit,
        digest_inline: Callable[[], object] | None = None,
        faults: Faults | None = None,
    ) -> None:
        self.guard = guard
        self.faults = faults or Faults()
        self.room = Room(settings)
        self.digest_inline = digest_inline
        self.workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="receiver-worker")
        self._commits = commits
        self._max_decoded_bytes = settings.max_decoded_bytes
        self._targets: dict[bytes, Target] = {}

    def target(self, url: bytes, method: str = "POST") -> Target:
        """The target at `url`. Raises `Refused`: 400 or 404."""
        known = self._targets.get(url)
        if known is not None and known.protocol.method == method:
            return known
        try:
            parsed = httptools.parse_url(url)
        except httptools.HttpParserInvalidURLError as error:
            raise Refused(400, f"The address {url[:200]!r} is none.") from error
        path = unquote((parsed.path or b"/").decode("latin-1"))
        found = table.find(path, method)
        if found is None:
            raise Refused(404, f"No error reports are taken at {path!r}. GET / says where they are.")
        protocol, match = found
        target = Target(path, parsed.query or b"", protocol, match.groups())
        if method == "POST" and len(self._targets) < REMEMBERED_TARGETS:
            self._targets[url] = target
        return target

    def takes(self, url: bytes, method: str) -> bool:
        """Whether a request with another `method` than POST brings a report."""
        try:
            target = self.target(url, method)
        except Refused:
            return False
        query_has = target.protocol.query_has
        return query_has is None or query_has.search(target.query) is not None

    def demand_open(self) -> None:
        """Raises `Refused` (503) while intake is paused."""
        self._commits.intake.demand_open()

    def accept(self, target: Target, http_request: HttpRequest) -> Accepted:
        """The project and the id, by the protocol's `accept`. Raises `Refused`: 400, 403, 413 or 415."""
        try:
            accepted = target.protocol.accept(http_request)
        except Malformed as error:
            raise Refused(400, str(error), offset=error.offset) from error
        except encoding.UnknownEncoding as error:
            raise Refused(415, str(error)) from error
        except encoding.BrokenEncoding as error:
            raise Refused(400, str(error), offset=len(error.decoded)) from error
        except encoding.TooLarge as error:
            raise Refused(413, f"The decoded body is larger than {readable(error.limit)}.") from error
        self.guard.check_key(accepted.project)
        return accepted

    def accept_checked(self, target: Target, http_request: HttpRequest) -> Accepted:
        """As `accept`, after checking the decoded size of the body; takes time for a large one."""
        if http_request.body[:1] != b"{" and not target.protocol.never_too_large:
            hint = header(http_request.headers, b"content-encoding").decode("latin-1")
            check_decoded(http_request.body, hint, self._max_decoded_bytes)
        return self.accept(target, http_request)

    def accept_in_worker(self, target: Target, http_request: HttpRequest) -> "Future[Accepted | Refused]":
        """As `accept_checked` for a large body, by a worker thread.

        A refusal is the future's result: an exception would keep the request in memory, as a future and the
        frames of its traceback refer to each other.
        """

        def accept() -> Accepted | Refused:
            try:
                return self.accept_checked(target, http_request)
            except Exception as error:  # noqa: BLE001 - a bug of ours is a refusal, too
                return self.as_refused(error)

        return self.workers.submit(accept)

    def commit(
        self, target: Target, accepted: Accepted, http_request: HttpRequest, head: bytes, answer: Answer
    ) -> None:
        """Have the report committed, and `answer` called then. Raises `Refused` (503) when too much waits."""
        now = now_micros()
        name, remote = target.protocol.name, http_request.remote
        self._commits.submit(
            (now, name, accepted.project, accepted.event_id, remote, head, http_request.body), answer
        )

    def refused(
        self, error: Exception, remote: str, head: bytes, body: bytes, body_size: int | None = None
    ) -> Refused:
        """Store a refusal; an `error` that is no `Refused` is our bug, and becomes one."""
        refused = self.as_refused(error)
        self.note(refused, remote, head, body, body_size)
        return refused

    def note(
        self, refused: Refused, remote: str, head: bytes, body: bytes, body_size: int | None = None
    ) -> None:
        """Store a refusal; `body_size` as in `GroupCommit.note_refusal`."""
        self._commits.note_refusal(refused, remote, head, body, body_size)

    def as_refused(self, error: Exception) -> Refused:
        """`error` without its traceback; one that is no `Refused` is our bug, is logged, and becomes one."""
        if isinstance(error, Refused):
            return error.detached()
        log.error("A request could not be taken; this is a bug in Arecibo", exc_info=error)
        return Refused(500, "Arecibo failed to take this request. The bug is ours, and in its log.")

    def stop(self) -> None:
        """End the worker threads, once no request is left."""
        self.workers.shutdown(wait=True)
