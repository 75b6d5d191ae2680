"""Answers requests that bring no report: says what to send, and where. Shows nothing that is stored.

A plain ASGI application (https://asgi.readthedocs.io, HTTP 2.3). uvicorn leaves the body out for HEAD.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from app.dsn import dsn
from app.intake_pause import Pause
from app.protocols import table
from app.receiver import responses
from app.receiver.guard import Guard
from app.receiver.refused import Refused
from app.store.engine_state.faults import Fault

NAME = "Arecibo"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
HEALTH = "/health"
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# Characters that would end a path or change its meaning stay encoded, so that an answer names the path as it
# can be typed; line breaks and tabs are left out, as browsers do (https://url.spec.whatwg.org, "basic URL
# parser").
_AS_TYPED = str.maketrans({"?": "%3F", "#": "%23", "\\": "%5C", "\t": None, "\r": None, "\n": None})


class _State(Struct, frozen=True):
    """Why no report is taken now: what is wrong with the store, or that a person has paused intake.

    While faults are set on purpose, reports of some projects are not.
    """

    trouble: str | None
    pause: Pause | None
    faults: Sequence[Fault] = ()

    @property
    def word(self) -> str:
        """In one word."""
        return "trouble" if self.trouble else "paused" if self.pause else "faults" if self.faults else "ok"

    def wrong(self) -> dict[str, object]:
        """What an answer says of it; nothing while reports are taken."""
        said: dict[str, object] = {"trouble": self.trouble} if self.trouble else {}
        if self.pause is not None:
            said["paused"] = msgspec.to_builtins(self.pause)
        return said

    def said(self) -> dict[str, object]:
        """The same, and how many faults are set; not for whom, as anybody may ask."""
        return self.wrong() | ({"faults": len(self.faults)} if self.faults else {})


def build(
    url: str,
    guard: Guard,
    trouble: Callable[[], str | None] = lambda: None,
    pause: Callable[[], Pause | None] = lambda: None,
    faults: Callable[[], Sequence[Fault]] = tuple,
) -> Application:
    """The pages of the receiver at `url`.

    `trouble` returns why no report is taken now, or None; `pause` that a person has paused intake,
    `faults` those that are set on purpose.
    """

    async def application(scope: Scope, _receive: Receive, send: Send) -> None:
        status, headers, body = _page(scope, url, guard, _State(trouble(), pause(), faults()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return application


def _page(scope: Scope, url: str, guard: Guard, state: "_State") -> tuple[int, responses.Headers, bytes]:
    """Status, headers and body for the request that `scope` describes."""
    headers = dict(scope["headers"])
    client = scope["client"]
    try:
        guard.check_host(headers.get(b"host"), client[0] if client else "")
    except Refused as refused:
        return _json(refused.status, {"detail": refused.reason})
    method = scope["method"]
    if method == "OPTIONS":
        return 204, responses.preflight(headers), b""
    path = scope["path"].translate(_AS_TYPED)
    known = table.reply(path, headers.get(b"user-agent", b"")) if method == "GET" else None
    if known is not None:
        return _answer(known.status, known.content_type, known.body)
    if path == "/" and method in ("GET", "HEAD"):
        return _json(200, _welcome(url) | state.said())
    if path == HEALTH and method in ("GET", "HEAD"):
        return _json(503 if state.wrong() else 200, {"status": state.word} | state.said())
    found = table.find(path)
    if found is None or found[0] is table.CATCH_ALL:
        answer = {"detail": f"There is nothing to see at {path!r}: errors go in, and nothing comes out."}
        return _json(404, {**answer, **_where(url)})
    protocol, _match = found
    answer = {
        "detail": f"{method} gets nothing here: errors go in, and nothing comes out.",
        "send": protocol.expects,
    }
    return _json(405, answer, (b"allow", b"POST, OPTIONS"))


def _welcome(url: str) -> dict[str, object]:
    return {
        "name": NAME,
        "detail": "This is Arecibo, an inbox for errors. Point a client at it; errors show in its window.",
        **_where(url),
    }


def _where(url: str) -> dict[str, object]:
    return {
        "dsn": dsn(url, "my_app"),
        "send": {protocol.name: protocol.expects for protocol in table.PROTOCOLS},
    }


def _json(
    status: int, answer: Mapping[str, object], *more: tuple[bytes, bytes]
) -> tuple[int, responses.Headers, bytes]:
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    return _answer(status, responses.JSON, body, *more)


def _answer(
    status: int, content_type: bytes, body: bytes, *more: tuple[bytes, bytes]
) -> tuple[int, responses.Headers, bytes]:
    headers = [
        *more,
        (b"content-length", b"%d" % len(body)),
        (b"content-type", content_type),
        *responses.CORS,
    ]
    return status, headers, body
