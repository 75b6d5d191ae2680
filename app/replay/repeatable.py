"""The request of an event as it can be sent again: address, headers and body as text to look at and change.

Clients filter secrets before they send. Each filtered value becomes a placeholder such as `«authorization»`,
for which the person is asked.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from app.model import Request

# Added to what is sent; clients that report headers send it back with the event that it causes.
TOKEN_HEADER = "X-Arecibo-Replay"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
# What clients put in place of a secret: Sentry, Bugsnag, Rollbar, Honeybadger, Rails, Django, Laravel.
_MASKS = re.compile(
    r"\[(?:filtered|redacted|masked|scrubbed)\]|<(?:redacted|masked)>|\*{5,}|X{6,}", re.IGNORECASE
)
_PLACEHOLDER = re.compile(r"«[^»\n]{1,80}»")
# These are the connection's, not the app's; the length is counted again.
_LEFT_OUT = frozenset(
    "host connection content-length transfer-encoding accept-encoding keep-alive upgrade te trailer "
    "sentry-trace baggage traceparent tracestate".split()
) | {TOKEN_HEADER.lower()}
# RFC 9110, 5.6.2: what a header's name is made of.
HEADER_NAME = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)


class Repeatable(Struct, frozen=True, kw_only=True):
    """A request to be sent. `placeholders` are the names that stand in it for filtered values, each once."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    placeholders: tuple[str, ...] = ()


def of(request: Request) -> Repeatable | None:
    """The request of an event; None when it has no address."""
    if not request.url:
        return None
    headers = [
        (name, _marked(_one_line(str(value)), name))
        for name, value in request.headers.items()
        if name.lower() not in _LEFT_OUT and HEADER_NAME.fullmatch(name)
    ]
    if (cookies := _cookies(request)) and not any(name.lower() == "cookie" for name, _value in headers):
        headers.append(("Cookie", cookies))
    body = _body(request)
    method = (request.method or "GET").upper()
    made = Repeatable(
        method=method if HEADER_NAME.fullmatch(method) else "GET",
        url=_with_query(request),
        headers=tuple(headers),
        body=body,
    )
    return replace(made, placeholders=placeholders_in(made))


def placeholders_in(request: Repeatable) -> tuple[str, ...]:
    """The names of the placeholders that stand in a request, in their order, each once."""
    text = "\n".join((request.url, *(value for _name, value in request.headers), request.body))
    return tuple(dict.fromkeys(found[1:-1] for found in _PLACEHOLDER.findall(text)))


def filled(request: Repeatable, values: Mapping[str, str]) -> Repeatable:
    """The request with these values in place of placeholders; one without a value becomes empty."""

    def fill(text: str) -> str:
        return _PLACEHOLDER.sub(lambda found: values.get(found[0][1:-1], ""), text)

    headers = tuple((name, _one_line(fill(value))) for name, value in request.headers)
    return replace(request, url=fill(request.url), headers=headers, body=fill(request.body), placeholders=())


def to_base(request: Repeatable, base: str) -> Repeatable:
    """The same request to another scheme, host and port, such as `http://localhost:5000`."""
    there, here = urlsplit(base), urlsplit(request.url)
    return replace(request, url=urlunsplit((there.scheme, there.netloc, here.path or "/", here.query, "")))


def base_of(url: str) -> str:
    """`http://localhost:5000` of an address; empty when it is none of the web."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and parts.hostname
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if is_web else ""


def _with_query(request: Request) -> str:
    url = (request.url or "").strip()
    query = "" if not request.query or "?" in url else f"?{request.query.removeprefix('?')}"
    return _marked(f"{url}{query}", "url")


def _cookies(request: Request) -> str:
    if isinstance(request.cookies, Mapping):
        pairs = ((_one_line(str(name)), _one_line(str(value))) for name, value in request.cookies.items())
        return "; ".join(f"{name}={_marked(value, name)}" for name, value in pairs)
    return _marked(_one_line(request.cookies), "cookie") if isinstance(request.cookies, str) else ""


def _body(request: Request) -> str:
    body = request.body
    if body in (None, "", {}, []):
        return ""
    if isinstance(body, str):
        return _marked(body, "body")
    content_type = next((v for k, v in request.headers.items() if k.lower() == "content-type"), "")
    marked = _marked_within(body, "body")
    if isinstance(marked, dict) and "form-urlencoded" in str(content_type):
        return urlencode(marked, doseq=True, errors="replace", safe="«»")
    return msgspec.json.format(msgspec.json.encode(marked), indent=2).decode()


def _marked_within(value: Any, name: str) -> Any:
    """`value` with placeholders, named by the keys under which filtered values stand."""
    if isinstance(value, Mapping):
        return {str(key): _marked_within(child, str(key)) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [_marked_within(child, name) for child in value]
    return _marked(value, name) if isinstance(value, str) else value


def _marked(text: str, name: str) -> str:
    placeholder = "«" + re.sub(r"[«»\s]+", " ", name).strip().lower()[:60] + "»"
    return _MASKS.sub(lambda _found: placeholder, text)


def _one_line(text: str) -> str:
    return " ".join(re.split(r"[\r\n\x00]+", text)).strip()
