"""A request as the `http` command of HTTPie that repeats it, to be pasted into a POSIX shell.

HTTPie reads more into its words than curl does: `name:@file` is a header from a file, `name:=1` is JSON. So
what follows the colon is escaped by its backslash where it would be read so. Source: https://httpie.io/docs/cli
"""

from app.model import Request
from app.request_text import parts
from app.request_text.shell import quoted

_SEPARATORS = ":;=@"


def as_httpie(request: Request) -> str:
    """One header a line. It waits for no input, and sends the body as it is."""
    url = parts.encoded_url(request)
    options = ["http", "--ignore-stdin", *(("--path-as-is",) if parts.has_dots(url) else ())]
    if parts.has_body(request):
        options.append(f"--raw={quoted(parts.body(request))}")
    words = [" ".join((*options, parts.method(request), quoted(_address(url))))]
    words += (quoted(_header(name, value)) for name, value in parts.headers(request))
    return " \\\n  ".join(words)


def _address(url: str) -> str:
    # `:8000` and `-v` mean something else to HTTPie.
    return url if parts.is_web(url) else "http://" + url.lstrip("-:/")


def _header(name: str, value: str) -> str:
    if not value:
        return f"{name};"
    return f"{name}:\\{value}" if value[0] in _SEPARATORS else f"{name}:{value}"
