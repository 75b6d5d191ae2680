"""A request as the `curl` command that repeats it."""

from shlex import quote
from typing import Any
from urllib.parse import urlencode

from app.model import Request
from ui.detail.plain_text import as_text

_LEFT_TO_CURL = frozenset(("content-length", "host", "connection", "accept-encoding"))


def as_curl(request: Request) -> str:
    """One header a line, quoted for a POSIX shell. Values that the SDK filtered stay as it left them."""
    parts = [f"curl {quote(full_url(request))}"]
    method = (request.method or "GET").upper()
    if method != "GET" or request.body not in (None, "", {}, []):
        parts[0] = f"curl -X {quote(method)} {quote(full_url(request))}"
    names = {name.lower() for name in request.headers}
    for name, value in request.headers.items():
        if name.lower() not in _LEFT_TO_CURL:
            parts.append(f"-H {quote(f'{name}: {value}')}")
    if isinstance(request.cookies, dict) and request.cookies and "cookie" not in names:
        parts.append(f"-b {quote('; '.join(f'{name}={value}' for name, value in request.cookies.items()))}")
    if request.body not in (None, "", {}, []):
        parts.append(f"--data-raw {quote(_body(request))}")
    return " \\\n  ".join(parts)


def full_url(request: Request) -> str:
    """The address with its query, once."""
    url = request.url or ""
    if request.query and "?" not in url:
        return f"{url}?{request.query.removeprefix('?')}"
    return url


def _body(request: Request) -> str:
    body: Any = request.body
    content_type = next((v for k, v in request.headers.items() if k.lower() == "content-type"), "")
    if isinstance(body, dict) and "form-urlencoded" in str(content_type):
        return urlencode(body, doseq=True)
    return as_text(body)
