"""A request as the `curl` command that repeats it, to be pasted into a POSIX shell.

The request came from outside. So every word is quoted, what would act on the terminal that it is pasted into
is escaped for `printf`, and nothing that curl is given can be taken for an option, for the name of a
file (`@file`), for a pattern of addresses or for another protocol.
"""

import re
from shlex import quote
from typing import Any
from urllib.parse import urlencode

from app.model import Request
from ui.detail.value_text import as_text

_LEFT_TO_CURL = frozenset(("content-length", "host", "connection", "accept-encoding"))
_METHOD = re.compile(r"[A-Z][A-Z0-9-]{0,19}")
# RFC 9110, 5.6.2: what a header's name is made of.
_TOKEN = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_PATTERNS = re.compile(r"[][{}]")
_DOTS = re.compile(r"/\.{1,2}(?:[/?#]|$)")


def as_curl(request: Request) -> str:
    """One header a line, quoted for a POSIX shell. Values that the SDK filtered stay as it left them."""
    has_body = request.body not in (None, "", {}, [])
    parts = [" ".join(("curl", *_method(request, has_body=has_body), *_address(full_url(request))))]
    names = {name.lower() for name in request.headers}
    for name, value in request.headers.items():
        if name.lower() not in _LEFT_TO_CURL and _TOKEN.fullmatch(name):
            parts.append(f"-H {_quoted(_header(name, str(value)))}")
    if isinstance(request.cookies, dict) and request.cookies and "cookie" not in names:
        cookies = "; ".join(f"{name}={value}" for name, value in request.cookies.items())
        # Not by -b: that would read a file for a cookie whose name begins with @.
        parts.append(f"-H {_quoted(_header('Cookie', cookies))}")
    if has_body:
        parts.append(f"--data-raw {_quoted(_body(request))}")
    return " \\\n  ".join(parts)


def full_url(request: Request) -> str:
    """The address with its query, once."""
    url = request.url or ""
    if request.query and "?" not in url:
        return f"{url}?{request.query.removeprefix('?')}"
    return url


def _method(request: Request, *, has_body: bool) -> tuple[str, ...]:
    method = (request.method or "GET").upper()
    if method == "HEAD" and not has_body:
        return ("--head",)
    # What is no method at all is left to curl.
    is_explicit = (method != "GET" or has_body) and _METHOD.fullmatch(method)
    return ("-X", method) if is_explicit else ()


def _address(url: str) -> tuple[str, ...]:
    encoded = "".join(_percent(character) for character in url)
    options = [
        *(("--globoff",) if _PATTERNS.search(encoded) else ()),
        *(("--path-as-is",) if _DOTS.search(encoded) else ()),
    ]
    if _WEB.match(encoded):
        return (*options, quote(encoded))
    # It may begin with a dash, or name a file of this machine.
    return (*options, "--proto", "=http,https", "--url", quote(encoded))


def _percent(character: str) -> str:
    if character.isprintable() and character != " ":
        return character
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _header(name: str, value: str) -> str:
    shown = _on_one_line(value)
    # With a colon and nothing after it, curl would leave a header out.
    return f"{name}: {shown}" if shown else f"{name};"


def _on_one_line(text: str) -> str:
    return " ".join(re.split(r"[\r\n\x00]+", text)).strip()


def _quoted(text: str) -> str:
    text = text.replace("\x00", "").encode("utf-8", "replace").decode()
    if all(character.isprintable() or character in "\n\t" for character in text):
        return quote(text)
    # Pasted as they are, such characters would act as key presses in the terminal.
    escaped = "".join(map(_spelled, text))
    escaped = escaped.replace("-", "\\055", 1) if escaped.startswith("-") else escaped
    return f'"$(printf {quote(escaped)})"'


def _spelled(character: str) -> str:
    if character in "\\%":
        return character * 2
    if character.isprintable() or character in "\n\t":
        return character
    return "".join(f"\\{byte:03o}" for byte in character.encode())


def _body(request: Request) -> str:
    body: Any = request.body
    content_type = next((v for k, v in request.headers.items() if k.lower() == "content-type"), "")
    if isinstance(body, dict) and "form-urlencoded" in str(content_type):
        return urlencode(body, doseq=True, errors="replace")
    return as_text(body)
