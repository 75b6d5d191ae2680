"""A request as the `curl` command that repeats it, to be pasted into a POSIX shell.

The request came from outside. So every word is quoted, what would act on the terminal that it is pasted into
is escaped for `printf`, and nothing that curl is given can be taken for an option, for the name of a
file (`@file`), for a pattern of addresses or for another protocol.
"""

import re

from app.model import Request
from app.request_text import parts
from app.request_text.shell import quoted

_PATTERNS = re.compile(r"[][{}]")


def as_curl(request: Request) -> str:
    """One header a line, quoted for a POSIX shell. Values that were filtered stay so."""
    has_body = parts.has_body(request)
    words = [" ".join(("curl", *_method(request, has_body=has_body), *_address(parts.encoded_url(request))))]
    # Cookies not by -b: that would read a file for a cookie whose name begins with @.
    words += (f"-H {quoted(_header(name, value))}" for name, value in parts.headers(request))
    if has_body:
        words.append(f"--data-raw {quoted(parts.body(request))}")
    return " \\\n  ".join(words)


def _method(request: Request, *, has_body: bool) -> tuple[str, ...]:
    method = parts.method(request)
    if method == "HEAD" and not has_body:
        return ("--head",)
    return () if method == "GET" and not has_body else ("-X", method)


def _address(url: str) -> tuple[str, ...]:
    options = [
        *(("--globoff",) if _PATTERNS.search(url) else ()),
        *(("--path-as-is",) if parts.has_dots(url) else ()),
    ]
    if parts.is_web(url):
        return (*options, quoted(url))
    # It may begin with a dash, or name a file of this machine.
    return (*options, "--proto", "=http,https", "--url", quoted(url))


def _header(name: str, value: str) -> str:
    # With a colon and nothing after it, curl would leave a header out.
    return f"{name}: {value}" if value else f"{name};"
