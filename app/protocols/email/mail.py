"""Parses a message of RFC 5322 and its MIME parts. Nothing raises, however broken the message is."""

import email
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from html.parser import HTMLParser

from msgspec import Struct

from app.protocols.wire import lenient_json
from app.protocols.wire.json_bounds import before_mark

_MOST_PARTS = 200
_MOST_HEADERS = 2_000
# A debug page has some hundred kilobytes.
_LONGEST_PAGE = 1 << 20
# Lines that begin with two dashes: what stands between parts, and what people write above their names.
_MOST_MARKS = 1_000
# Longer ones are cut: Python's parser of headers is slow.
_LONGEST_HEADER = 2000
_FEW = 5


class MailFile(Struct, frozen=True):
    """A file in a mail."""

    name: str
    content_type: str
    content: bytes


class Mail(Struct, frozen=True):
    """A mail: its headers decoded, its text, the page beside it or instead of it, and its files."""

    subject: str
    sender: str
    recipients: tuple[str, ...]
    date: str
    message_id: str
    text: str
    page: str
    files: tuple[MailFile, ...]


def parse(content: bytes) -> Mail:
    """The mail in `content`."""
    message = email.message_from_bytes(_bounded(content))
    text, page, files = "", "", []
    for part in _parts(message):
        kind, name = part.get_content_type(), _name(part)
        if name is not None:
            files.append(MailFile(name, kind, _bytes(part)))
        elif kind == "text/html":
            page = page or _text(part)[:_LONGEST_PAGE]
        elif kind.startswith("text/") or kind == "application/json":
            text = text or _text(part)
        else:
            files.append(MailFile(kind.replace("/", "."), kind, _bytes(part)))
    return Mail(
        subject=" ".join(_header(message, "Subject").split()),
        sender=_header(message, "From"),
        recipients=tuple(address for _name, address in _addresses(message) if address),
        date=_header(message, "Date"),
        message_id=_header(message, "Message-ID").strip("<> "),
        text=(text or _words_of(page)).replace("\r\n", "\n"),
        page=page,
        files=tuple(files),
    )


def _bounded(content: bytes) -> bytes:
    """The mail without excessive headers and parts: Python's parser is slow for each of them."""
    head, blank, body = content.partition(b"\r\n\r\n" if b"\r\n\r\n" in content else b"\n\n")
    return before_mark(head, b"\n", _MOST_HEADERS) + blank + before_mark(body, b"\n--", _MOST_MARKS)


def _parts(message: Message) -> Iterator[Message]:
    """The leaves, without those that are nested beyond reason."""
    waiting: list[Message] = [message]
    for _number in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        inner = part.get_payload()
        if part.is_multipart() and isinstance(inner, list):
            waiting[:0] = [each for each in inner if isinstance(each, Message)]
        else:
            yield part


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    value = str(value)[:_LONGEST_HEADER]
    try:
        return lenient_json.clean_text(str(make_header(decode_header(value))))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        # A character set that nobody knows, or base64 that is none: as it was written, then.
        return lenient_json.clean_text(value.encode("latin-1", "replace").decode("latin-1"))


def _addresses(message: Message) -> list[tuple[str, str]]:
    names = ("To", "Delivered-To", "X-Original-To")
    values = [str(value)[:_LONGEST_HEADER] for name in names for value in message.get_all(name, [])[:_FEW]]
    try:
        return getaddresses(values)
    except (ValueError, IndexError):
        # No addresses that anybody could read.
        return []


def _name(part: Message) -> str | None:
    try:
        name = part.get_filename()
    except (LookupError, UnicodeError, ValueError):
        # A name in a character set that nobody knows.
        name = "file"
    if name is None:
        return "file" if part.get_content_disposition() == "attachment" else None
    return lenient_json.clean_text(name)[:200]


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Message) -> str:
    content = _bytes(part)
    said = part.get_param("charset")
    try:
        text = content.decode(said if isinstance(said, str) else "utf-8", "strict")
    except (LookupError, UnicodeError):
        # It says something else than it is, or nothing.
        text = content.decode("utf-8", "replace")
    return lenient_json.clean_text(text)


def _words_of(page: str) -> str:
    reader = _Words()
    reader.feed(page)
    reader.close()
    return "\n".join("".join(reader.words).split("\n")).strip()


class _Words(HTMLParser):
    """What a person reads of a page."""

    _SILENT = frozenset(("style", "script", "head"))
    _BREAKING = frozenset("br p div tr li pre h1 h2 h3 h4 table".split())

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Note where nothing is read, and where a line ends."""
        if tag in self._SILENT:
            self._silent += 1
        if tag in self._BREAKING:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Note where it is read again."""
        if tag in self._SILENT and self._silent:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._silent:
            self.words.append(data)
