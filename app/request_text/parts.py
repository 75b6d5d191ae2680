"""The parts of a request that a client program sends again: method, address, headers, body."""

import re
from typing import Any
from urllib.parse import urlencode

from msgspec import json

from app.model import Request
from app.secrets_in_text import FILTERED

# The program that sends sets these itself.
_LEFT_TO_CLIENT = frozenset(("content-length", "host", "connection", "accept-encoding"))
_METHOD = re.compile(r"[A-Z][A-Z0-9-]{0,19}")
# RFC 9110, 5.6.2: what a header's name is made of.
_TOKEN = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_DOTS = re.compile(r"/\.{1,2}(?:[/?#]|$)")


def full_url(request: Request) -> str:
    """The address with its query, once."""
    url = request.url or ""
    if request.query and "?" not in url:
        return f"{url}?{request.query.removeprefix('?')}"
    return url


def encoded_url(request: Request) -> str:
    """`full_url` with what no address may hold percent-encoded."""
    return "".join(_percent(character) for character in full_url(request))


def is_web(url: str) -> bool:
    """Whether it is an address of the web with a host: no option, no file, no other protocol."""
    return _WEB.match(url) is not None


def has_dots(url: str) -> bool:
    """Whether `.` or `..` stand as a part of its path, which programs take out unasked."""
    return _DOTS.search(url) is not None


def method(request: Request) -> str:
    """In capitals. Where the client named nothing that is one: GET, and POST if there is a body."""
    named = (request.method or "").upper()
    return named if _METHOD.fullmatch(named) else "POST" if has_body(request) else "GET"


def has_body(request: Request) -> bool:
    """Whether there is anything to send after the headers."""
    return request.body not in (None, "", {}, [])


def headers(request: Request) -> list[tuple[str, str]]:
    """Names and values, each on one line. Cookies that came apart from the headers are one of them."""
    found = [
        (name, _on_one_line(str(value)))
        for name, value in request.headers.items()
        if name.lower() not in _LEFT_TO_CLIENT and _TOKEN.fullmatch(name)
    ]
    if "cookie" not in {name.lower() for name in request.headers}:
        cookies = request.cookies
        if isinstance(cookies, dict):
            cookies = "; ".join(f"{name}={value}" for name, value in cookies.items())
        if isinstance(cookies, str) and cookies:
            found.append(("Cookie", _on_one_line(cookies)))
    return found


def content_type(request: Request) -> str:
    """The media type of the body in lower case, with its parameters; empty where it is not said."""
    return next((str(v) for k, v in request.headers.items() if k.lower() == "content-type"), "")


def body(request: Request) -> str:
    """The body as text. What the client took apart is put together again: as a form, else as JSON."""
    sent = request.body
    if isinstance(sent, str):
        return sent
    if isinstance(sent, dict) and "form-urlencoded" in content_type(request).lower():
        return urlencode(sent, doseq=True, errors="replace")
    return as_json(sent)


def as_json(value: Any) -> str:
    """A value as JSON over several lines."""
    try:
        return json.format(json.encode(value), indent=2).decode()
    except (TypeError, ValueError, RecursionError):
        return repr(value)


def filtered(request: Request) -> list[str]:
    """What of the request is hidden: `Authorization`, `Cookie`, `body`."""
    names = [name for name, value in headers(request) if FILTERED in value]
    if FILTERED in full_url(request):
        names.insert(0, "URL")
    if has_body(request) and FILTERED in body(request):
        names.append("body")
    return names


def _percent(character: str) -> str:
    if character.isprintable() and character != " ":
        return character
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _on_one_line(text: str) -> str:
    return " ".join(re.split(r"[\r\n\x00]+", text)).strip()
