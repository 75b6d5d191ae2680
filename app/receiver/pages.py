"""What the port answers to those who send no report: what to send, and where. Nothing stored is shown."""

from collections.abc import Callable, Mapping

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, request_response

from app.dsn import dsn
from app.protocols import table
from app.receiver import responses
from app.receiver.guard import Guard
from app.receiver.refused import Refused

NAME = "Arecibo"


def build(url: str, guard: Guard, trouble: Callable[[], str | None] = lambda: None) -> Starlette:
    """The pages of the receiver at `url`; `trouble` says why no report is taken now."""

    async def page(request: Request) -> Response:
        remote = request.client.host if request.client else ""
        asked = dict(request.headers.raw)
        try:
            guard.check_host(asked.get(b"host"), remote)
        except Refused as refused:
            return _answer(refused.status, {"detail": refused.reason})
        if request.method == "OPTIONS":
            return _allowed(asked)
        path = request.url.path
        known = table.reply(path, asked.get(b"user-agent", b"")) if request.method == "GET" else None
        if known is not None:
            response = Response(known.body, known.status, media_type=known.content_type.decode())
            response.raw_headers += responses.CORS
            return response
        if path == "/" and request.method in ("GET", "HEAD"):
            return _answer(200, _welcome(url) | _wrong(trouble()))
        found = table.find(path)
        if found is None or found[0] is table.CATCH_ALL:
            said = {"detail": f"There is nothing to see at {path!r}: errors go in, and nothing comes out."}
            return _answer(404, {**said, **_where(url)})
        protocol, _match = found
        said = {
            "detail": f"{request.method} gets nothing here: errors go in, and nothing comes out.",
            "send": protocol.expects,
        }
        return _answer(405, said, {"allow": "POST, OPTIONS"})

    return Starlette(routes=[Mount("/", request_response(page))])


def _welcome(url: str) -> dict[str, object]:
    return {
        "name": NAME,
        "detail": "This is Arecibo, an inbox for errors. Point a client at it; errors show in its window.",
        **_where(url),
    }


def _wrong(trouble: str | None) -> dict[str, object]:
    return {"trouble": trouble} if trouble else {}


def _where(url: str) -> dict[str, object]:
    return {
        "dsn": dsn(url, "my_app"),
        "send": {protocol.name: protocol.expects for protocol in table.PROTOCOLS},
    }


def _answer(status: int, said: Mapping[str, object], headers: dict[str, str] | None = None) -> Response:
    response = JSONResponse(said, status, headers)
    response.raw_headers += responses.CORS
    return response


def _allowed(asked: Mapping[bytes, bytes]) -> Response:
    response = Response(status_code=204)
    response.raw_headers = responses.preflight(asked)
    return response
