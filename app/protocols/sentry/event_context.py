"""The context of an event: breadcrumbs, the request, tags, modules and the client itself."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from app.model import Breadcrumb, Request, Sdk
from app.protocols.event import timestamps
from app.protocols.sentry import schema
from app.protocols.wire import lenient_json
from app.protocols.wire.notes import Notes

_TEXT = frozenset((str,))
_NO_REQUEST = Request()


def breadcrumbs(
    part: schema.SentryBreadcrumbs | list[schema.SentryBreadcrumb], notes: Notes
) -> tuple[Breadcrumb, ...]:
    """What happened before, oldest first as it came."""
    crumbs = []
    for n, wire in enumerate((part.values if isinstance(part, schema.SentryBreadcrumbs) else part) or ()):
        moment = None
        data = wire.data or {}
        if wire.timestamp is not None:
            moment = timestamps.parse(wire.timestamp)
            if moment is None:
                notes.odd(f"breadcrumbs.{n}.timestamp", wire.timestamp, "a time")
        if wire.event_id is not None:
            data = {**data, "event_id": wire.event_id}
        crumbs.append(
            Breadcrumb(
                timestamp=moment,
                type=wire.type,
                category=wire.category,
                level=wire.level,
                message=wire.message,
                data=data,
            )
        )
    return tuple(crumbs)


def request(wire: schema.SentryRequest, notes: Notes) -> Request | None:
    """The request, its query as text and each header as one line; None when it is empty."""
    found = Request(
        method=wire.method,
        url=wire.url,
        query=_query(wire.query_string, notes),
        headers=_headers(wire.headers, notes) if wire.headers else {},
        body=None if wire.data == [] else wire.data,
        cookies=wire.cookies or None,
        env=wire.env or {},
    )
    return None if found == _NO_REQUEST else found


def _query(value: Any, notes: Notes) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, dict):
        return urlencode({key: _words(item) for key, item in value.items()}, doseq=True)
    if isinstance(value, list) and all(_is_pair(item) for item in value):
        return urlencode([(lenient_json.as_text(key), _words(item)) for key, item in value], doseq=True)
    notes.odd("request.query_string", value, "text or pairs")
    return None


def _words(value: Any) -> str | list[str]:
    return [*map(lenient_json.as_text, value)] if isinstance(value, list) else lenient_json.as_text(value)


def _headers(value: dict[str, Any] | list[Any], notes: Notes) -> dict[str, str]:
    if isinstance(value, dict) and _TEXT.issuperset(map(type, value.values())):
        return value
    pairs = value.items() if isinstance(value, dict) else _pairs(value, "request.headers", notes)
    headers: dict[str, str] = {}
    for name, text in pairs:
        values = text if isinstance(text, list) else [text]
        line = text if type(text) is str else ", ".join(map(lenient_json.as_text, values))
        headers[name] = f"{headers[name]}, {line}" if name in headers else line
    return headers


def user(wire: schema.Mapping, remote: str) -> dict[str, Any]:
    """The user, with the sender's address where the client leaves it to the server (``{{auto}}``)."""
    return {**wire, "ip_address": remote} if wire.get("ip_address") == "{{auto}}" and remote else wire


def tags(value: dict[str, Any] | list[Any], notes: Notes) -> dict[str, str]:
    """The tags, which are an object or pairs, as text; those without a value say nothing."""
    if isinstance(value, dict) and _TEXT.issuperset(map(type, value.values())):
        return value
    pairs = value.items() if isinstance(value, dict) else _pairs(value, "tags", notes)
    return {
        name: text if type(text) is str else lenient_json.as_text(text)
        for name, text in pairs
        if text is not None
    }


def _pairs(value: Sequence[Any], name: str, notes: Notes) -> list[tuple[str, Any]]:
    pairs = []
    for n, item in enumerate(value):
        if _is_pair(item):
            pairs.append((lenient_json.as_text(item[0]), item[1]))
        elif isinstance(item, dict) and "key" in item:
            pairs.append((lenient_json.as_text(item["key"]), item.get("value")))
        elif item is not None:
            notes.odd(f"{name}.{n}", item, "a pair")
    return pairs


def _is_pair(item: Any) -> bool:
    return isinstance(item, list) and len(item) == 2


def modules(value: dict[str, str | None]) -> dict[str, str]:
    """The versions of what was installed, by name."""
    if None in value.values():
        return {name: version or "" for name, version in value.items()}
    return value  # type: ignore[return-value]  # no None is left


def sdk(value: dict[str, Any], notes: Notes) -> Sdk:
    """The client; what else it says of itself is kept in extra."""
    name, version = value.get("name"), value.get("version")
    rest = {
        key: item
        for key, item in value.items()
        if key not in {"name", "version"} or not isinstance(item, str | None)
    }
    if rest:
        notes.keep("sdk", rest)
    return Sdk(
        name=name if type(name) is str else None,
        version=version if type(version) is str else None,
    )
