"""Parts of an HTTP request, from the shapes in which notifiers send them."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from msgspec import Struct

from app.protocols.wire import lenient_json

# Flask's plugin of Honeybadger sends headers as they are among the rest.
_HEADER = re.compile(
    r"[A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+|Accept|Authorization|Connection|Cookie|Host|Origin|Referer"
)
_ALSO_HEADERS = ("CONTENT_TYPE", "CONTENT_LENGTH")


class Environ(Struct, frozen=True):
    """An environment of CGI or WSGI, taken apart."""

    method: str | None = None
    headers: dict[str, str] = {}
    cookies: Any = None
    env: dict[str, Any] = {}


def query_text(query: Any, url: str | None = None) -> str | None:
    """A query as text, from text or from names and values; else the one in `url`."""
    if isinstance(query, str) and query:
        return query.removeprefix("?")
    if isinstance(query, Mapping) and query:
        return urlencode({name: _words(value) for name, value in query.items()}, doseq=True)
    return (url or "").partition("#")[0].partition("?")[2] or None


def header_lines(headers: Mapping[str, Any]) -> dict[str, str]:
    """Each header as one line; those without a value say nothing."""
    return {
        name: ", ".join(map(lenient_json.as_text, value))
        if isinstance(value, list)
        else lenient_json.as_text(value)
        for name, value in headers.items()
        if value is not None
    }


def is_environ(values: Mapping[str, Any]) -> bool:
    """Whether `values` is an environment of CGI or WSGI, rather than headers."""
    return "REQUEST_METHOD" in values or any(name.startswith("HTTP_") for name in values)


def from_environ(values: Mapping[str, Any]) -> Environ:
    """``{"REQUEST_METHOD": …, "HTTP_USER_AGENT": …}`` as method, headers and the rest.

    What looks like a header already, with a name such as ``Content-Length``, is one.
    """
    headers: dict[str, Any] = {}
    env: dict[str, Any] = {}
    method = cookies = None
    for name, value in values.items():
        if name == "REQUEST_METHOD" and isinstance(value, str):
            method = value
        elif name == "HTTP_COOKIE" and isinstance(value, dict):
            cookies = value
        elif name.startswith("HTTP_") or name in _ALSO_HEADERS:
            headers[name.removeprefix("HTTP_").replace("_", "-").title()] = value
        elif _HEADER.fullmatch(name):
            headers[name] = value
        else:
            env[name] = value
    return Environ(method, header_lines(headers), cookies, env)


def _words(value: Any) -> str | list[str]:
    return [*map(lenient_json.as_text, value)] if isinstance(value, list) else lenient_json.as_text(value)
