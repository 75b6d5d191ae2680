"""The context of an event: the request, the user, breadcrumbs, and where the app ran."""

from typing import Any

from app.model import Breadcrumb, Request
from app.protocols.bugsnag import schema
from app.protocols.event import app_request, timestamps
from app.protocols.event.app_request import take
from app.protocols.wire import lenient_json
from app.protocols.wire.notes import Notes

Mapping = dict[str, Any]

# The parts of a request by the names that notifiers give them; the first that has a value counts.
_METHOD = ("httpMethod", "method")
_BODY = ("body", "data", "POST")
_QUERY = ("query", "GET", "query_string")


def request(wire: schema.BugsnagEvent, extra: Mapping) -> Request | None:
    """The request, from the event's own and from the tab "request", of which the rest stays in `extra`."""
    parts = _request_parts(wire)
    extra.pop("request", None)
    built = app_request.build(
        method=take(parts, *_METHOD),
        url=take(parts, "url"),
        query=take(parts, *_QUERY, kinds=(str, dict)),
        headers=take(parts, "headers", kinds=(dict,)),
        user_agent=take(parts, "userAgent") or _text(wire.device, "userAgent"),
        body=take(parts, *_BODY, kinds=(object,)),
        cookies=take(parts, "cookies", "cookie", kinds=(str, dict)),
    )
    take(parts, "clientIp")
    if built is not None:
        for name, shown in (("path", built.url or ""), ("referer", built.headers.values())):
            if isinstance(parts.get(name), str) and parts[name] in shown:
                del parts[name]
    if parts:
        extra["request"] = parts
    return built


def user(wire: schema.BugsnagEvent) -> Mapping:
    """The user, and where the request came from."""
    known = {name: value for name, value in (wire.user or {}).items() if value is not None}
    if wire.user_id is not None:
        known.setdefault("id", wire.user_id)
    address = _text(_request_parts(wire), "clientIp")
    if address:
        known.setdefault("ip_address", address)
    return known


def contexts(wire: schema.BugsnagEvent, platform: str | None) -> Mapping:
    """Where the app ran: what has no field of its own."""
    app, device = dict(wire.app or {}), dict(wire.device or {})
    versions = take(device, "runtimeVersions", kinds=(dict,)) or {}
    for name in ("version", "releaseStage"):
        app.pop(name, None)
    for name in ("hostname", "time"):
        device.pop(name, None)
    take(device, "userAgent")
    app |= {"projectRoot": wire.project_root, "libRoot": wire.lib_root}
    system = {"name": device.pop("osName", None), "version": device.pop("osVersion", None)}
    correlation = dict(wire.correlation or {})
    trace = {"trace_id": correlation.pop("traceId", None), "span_id": correlation.pop("spanId", None)}
    found = {
        "runtime": {"name": platform, "version": versions[platform]} if platform in versions else {},
        "os": _without_nulls(system),
        "app": _without_nulls(app),
        "device": _without_nulls(device),
        "trace": _without_nulls(trace | correlation),
        "response": wire.response,
        # "session" alone would be taken for a secret.
        "app_session": wire.session,
    }
    return {name: value for name, value in found.items() if value}


def modules(wire: schema.BugsnagEvent, platform: str | None) -> dict[str, str]:
    """The versions of frameworks, by name."""
    versions = (wire.device or {}).get("runtimeVersions")
    return {
        name: lenient_json.as_text(version)
        for name, version in (versions.items() if isinstance(versions, dict) else ())
        if name != platform and version is not None
    }


def tags(wire: schema.BugsnagEvent, notes: Notes) -> dict[str, str]:
    """The feature flags: each with its variant."""
    found = {}
    for n, flag in enumerate(wire.feature_flags or []):
        if flag.feature_flag:
            found[flag.feature_flag] = flag.variant or "true"
        elif flag.variant:
            notes.keep(f"featureFlags.{n}.variant", flag.variant)
    return found


def breadcrumbs(wire: schema.BugsnagEvent, notes: Notes) -> tuple[Breadcrumb, ...]:
    """What happened before, oldest first as it came."""
    crumbs = []
    for n, one in enumerate(wire.breadcrumbs or []):
        moment = timestamps.parse(one.timestamp) if one.timestamp is not None else None
        if one.timestamp is not None and moment is None:
            notes.odd(f"breadcrumbs.{n}.timestamp", one.timestamp, "a time")
        data = one.meta_data or {}
        if one.name and one.message and one.message != one.name:
            data = {**data, "message": one.message}
        crumbs.append(
            Breadcrumb(
                timestamp=moment,
                type=one.type,
                category=one.type,
                level="error" if one.type == "error" else None,
                message=one.name or one.message,
                data=data,
            )
        )
    return tuple(crumbs)


def _request_parts(wire: schema.BugsnagEvent) -> Mapping:
    """The parts of the request; the notifiers for Python, PHP, Ruby and Java send them in a tab."""
    tab = (wire.meta_data or {}).get("request")
    parts = {**(tab if isinstance(tab, dict) else {"request": tab}), **(wire.request or {})}
    return app_request.without_empty(parts)


def _text(parts: Mapping | None, name: str) -> str | None:
    value = (parts or {}).get(name)
    return value if isinstance(value, str) and value else None


def _without_nulls(values: Mapping) -> Mapping:
    return {name: value for name, value in values.items() if value is not None}
