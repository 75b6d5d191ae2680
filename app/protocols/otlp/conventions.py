"""Reads attributes by OpenTelemetry's semantic conventions, the current and earlier ones.

See https://opentelemetry.io/docs/specs/semconv/. Each function removes the attributes that it reads; the rest
are the app's own (`left_over`).
"""

from typing import Any

from app.model import Frame, Request
from app.protocols.event import dotnet_names, http_request
from app.protocols.event.in_app import is_in_app_code
from app.protocols.wire import lenient_json

_PLATFORMS = {
    "nodejs": "node",
    "webjs": "javascript",
    "dotnet": "csharp",
    "cpp": "native",
    "swift": "cocoa",
    "erlang": "elixir",
}
_LONGEST_TAG = 200
_HEADER = "http.request.header."
# Any of these says that a span served a request; addresses alone are those of a database as well.
_OF_REQUEST = ("http.request.method", "http.method", "url.full", "http.url", "url.path", "http.target")


def take(given: dict[str, Any], *names: str) -> Any:
    """The first value among `names`, removed from `given`; others stay only if they have another value."""
    found = next((value for name in names if (value := given.get(name)) is not None), None)
    for name in names:
        if name in given and given[name] in (None, found):
            del given[name]
    return found


def text_of(given: dict[str, Any], *names: str) -> str | None:
    """As `take`, as text."""
    value = take(given, *names)
    return None if value is None else lenient_json.as_text(value)


def number_of(given: dict[str, Any], *names: str) -> int | None:
    """As `take`, as a whole number; other values stay."""
    for name in names:
        value = given.get(name)
        number = int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 10 else value
        if type(number) is int:
            take(given, *names)
            return number
    return None


def platform(language: str | None) -> str | None:
    """``telemetry.sdk.language`` as Sentry names the platform."""
    return _PLATFORMS.get(language or "", language) or None


def request(given: dict[str, Any]) -> Request | None:
    """The request that the span served."""
    agent = text_of(given, "user_agent.original", "http.user_agent")
    if not any(name in given for name in _OF_REQUEST):
        return Request(headers={"User-Agent": agent}) if agent else None
    headers = {"User-Agent": agent} if agent else {}
    named = [name for name in given if name.startswith(_HEADER)]
    headers |= http_request.header_lines({name.removeprefix(_HEADER): given.pop(name) for name in named})
    client = text_of(given, "client.address", "http.client_ip", "net.peer.ip", "net.sock.peer.addr")
    method = text_of(given, "http.request.method", "http.method")
    url, query = _address(given)
    return Request(
        method=method, url=url, query=query, headers=headers, env={"REMOTE_ADDR": client} if client else {}
    )


def _address(given: dict[str, Any]) -> tuple[str | None, str | None]:
    full = text_of(given, "url.full", "http.url")
    query = text_of(given, "url.query")
    if full is not None:
        return full, http_request.query_text(query, full)
    target = text_of(given, "http.target")
    path = text_of(given, "url.path") or target or "/"
    query = http_request.query_text(query, target)
    whole = f"{path}?{query}" if query and "?" not in path else path
    host = text_of(given, "http.host", "server.address", "net.host.name", "http.server_name")
    if host is None:
        return whole, query
    port = number_of(given, "server.port", "net.host.port")
    scheme = text_of(given, "url.scheme", "http.scheme") or "http"
    at = f"{host}:{port}" if port and ":" not in host else host
    return f"{scheme}://{at}{whole}", query


def user(given: dict[str, Any]) -> dict[str, Any]:
    """The user."""
    found = {
        "id": text_of(given, "user.id", "enduser.id"),
        "username": text_of(given, "user.name"),
        "email": text_of(given, "user.email"),
        "name": text_of(given, "user.full_name"),
        "hash": text_of(given, "user.hash"),
        "pseudonym": text_of(given, "enduser.pseudo.id"),
        "roles": take(given, "user.roles", "enduser.role"),
        "scope": take(given, "enduser.scope"),
    }
    return {name: value for name, value in found.items() if value is not None}


def frame(given: dict[str, Any], platform_name: str | None) -> Frame | None:
    """The place in the code that attributes name, for code of this platform."""
    path = text_of(given, "code.file.path", "code.filepath")
    module = text_of(given, "code.namespace")
    function = text_of(given, "code.function.name", "code.function")
    line = number_of(given, "code.line.number", "code.lineno")
    column = number_of(given, "code.column.number", "code.column")
    if path is None and function is None:
        return None
    if platform_name == "csharp":
        module, function = dotnet_names.demangled(module, function)
    return Frame(
        filename=path,
        abs_path=path,
        module=module,
        function=function,
        line=line,
        column=column,
        in_app=is_in_app_code(path, module, function, platform_name),
    )


def left_over(given: dict[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """What is left as tags, and what is too large or too structured to be one."""
    tags, extra = {}, {}
    for name, value in given.items():
        if isinstance(value, bool):
            tags[name] = lenient_json.as_text(value)
        elif isinstance(value, str) and 0 < len(value) <= _LONGEST_TAG and value.isprintable():
            tags[name] = value
        elif value is not None:
            extra[name] = value
    return tags, extra
