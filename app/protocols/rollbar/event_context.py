"""The context of an item: the request, the person, breadcrumbs, and where the app ran."""

from typing import Any

from app.model import Breadcrumb, Report, Request
from app.protocols.event import app_request, percent_format, timestamps
from app.protocols.event.app_request import take
from app.protocols.rollbar import platforms, schema
from app.protocols.wire import lenient_json
from app.protocols.wire.notes import Notes

Mapping = dict[str, Any]


def request(item: schema.Item, notes: Notes) -> Request | None:
    """The request that was served; its other fields are kept."""
    parts = app_request.without_empty(item.request or {})
    if parts.get("body") == "{}":
        # What rollbar-gem sends for no body.
        del parts["body"]
    client = (item.client or {}).get("javascript")
    built = app_request.build(
        method=take(parts, "method"),
        url=take(parts, "url"),
        query=take(parts, "query_string") or take(parts, "GET", kinds=(dict,)),
        headers=take(parts, "headers", kinds=(dict,)),
        user_agent=_text(client, "browser"),
        body=take(parts, "body", "POST", "raw_body", kinds=(object,)),
        cookies=take(parts, "cookies", kinds=(dict, str)),
    )
    query = built.query if built else None
    if isinstance(parts.get("GET"), dict) and app_request.repeats(parts["GET"], query):
        del parts["GET"]
    take(parts, "user_ip")
    if parts:
        notes.keep("request", parts)
    return built


def user(item: schema.Item, report: Report) -> Mapping:
    """The person with their address, which a browser leaves to the receiver to fill in."""
    known = {name: value for name, value in (item.person or {}).items() if value is not None}
    address = _text(item.request, "user_ip")
    if address == "$remote_ip":
        address = report.remote
    if address and not address.startswith("$"):
        known.setdefault("ip_address", address)
    return known


def contexts(item: schema.Item, notes: Notes) -> Mapping:
    """Where the app ran: what has no field of its own."""
    server, client = dict(item.server or {}), dict(item.client or {})
    take(server, "host")
    take(server, "history", kinds=(list,))
    if item.timestamp is None:
        take(client, "timestamp", kinds=(str, int, float))
    browser = client.get("javascript")
    if isinstance(browser, dict):
        browser = dict(browser)
        take(browser, "browser")
        client["javascript"] = browser
    runtime = platforms.with_version(item.language)
    found = {
        "runtime": runtime if "version" in runtime else {},
        "framework": platforms.with_version(item.framework),
        "server": app_request.without_empty(server),
        "client": app_request.without_empty(client),
        "attributes": _attributes(item, notes),
    }
    return {name: value for name, value in found.items() if value}


def release(item: schema.Item) -> str | None:
    """The version of the code, from wherever a notifier puts it."""
    client = (item.client or {}).get("javascript")
    return item.code_version or _text(item.server, "code_version") or _text(client, "code_version")


def breadcrumbs(item: schema.Item, notes: Notes) -> tuple[Breadcrumb, ...]:
    """Telemetry of rollbar.js, and the records before this one of pyrollbar's logging handler."""
    crumbs = [_crumb(one, n, notes) for n, one in enumerate((item.body and item.body.telemetry) or ())]
    history = (item.server or {}).get("history")
    for n, record in enumerate(history if isinstance(history, list) else ()):
        if not isinstance(record, dict):
            notes.keep(f"server.history.{n}", record)
            continue
        rest = dict(record)
        template = take(rest, "format")
        crumbs.append(
            Breadcrumb(
                timestamp=_moment(rest.pop("timestamp", None), f"server.history.{n}.timestamp", notes),
                type="log",
                category="log",
                message=percent_format.fill(template, rest.get("args")) if template else None,
                data=app_request.without_empty(rest),
            )
        )
    return tuple(crumbs)


def _attributes(item: schema.Item, notes: Notes) -> dict[str, str]:
    """Ids of sessions and the like, without the one that the mechanism repeats."""
    found = {}
    for n, one in enumerate(item.attributes or []):
        if one.key and one.value is not None:
            found[one.key] = one.value
        elif one.key or one.value:
            notes.keep(f"attributes.{n}", {"key": one.key, "value": one.value})
    if found.get("is_uncaught") == "true":
        del found["is_uncaught"]
    return found


def _crumb(one: schema.Telemetry, number: int, notes: Notes) -> Breadcrumb:
    body = dict(one.body or {})
    data = app_request.without_empty({"uuid": one.uuid} | body)
    if one.source and one.source != "client":
        data["source"] = one.source
    message = take(data, "message")
    return Breadcrumb(
        timestamp=_moment(one.timestamp_ms, f"telemetry.{number}.timestamp_ms", notes),
        type=one.type,
        category=one.type,
        level=one.level,
        message=message or _summary(one.type, body),
        data=data,
    )


def _summary(kind: str | None, body: Mapping) -> str | None:
    """A line for a breadcrumb without a message: the request, the navigation, the element."""
    names = {
        "network": ("method", "url", "status_code"),
        "navigation": ("from", "to"),
        "dom": ("subtype", "element"),
        "connectivity": ("change",),
    }.get(kind or "", ())
    words = [lenient_json.as_text(body[name]) for name in names if body.get(name) is not None]
    return (" → " if kind == "navigation" else " ").join(words) or None


def _moment(value: Any, name: str, notes: Notes) -> Any:
    if value is None:
        return None
    moment = timestamps.parse(value) if isinstance(value, str | int | float) else None
    if moment is None:
        notes.odd(name, value, "a time")
    return moment


def _text(parts: Any, name: str) -> str | None:
    value = parts.get(name) if isinstance(parts, dict) else None
    return value if isinstance(value, str) and value else None
