"""What was going on around an error: the request, the user, breadcrumbs, and what the app ran on."""

from typing import Any

from app.model import Breadcrumb, Request
from app.protocols import http_request, lenient_json, moments
from app.protocols.airbrake import schema
from app.protocols.notes import Notes

# What frameworks call the parts of a request in `params.request`; the first that has a value is taken.
_BODIES = ("json", "form", "POST", "data", "body")
_QUERIES = ("query_params", "GET", "query")
_COOKIES = ("cookies", "COOKIES")
_ENVIRONS = ("environ", "META")
_CATEGORIES = {"xhr": "xhr", "log": "console", "location": "navigation"}
_TYPES = {"xhr": "http", "log": "debug", "location": "navigation"}


def request(context: schema.Context, params: dict[str, Any], notes: Notes) -> Request | None:
    """The request that was served, or the page that failed; takes ``request`` out of `params`."""
    given = params.pop("request", None)
    if given is not None and not isinstance(given, dict):
        notes.keep("params.request", given)
        given = None
    parts = {name: value for name, value in (given or {}).items() if value not in (None, "", {}, [])}
    environ = http_request.from_environ(_mapping(parts, _ENVIRONS))
    headers = environ.headers | http_request.header_lines(_mapping(parts, ("headers",)))
    known = {name.lower() for name in headers}
    for name, value in (("User-Agent", context.user_agent), ("Referer", context.referer)):
        if value and name.lower() not in known:
            headers[name] = value
    method = context.method or context.http_method or environ.method or _text(parts, "method")
    query = http_request.query_text(_first(parts, _QUERIES), context.url)
    body, cookies = _first(parts, _BODIES), _first(parts, _COOKIES)
    for name, value in parts.items():
        notes.keep(f"request.{name}", value)
    if not (method or context.url or headers or query or body is not None or cookies or environ.env):
        return None
    return Request(
        method=method,
        url=context.url,
        query=query,
        headers=headers,
        body=body,
        cookies=cookies or environ.cookies,
        env=environ.env,
    )


def _first(parts: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((parts.pop(name) for name in names if name in parts), None)


def _mapping(parts: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    found = next((name for name in names if isinstance(parts.get(name), dict)), None)
    return parts.pop(found) if found else {}


def _text(parts: dict[str, Any], name: str) -> str | None:
    value = parts.get(name)
    return parts.pop(name) if isinstance(value, str) else None


def user(context: schema.Context) -> dict[str, Any]:
    """Who it happened to, and where from."""
    who = context.user
    known = dict(who) if isinstance(who, dict) else {} if who in (None, "") else {"id": who}
    if context.user_addr:
        known.setdefault("ip_address", context.user_addr)
    return {name: value for name, value in known.items() if value is not None}


def breadcrumbs(context: schema.Context, notes: Notes) -> tuple[Breadcrumb, ...]:
    """The history of a page: clicks, requests, ways and what went to the console, oldest first."""
    return tuple(_crumb(dict(entry), n, notes) for n, entry in enumerate(context.history or ()))


def _crumb(entry: dict[str, Any], n: int, notes: Notes) -> Breadcrumb:
    kind = lenient_json.as_text(entry.pop("type", None) or "default")
    date, severity, arguments = entry.pop("date", None), entry.pop("severity", None), entry.get("arguments")
    moment = moments.parse(date) if isinstance(date, (str, float, int)) else None
    if date is not None and moment is None:
        notes.odd(f"context.history.{n}.date", date, "a time")
    message = None
    if isinstance(arguments, list):
        message = " ".join(map(lenient_json.as_text, arguments))
    elif isinstance(entry.get("target"), str):
        message = entry["target"]
    return Breadcrumb(
        timestamp=moment,
        type=_TYPES.get(kind, "ui"),
        category=_CATEGORIES.get(kind, f"ui.{kind}"),
        level=None if severity is None else lenient_json.as_text(severity),
        message=message,
        data=entry,
    )


def contexts(context: schema.Context, params: dict[str, Any], client: str) -> dict[str, Any]:
    """What the app ran on, in Sentry's words; takes what Node's client adds out of `params`."""
    language, _slash, version = (context.language or "").partition("/")
    found: dict[str, dict[str, Any]] = {
        "runtime": {"name": language, "version": version},
        "os": {"name": context.os, "platform": context.platform},
        "device": {"arch": context.architecture},
        "app": {"root_directory": context.root_directory},
    }
    if client == "airbrake-js/node":
        for name in ("os", "process"):
            if isinstance(params.get(name), dict):
                found[name] = found.get(name, {}) | params.pop(name)
    told = {
        name: {key: value for key, value in part.items() if value not in (None, "")}
        for name, part in found.items()
    }
    return {name: part for name, part in told.items() if part}
