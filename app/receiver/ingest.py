"""Takes reports: a bare ASGI callable in front of the pages, since every object on this path costs its share.

Guard, read, let the protocol look as far as it must to answer, commit, answer. Nothing here is awaited but
the body and the commit. Whatever is turned away leaves as a `Refused`, and is remembered.
"""

import asyncio
import logging
import time
from collections.abc import Callable

from app.protocols import encoding, table
from app.protocols.table import Accepted, Arrival, Malformed, Protocol
from app.receiver import answers
from app.receiver.answers import App, Message, Receive, Scope, Send
from app.receiver.group_commit import GroupCommit
from app.receiver.guard import Guard
from app.receiver.limits import LARGE_BODY_BYTES, BodyReader, CutShort, LargeBodies, check_head, readable
from app.receiver.refused import Refused
from app.settings import Settings

log = logging.getLogger(__name__)

Route = tuple[Protocol, tuple[str | None, ...]]
REMEMBERED_PATHS = 512


class Ingest:
    """The ASGI application of the port. `pages` answers what brings no report.

    `digest_inline`, if given, is called in a worker thread between commit and answer.
    """

    def __init__(
        self,
        settings: Settings,
        guard: Guard,
        commits: GroupCommit,
        pages: App,
        digest_inline: Callable[[], object] | None = None,
    ) -> None:
        self._guard = guard
        self._commits = commits
        self._pages = pages
        self._digest_inline = digest_inline
        self._reader = BodyReader(settings)
        self._large_bodies = LargeBodies(settings)
        self._routes: dict[str, Route] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        remote = scope["client"][0]
        try:
            if scope["method"] != "POST":
                self._guard.check_host(dict(scope["headers"]).get(b"host"), remote)
                await self._pages(scope, receive, send)
                return
            start, body = await self._take(scope, receive, remote)
        except Refused as refused:
            start, body = answers.refusal(refused)
        await send(start)
        await send({"type": "http.response.body", "body": body})

    def stop(self) -> None:
        """End the worker threads, once no request is left."""
        self._large_bodies.stop()

    async def _take(self, scope: Scope, receive: Receive, remote: str) -> tuple[Message, bytes]:
        head = body = b""
        try:
            headers = scope["headers"]
            named = dict(headers)
            head = _head(scope)
            check_head(head)
            self._guard.check_host(named.get(b"host"), remote)
            protocol, groups = self._route(scope["path"])
            message = await receive()
            body = message.get("body", b"")
            if message.get("more_body", True):
                body = await self._reader.rest(body, named.get(b"content-length"), receive)
            self._reader.check(len(body))
            arrival = Arrival(scope["path"], groups, scope["query_string"], headers, body, remote)
            accepted = await self._look(protocol, arrival, named)
            self._guard.check_key(accepted.project)
            now = time.time_ns() // 1_000
            report = (now, protocol.name, accepted.project, accepted.event_id, remote, head, body)
            await self._commits.submit(report, asyncio.get_running_loop())
        except Refused as refused:
            brought = refused.body if isinstance(refused, CutShort) else body
            self._commits.note_refusal(refused, remote, head, brought)
            raise
        except Exception as error:
            log.exception("A request could not be taken; this is a bug in Arecibo")
            ours = Refused(500, "Arecibo failed to take this request. The bug is ours, and in its log.")
            self._commits.note_refusal(ours, remote, head, body)
            raise ours from error
        if self._digest_inline is not None:
            await asyncio.to_thread(self._digest_inline)
        answer = protocol.answer(accepted)
        return answers.start(answer.status, answer.content_type, len(answer.body)), answer.body

    def _route(self, path: str) -> Route:
        known = self._routes.get(path)
        if known is not None:
            return known
        found = table.find(path)
        if found is None:
            raise Refused(404, f"No error reports are taken at {path!r}. GET / says where they are.")
        protocol, match = found
        route = (protocol, match.groups())
        if len(self._routes) < REMEMBERED_PATHS:
            self._routes[path] = route
        return route

    async def _look(self, protocol: Protocol, arrival: Arrival, named: dict[bytes, bytes]) -> Accepted:
        try:
            if len(arrival.body) < LARGE_BODY_BYTES:
                return protocol.accept(arrival)
            hint = named.get(b"content-encoding", b"")
            return await self._large_bodies.look(arrival.body, hint, lambda: protocol.accept(arrival))
        except Malformed as error:
            raise Refused(400, str(error), offset=error.offset) from error
        except encoding.UnknownEncoding as error:
            raise Refused(415, str(error)) from error
        except encoding.TooLarge as error:
            limit = readable(error.limit)
            raise Refused(
                413, f"The decoded body is larger than {limit} (setting max_decoded_bytes)."
            ) from error
        except encoding.BrokenEncoding as error:
            raise Refused(400, str(error), offset=len(error.decoded)) from error


def _head(scope: Scope) -> bytes:
    target = scope["raw_path"]
    if scope["query_string"]:
        target += b"?" + scope["query_string"]
    lines = b"\r\n".join(map(b": ".join, scope["headers"]))
    return b"POST %b HTTP/%b\r\n%b" % (target, scope["http_version"].encode(), lines)
