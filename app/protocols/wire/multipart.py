"""Takes a multipart body apart, of forms with files: the content of a part is bytes, and stays as it came.

The standard library's parser of mails reads a body line by line as text, which takes seconds and a multiple
of the memory for a crash dump of some megabytes. Source: RFC 7578, RFC 2046 section 5.1.
"""

import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec import Struct

MOST_PARTS = 1_000
_LONGEST_HEAD = 1 << 14
_LONGEST_NAME = 1_000
_BOUNDARY = re.compile(r"boundary=(?:\"([^\"\r\n]{1,200})\"|([^\s\";,]{1,200}))", re.IGNORECASE)
_PARAMETER = re.compile(r";\s*([\w*-]{1,40})=(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;\"]*))")


class Part(Struct, frozen=True):
    """One part: the name of its field, the name of its file (None where it is none), and what it holds."""

    name: str
    filename: str | None
    content_type: str
    content: bytes


def is_multipart(body: bytes) -> bool:
    """Whether the body begins as a multipart form does: its header may be missing."""
    return body.startswith(b"--")


def parts(body: bytes, content_type: str) -> Iterator[Part]:
    """The parts in their order, a thousand at most. Raises nothing: what is no multipart has none.

    `content_type` names the boundary; without it, and where it does not occur, the body's first line does.
    The last part may lack its end, as in a body that was cut.
    """
    mark = _mark(body, content_type)
    found = _next_mark(body, mark, 0) if mark else None
    for _number in range(MOST_PARTS):
        if found is None or found[2]:
            return
        start = found[1]
        found = _next_mark(body, mark, start)
        part = _part(body, start, len(body) if found is None else found[0])
        if part is not None:
            yield part


def _mark(body: bytes, content_type: str) -> bytes:
    named = _BOUNDARY.search(content_type)
    if named is not None:
        mark = b"--" + (named[1] or named[2]).encode("latin-1", "replace")
        if mark in body:
            return mark
    first = body[:300].partition(b"\n")[0].strip()
    return first if first.startswith(b"--") and len(first) > 2 else b""


def _next_mark(body: bytes, mark: bytes, start: int) -> tuple[int, int, bool] | None:
    """Where the next boundary's line begins and ends, with the line end before it; whether it is the last.

    What only begins like the boundary, or stands within a line, is content.
    """
    at = body.find(mark, start)
    while at >= 0:
        behind = at + len(mark)
        end = body.find(b"\n", behind, behind + 80)
        rest = body[behind : behind + 80 if end < 0 else end].strip()
        is_line = at == 0 or body[at - 1 : at] == b"\n"
        if is_line and rest in (b"", b"--") and (end >= 0 or rest == b"--" or behind + 80 >= len(body)):
            before = at - 1 if at else 0
            before -= body[before - 1 : before] == b"\r" and before > start
            return max(before, start), len(body) if end < 0 else end + 1, rest == b"--"
        at = body.find(mark, behind)
    return None


def _part(body: bytes, start: int, end: int) -> Part | None:
    """The part between two boundaries; None where it has no name."""
    head_end, content_start = _end_of_head(body, start, end)
    headers: dict[str, str] = {}
    for line in body[start:head_end].decode("utf-8", "replace").splitlines():
        name, _colon, value = line.partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    said = _parameters(headers.get("content-disposition", ""))
    if "name" not in said:
        return None
    content = _decoded(body[content_start:end], headers.get("content-transfer-encoding", ""))
    return Part(said["name"], said.get("filename"), headers.get("content-type", ""), content)


def _end_of_head(body: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the header lines end, and where what they describe begins."""
    for blank in (b"\r\n\r\n", b"\n\n"):
        at = body.find(blank, start, min(end, start + _LONGEST_HEAD))
        if at >= 0:
            return at, at + len(blank)
    return end, end


def _parameters(disposition: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, quoted, plain in _PARAMETER.findall(disposition):
        value = re.sub(r"\\([\"\\])", r"\1", quoted) or plain
        lowered = name.lower()
        if lowered.endswith("*"):
            # RFC 5987: UTF-8''na%C3%AFve.dmp
            lowered, value = lowered[:-1], unquote(value.rpartition("'")[2])
        found[lowered] = value[:_LONGEST_NAME]
    return found


def _decoded(content: bytes, transfer_encoding: str) -> bytes:
    try:
        if transfer_encoding.lower() == "base64":
            return binascii.a2b_base64(content)
        if transfer_encoding.lower() == "quoted-printable":
            return binascii.a2b_qp(content)
    except binascii.Error:
        # It says something else than it is.
        pass
    return content
