"""The context of an error: the request, the user, breadcrumbs, and where the app ran."""

from typing import Any

from app.model import Breadcrumb, Request
from app.protocols.event import app_request, http_request, timestamps
from app.protocols.honeybadger import schema
from app.protocols.wire.notes import Notes

_USER = {"user_id": "id", "user_email": "email", "user_name": "username"}
_OF_ASGI = ("method", "url", "query_string", "headers", "client")


def request(wire: schema.HoneybadgerRequest, context: dict[str, Any]) -> Request | None:
    """The request that was served, or the page that failed.

    ASGI's middleware puts it into the context: then it is taken out of `context`.
    """
    environ = http_request.from_environ(wire.cgi_data or {})
    asgi = _of_asgi(context)
    query, client = asgi.get("query_string"), asgi.get("client")
    return app_request.build(
        method=environ.method or asgi.get("method"),
        url=wire.url or asgi.get("url"),
        query=query if isinstance(query, str) else None,
        headers=environ.headers | asgi.get("headers", {}),
        body=wire.params,
        cookies=environ.cookies,
        env=environ.env | ({"client": client} if client else {}),
    )


def _of_asgi(context: dict[str, Any]) -> dict[str, Any]:
    texts = (context.get("method"), context.get("url"))
    if not isinstance(context.get("headers"), dict) or not all(isinstance(text, str) for text in texts):
        return {}
    return {name: context.pop(name) for name in _OF_ASGI if name in context}


def user(context: dict[str, Any]) -> dict[str, Any]:
    """The user; taken out of `context`."""
    return {ours: context.pop(name) for name, ours in _USER.items() if context.get(name) is not None}


def breadcrumbs(wire: schema.HoneybadgerBreadcrumbs | None, notes: Notes) -> tuple[Breadcrumb, ...]:
    """What happened before, oldest first as it came."""
    return tuple(_crumb(crumb, n, notes) for n, crumb in enumerate((wire.trail if wire else None) or ()))


def _crumb(wire: schema.HoneybadgerCrumb, n: int, notes: Notes) -> Breadcrumb:
    moment = None
    if wire.timestamp is not None:
        moment = timestamps.parse(wire.timestamp)
        if moment is None:
            notes.odd(f"breadcrumbs.trail.{n}.timestamp", wire.timestamp, "a time")
    return Breadcrumb(
        timestamp=moment, category=wire.category, message=wire.message, data=wire.metadata or {}
    )


def transaction(wire: schema.HoneybadgerRequest) -> str | None:
    """``component#action``, or the one that is there."""
    component = None if wire.component == "unhandledRejection" else wire.component
    return "#".join(part for part in (component, wire.action) if part) or None


def root(server: schema.Server) -> str | None:
    """The folder of the project, which the client of Ruby wraps in an object."""
    folder = server.project_root
    if isinstance(folder, dict):
        folder = folder.get("path")
    return folder if isinstance(folder, str) else None


def contexts(server: schema.Server) -> dict[str, Any]:
    """Where the app ran: what has no field of its own."""
    parts = {"project_root": server.project_root, "pid": server.pid, "stats": server.stats}
    known = {name: value for name, value in parts.items() if value not in (None, {}, "")}
    return {"server": known} if known else {}
