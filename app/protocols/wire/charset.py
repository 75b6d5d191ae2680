"""Turns text in other encodings into UTF-8, so that no adapter needs to know of others.

UTF-16 and UTF-32 are recognised with and without a byte order mark (RFC 4627, section 3); an 8-bit encoding
is named by the request's Content-Type alone, and used only where the body is no UTF-8.
"""

import re

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_ASCII = re.compile(rb"[\x09\x0a\x0d\x20-\x7e]")
# Not every character: a line end and a zero are the beginning of many a protobuf message.
_FIRST = re.compile(rb"\x00*[A-Za-z{\[\"<]")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]{1,20})", re.IGNORECASE)
# Only what is a table: Python also has codecs that take time, or are no text.
_TABLES = re.compile(
    r"(?:iso[-_]?8859[-_]?\d{1,2}|latin[-_]?\d|(?:windows|cp|ibm)[-_]?\d{2,4}|koi8[-_][rtu]|mac[-_]?roman"
    r"|s(?:hift)?[-_]?jis|euc[-_]?(?:jp|kr|cn)|gb(?:k|2312|18030)|big5)"
)


def wide(body: bytes) -> str | None:
    """The encoding of `body`, if it is text in units of two or four bytes."""
    start = body[:4]
    if b"\x00" not in start and start[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return None
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if not _FIRST.match(start):
        return None
    if len(start) == 4 and start.count(b"\x00") == 3:
        return {1: "utf-32-le", 8: "utf-32-be"}.get(_letters(start))
    if len(start) >= 2 and _letters(start[:2]) in (1, 2) and _letters(start[2:]) in (0, _letters(start[:2])):
        return "utf-16-le" if start[0] else "utf-16-be"
    return None


def _letters(start: bytes) -> int:
    """Which bytes are ASCII characters, as bits, the first the lowest."""
    return sum(1 << place for place, byte in enumerate(start) if _ASCII.match(bytes((byte,))))


def as_utf8(body: bytes, content_type: str = "") -> bytes:
    """`body` in UTF-8, without its mark, if it is text of another encoding; else as it is. Raises nothing."""
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


def decode(body: bytes, said: str) -> str:
    """`body` as text in the encoding that its sender said, if that is known, else in UTF-8."""
    if _TABLES.fullmatch(said.lower()):
        try:
            return body.decode(said, "replace")
        except LookupError:
            # A number that no table has.
            pass
    return body.decode("utf-8", "replace")
