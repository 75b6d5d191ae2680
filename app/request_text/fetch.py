"""A request as a call of `fetch` in JavaScript, for a browser's console, Node or Deno."""

from json import dumps

from app.model import Request
from app.request_text import parts


def as_fetch(request: Request) -> str:
    """`await fetch(…)`. Every text is a string literal of ASCII, in which nothing ends a script or a line."""
    method = parts.method(request)
    options = [f"  method: {_literal(method)},"]
    if headers := parts.headers(request):
        lines = [f"    {_literal(name)}: {_literal(_in_latin(value))}," for name, value in headers]
        options += ["  headers: {", *lines, "  },"]
    # `fetch` refuses to send a body by these methods.
    if parts.has_body(request) and method not in ("GET", "HEAD"):
        options.append(f"  body: {_literal(parts.body(request))},")
    return "\n".join((f"await fetch({_literal(parts.encoded_url(request))}, {{", *options, "});"))


def _in_latin(value: str) -> str:
    """A header's value as the bytes of its UTF-8, as other programs send it: `fetch` refuses others."""
    return value if value.isascii() else value.encode("utf-8", "replace").decode("latin-1")


def _literal(text: str) -> str:
    return dumps(text).replace("<", "\\u003c").replace("\x7f", "\\u007f")
