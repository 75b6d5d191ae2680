"""The context of an error: the request, the user and breadcrumbs."""

from typing import Any

from app.model import Breadcrumb, Request
from app.protocols.event import app_request, http_request, timestamps
from app.protocols.raygun import schema
from app.protocols.raygun.errors import NODE
from app.protocols.wire.notes import Notes

_EMPTY: tuple[Any, ...] = (None, "", {}, [])


def request(wire: schema.RaygunRequest, client: str, notes: Notes) -> Request | None:
    """The request that was served, or the page that failed."""
    headers = wire.headers or {}
    # Django's middleware of Python's client puts everything that it has into the headers.
    environ = (
        http_request.from_environ(headers) if http_request.is_environ(headers) else http_request.Environ()
    )
    query, form, raw = wire.query_string, wire.form, wire.raw_data
    if client == NODE:
        query, form = _lists(query), _lists(form)
    if query not in _EMPTY and not isinstance(query, (dict, str)):
        notes.odd("details.request.queryString", query, "an object or text")
        query = None
    if form not in _EMPTY and raw not in _EMPTY:
        notes.keep("details.request.rawData", raw)
    return app_request.build(
        method=wire.http_method or environ.method,
        url=_url(wire),
        query=query or None,
        headers=environ.headers or headers,
        body=raw if form in _EMPTY else form,
        cookies=wire.cookies,
        env=environ.env | (wire.data or {}),
    )


def _url(wire: schema.RaygunRequest) -> str | None:
    """The address. Host and path come apart, and no client says the scheme: in development it is http."""
    if not wire.url or not wire.url.startswith("/") or not wire.host_name:
        return wire.url or wire.host_name
    named = {name.lower(): value for name, value in (wire.headers or {}).items()}
    host = named.get("host") or named.get("http_host")
    if not isinstance(host, str) or not host.startswith(wire.host_name):
        host = wire.host_name
    return f"{host}{wire.url}" if "://" in host else f"http://{host}{wire.url}"


def _lists(value: Any, depth: int = 0) -> Any:
    """Lists that Node's client has made objects of, while it filtered: ``{"0": 1, "1": 2}``."""
    if not isinstance(value, dict) or depth > 50:
        return value
    inner = {name: _lists(part, depth + 1) for name, part in value.items()}
    if inner and list(inner) == [str(n) for n in range(len(inner))]:
        return list(inner.values())
    return inner


def user(who: schema.User | str | None, address: str | None, kept: dict[str, Any]) -> dict[str, Any]:
    """The user; `kept` is what else the client said of them."""
    if isinstance(who, schema.User):
        known = {"id": who.identifier, "email": who.email, "name": who.full_name, **kept}
    else:
        known = {"id": who}
    known["ip_address"] = address
    return {name: value for name, value in known.items() if value not in _EMPTY}


def breadcrumbs(crumbs: list[schema.RaygunCrumb] | None, notes: Notes) -> tuple[Breadcrumb, ...]:
    """What happened before, oldest first as it came."""
    return tuple(_crumb(crumb, n, notes) for n, crumb in enumerate(crumbs or ()))


def _crumb(wire: schema.RaygunCrumb, n: int, notes: Notes) -> Breadcrumb:
    moment = None
    if wire.timestamp is not None:
        moment = timestamps.parse(wire.timestamp)
        if moment is None:
            notes.odd(f"details.breadcrumbs.{n}.timestamp", wire.timestamp, "a time")
    place = {"file": wire.class_name, "function": wire.method_name, "line": wire.line_number}
    custom = wire.custom_data
    data = dict(custom) if isinstance(custom, dict) else {} if custom in _EMPTY else {"customData": custom}
    return Breadcrumb(
        timestamp=moment,
        type=wire.type,
        category=wire.category or wire.type,
        level=str(wire.level) if wire.level is not None else None,
        message=wire.message,
        data={**{name: value for name, value in place.items() if value is not None}, **data},
    )
