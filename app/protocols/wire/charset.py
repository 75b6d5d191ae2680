"""Converts text to UTF-8, so that no adapter needs to know other encodings.

UTF-16 and UTF-32 are recognised with and without a byte order mark (RFC 4627, section 3); an 8-bit encoding
is known only from the request's Content-Type, and used only if the body is not UTF-8.
"""

import re

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_ASCII = re.compile(rb"[\x09\x0a\x0d\x20-\x7e]")
# Not every character: many protobuf messages begin with a line end and a zero.
_FIRST = re.compile(rb"\x00*[A-Za-z{\[\"<]")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]{1,20})", re.IGNORECASE)
# Only encodings that are a table: Python also has codecs that are slow, or do not produce text.
_TABLES = re.compile(
    r"(?:iso[-_]?8859[-_]?\d{1,2}|latin[-_]?\d|(?:windows|cp|ibm)[-_]?\d{2,4}|koi8[-_][rtu]|mac[-_]?roman"
    r"|s(?:hift)?[-_]?jis|euc[-_]?(?:jp|kr|cn)|gb(?:k|2312|18030)|big5)"
)


def wide(body: bytes) -> str | None:
    """The encoding of `body` if it is UTF-16 or UTF-32 text, else None."""
    start = body[:4]
    if b"\x00" not in start and start[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return None
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if not _FIRST.match(start):
        return None
    if len(start) == 4 and start.count(b"\x00") == 3:
        return {1: "utf-32-le", 8: "utf-32-be"}.get(_ascii_bits(start))
    if (
        len(start) >= 2
        and _ascii_bits(start[:2]) in (1, 2)
        and _ascii_bits(start[2:]) in (0, _ascii_bits(start[:2]))
    ):
        return "utf-16-le" if start[0] else "utf-16-be"
    return None


def _ascii_bits(start: bytes) -> int:
    """Which bytes are ASCII characters, as a bit mask; the lowest bit is the first byte."""
    return sum(1 << place for place, byte in enumerate(start) if _ASCII.match(bytes((byte,))))


def as_utf8(body: bytes, content_type: str = "") -> bytes:
    """`body` converted to UTF-8 without byte order mark; unchanged if it is no such text. Raises nothing."""
    name = None if "protobuf" in content_type else wide(body)
    if name is not None:
        return body.decode(name, "replace").lstrip("\ufeff").encode("utf-8", "replace")
    named = _CHARSET.search(content_type)
    if named is None or not _TABLES.fullmatch(named[1].lower()) or body.isascii():
        return body
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return decode(body, named[1]).encode("utf-8", "replace")
    return body


def decode(body: bytes, charset: str) -> str:
    """`body` decoded from `charset`, if that is a known table, else from UTF-8."""
    if _TABLES.fullmatch(charset.lower()):
        try:
            return body.decode(charset, "replace")
        except LookupError:
            # There is no table of this number.
            pass
    return body.decode("utf-8", "replace")
