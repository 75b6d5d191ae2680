"""The request of an event, as a test sends it again to an app of this machine."""

import re
from typing import Any
from urllib.parse import urlencode, urlsplit

from msgspec import Struct

from app.model import Event
from app.request_text.parts import full_url
from app.sharing import words

DEFAULT_BASE = "http://127.0.0.1:8000"
_METHOD = re.compile(r"[A-Z]{1,20}")
_TOKEN = re.compile(r"[\w!#$%&'*+.^`|~-]{1,200}", re.ASCII)
# The client of the test makes these itself.
_LEFT_OUT = frozenset(("host", "content-length", "connection", "accept-encoding", "transfer-encoding"))
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
MOST_HEADERS = 60


class HttpCase(Struct, frozen=True):
    """A request: `target` is path and query; `base` names an app of this machine."""

    method: str
    base: str
    target: str
    headers: dict[str, str]
    content_type: str
    body: str


def of_event(event: Event) -> HttpCase | None:
    """The event's request; None where it has none, or no address."""
    request = event.request
    if request is None or not (request.url or request.query):
        return None
    method = (request.method or "GET").upper()
    base, target = _address(full_url(request))
    headers: dict[str, str] = {}
    content_type = ""
    for name, value in request.headers.items():
        clean = " ".join(str(value).split())
        if name.lower() == "content-type":
            content_type = clean
        elif name.lower() not in _LEFT_OUT and _TOKEN.fullmatch(name) and len(headers) < MOST_HEADERS:
            headers[name] = clean.encode("latin-1", "replace").decode("latin-1")
    return HttpCase(
        method=method if _METHOD.fullmatch(method) else "GET",
        base=base,
        target=target,
        headers=headers,
        content_type=content_type.encode("latin-1", "replace").decode("latin-1"),
        body=_body(request.body, content_type),
    )


def _address(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return DEFAULT_BASE, "/"
    path = "".join(character if "!" <= character <= "~" else _percent(character) for character in parts.path)
    query = "".join(
        character if "!" <= character <= "~" else _percent(character) for character in parts.query
    )
    # With two slashes a path would name a host.
    target = "/" + path.lstrip("/\\") + (f"?{query}" if query else "")
    if host in _LOOPBACK and parts.scheme in ("http", "https"):
        shown = f"[{host}]" if ":" in host else host
        return f"{parts.scheme}://{shown}" + (f":{port}" if port else ""), target
    return DEFAULT_BASE, target


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _body(body: Any, content_type: str) -> str:
    if body in (None, "", {}, []):
        return ""
    if isinstance(body, dict) and "form-urlencoded" in content_type:
        return urlencode(body, doseq=True, errors="replace")
    return words.value_block(body)
