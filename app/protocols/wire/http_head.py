"""Reads the head of a stored report: the request line and the headers, as in HTTP/1.1."""

import re
from functools import cache
from urllib.parse import parse_qsl

_MOST = 1000


def header(head: bytes, name: str) -> str:
    """The value of the first header called `name`, in any case; empty when there is none."""
    match = _line(name).search(head)
    return match[1].strip().decode("latin-1") if match else ""


def query(head: bytes) -> dict[str, str]:
    """The query parameters of the request line, the first value of each name."""
    encoded = head.partition(b"\r\n")[0].partition(b"?")[2].rpartition(b" ")[0]
    try:
        pairs = parse_qsl(encoded.decode("latin-1"), keep_blank_values=True, max_num_fields=_MOST)
    except ValueError:
        # More parameters than any client sends on purpose.
        return {}
    return dict(reversed(pairs))


@cache
def _line(name: str) -> re.Pattern[bytes]:
    return re.compile(
        rb"\r\n[ \t]*%b[ \t]*:([^\r\n]*)" % re.escape(name.encode("latin-1", "replace")), re.IGNORECASE
    )
