"""The context of an error: the request, the user, breadcrumbs, and what the app ran on."""

from typing import Any

from app.model import Breadcrumb, Request
from app.protocols.airbrake import schema
from app.protocols.event import app_request, http_request, timestamps
from app.protocols.wire import lenient_json
from app.protocols.wire.notes import Notes

# What frameworks call the parts of a request in `params.request`; the first that has a value is taken.
_BODIES = ("json", "form", "POST", "data", "body")
_QUERIES = ("query_params", "GET", "query")
_COOKIES = ("cookies", "COOKIES")
_ENVIRONS = ("environ", "META")
_CATEGORIES = {"xhr": "xhr", "log": "console", "location": "navigation"}
_TYPES = {"xhr": "http", "log": "debug", "location": "navigation"}


def request(context: schema.AirbrakeContext, params: dict[str, Any], notes: Notes) -> Request | None:
    """The request that was served, or the page that failed; takes ``request`` out of `params`."""
    given = params.pop("request", None)
    if given is not None and not isinstance(given, dict):
        notes.odd("params.request", given, "an object")
        given = None
    parts = app_request.without_empty(given or {})
    environ = http_request.from_environ(app_request.take(parts, *_ENVIRONS, kinds=(dict,)) or {})
    headers = environ.headers | http_request.header_lines(
        app_request.take(parts, "headers", kinds=(dict,)) or {}
    )
    if context.referer and "referer" not in map(str.lower, headers):
        headers["Referer"] = context.referer
    method = app_request.take(parts, "method")
    served = app_request.build(
        method=context.method or context.http_method or environ.method or method,
        url=context.url,
        query=app_request.take(parts, *_QUERIES, kinds=(dict, str)),
        headers=headers,
        user_agent=context.user_agent,
        body=app_request.take(parts, *_BODIES, kinds=(object,)),
        cookies=app_request.take(parts, *_COOKIES, kinds=(object,)) or environ.cookies,
        env=environ.env,
    )
    for name, value in parts.items():
        notes.keep(f"request.{name}", value)
    return served


def user(context: schema.AirbrakeContext) -> dict[str, Any]:
    """The user and their address."""
    who = context.user
    known = dict(who) if isinstance(who, dict) else {} if who in (None, "") else {"id": who}
    if context.user_addr:
        known.setdefault("ip_address", context.user_addr)
    return {name: value for name, value in known.items() if value is not None}


def breadcrumbs(context: schema.AirbrakeContext, notes: Notes) -> tuple[Breadcrumb, ...]:
    """The history of a page, oldest first: clicks, requests, navigation, and lines of the console."""
    return tuple(_crumb(dict(entry), n, notes) for n, entry in enumerate(context.history or ()))


def _crumb(entry: dict[str, Any], n: int, notes: Notes) -> Breadcrumb:
    kind = lenient_json.as_text(entry.pop("type", None) or "default")
    date, severity, arguments = entry.pop("date", None), entry.pop("severity", None), entry.get("arguments")
    moment = timestamps.parse(date) if isinstance(date, (str, float, int)) else None
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


def contexts(context: schema.AirbrakeContext, params: dict[str, Any], client: str) -> dict[str, Any]:
    """What the app ran on, as Sentry's contexts; takes what Node's client adds out of `params`."""
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
    known = {
        name: {key: value for key, value in part.items() if value not in (None, "")}
        for name, part in found.items()
    }
    return {name: part for name, part in known.items() if part}
