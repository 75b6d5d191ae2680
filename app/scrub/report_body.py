"""Hides secrets in a report as it came: unpacked, searched by its structure, and written again unpacked.

A body in which secrets cannot be looked for (protobuf, a form with files, a mail in base64) raises
`Unsearchable`: the caller decides, and never takes it for clean.
"""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from msgspec import Struct

from app import scrub as scrub_room
from app import secret_names
from app.protocols.plain import body_kind
from app.protocols.sentry import envelope
from app.protocols.wire import charset, encoding, forms, http_head
from app.scrub.rules import Rules
from app.scrub.unsearchable import Unsearchable
from app.scrub.values import Found, Scrubber

Trim = Callable[[Any], Any]
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_PACKED_PART = re.compile(rb"content-transfer-encoding:\s*(?:base64|quoted-printable)", re.IGNORECASE)
_REPLACED = frozenset(("content-encoding", "content-length", "transfer-encoding", "expect", "content-md5"))
_MOST_FIELDS = 1_000
_OTLP = re.compile(rb"POST [^ ?]{0,2000}/v1/(traces|logs|metrics)/?[ ?]")
_CHARSET = re.compile(r";\s*charset=[^;]*", re.IGNORECASE)
_JSON_STARTS = (b"{", b"[", b'"')


class ScrubbedReport(Struct, frozen=True):
    """A report without secrets: its head, and its body, which is not packed.

    `is_json` tells whether parts could be left out by their names. `left_out` names what was too.
    """

    head: bytes
    body: bytes
    is_json: bool
    left_out: tuple[str, ...] = ()


def scrub(
    head: bytes,
    body: bytes,
    rules: Rules,
    *,
    limit: int,
    found: Found | None = None,
    trim: Trim | None = None,
) -> ScrubbedReport:
    """`body` without what `rules` find, in at most `limit` unpacked bytes; `trim` changes each JSON document.

    Raises `Unsearchable`.
    """
    content_type = http_head.header(head, "content-type")
    try:
        plain = encoding.decode(body, http_head.header(head, "content-encoding"), limit=limit)
    except encoding.EncodingError as error:
        raise Unsearchable(
            f"The report cannot be unpacked, so nobody can tell what is in it: {error}"
        ) from error
    plain = charset.as_utf8(plain, content_type)
    scrubber = Scrubber(rules, found)
    work = _Body(scrubber, trim)
    signal = _OTLP.match(head)
    if signal is not None and "json" not in content_type and plain[:1] not in (b"{", b"["):
        clean = scrub_room.otlp_body.scrub(plain, signal[1].decode(), scrubber)
    else:
        clean = work.any(plain, content_type)
    return ScrubbedReport(
        head=head_of(head, rules, len(clean)), body=clean, is_json=work.is_json, left_out=tuple(work.left_out)
    )


def head_of(head: bytes, rules: Rules, length: int | None = None) -> bytes:
    """The request line and the headers without secrets; with `length`, for a plain body of so many bytes."""
    lines = []
    for number, line in enumerate(secret_names.head(head.decode("latin-1")).split("\n")):
        name = line.partition(":")[0].strip().lower()
        if number and (name in _REPLACED or not name):
            continue
        if number and name == "content-type" and length is not None:
            line = _CHARSET.sub("; charset=utf-8", line)  # noqa: PLW2901 - the line as it is written
        if number and rules.is_own_field(name):
            line = f"{line.partition(':')[0]}: [Filtered]"  # noqa: PLW2901
        lines.append(rules.hide_own(line))
    if length is not None:
        lines.append(f"content-length: {length}")
    return "\r\n".join(lines).encode("latin-1", "replace")


class _Body:
    """One body on its way through the rules."""

    def __init__(self, scrubber: Scrubber, trim: Trim | None) -> None:
        self._scrubber = scrubber
        self._trim = trim
        self.is_json = False
        self.left_out: list[str] = []

    def any(self, body: bytes, content_type: str) -> bytes:
        if body_kind.is_envelope(body):
            return self._envelope(body)
        if (document := self._json(body)) is not None:
            return document
        if (lines := self._json_lines(body)) is not None:
            return lines
        if forms.is_multipart(body):
            raise Unsearchable("The report is a form with files, in which secrets cannot be looked for.")
        if body_kind.is_form(body, content_type):
            return self._form(body)
        return self._text(body)

    def _json(self, body: bytes) -> bytes | None:
        if body.lstrip()[:1] not in _JSON_STARTS:
            return None
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            return None
        self.is_json = True
        value = self._scrubber.document(value)
        if self._trim is not None:
            value = self._trim(value)
        return _dumped(value)

    def _json_lines(self, body: bytes) -> bytes | None:
        lines = body.split(b"\n")
        if len(lines) < 2:
            return None
        written = [self._json(line) if line.strip() else line for line in lines]
        return None if any(line is None for line in written) else b"\n".join(filter(None, written)) + b"\n"

    def _envelope(self, body: bytes) -> bytes:
        read = envelope.read(body)
        if not read.is_whole:
            # What belongs to no item would be lost: as a text, all of it is searched.
            return self._text(body)
        self.is_json = True
        parts = [_dumped(self._scrubber.value(read.header))]
        for item in read.items:
            payload = self._payload(item)
            if payload is None:
                continue
            header = {**self._scrubber.value(item.header), "length": len(payload)}
            parts += (_dumped(header), payload)
        return b"\n".join(parts) + b"\n"

    def _payload(self, item: envelope.EnvelopeItem) -> bytes | None:
        document = self._json(item.payload)
        if document is not None:
            return document
        try:
            return self._text(item.payload)
        except Unsearchable:
            name = item.header.get("filename")
            self.left_out.append(name[:80] if isinstance(name, str) else item.type[:40])
            return None

    def _form(self, body: bytes) -> bytes:
        try:
            pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
        except ValueError as error:
            raise Unsearchable("The report is a form that cannot be read.") from error
        clean = []
        for name, value in pairs:
            document = self._json(value.encode("utf-8", "replace"))
            hidden = self._scrubber.value({name: value if document is None else document.decode()})
            clean.append((name, hidden[name]))
        return urlencode(clean).encode()

    def _text(self, body: bytes) -> bytes:
        try:
            text = body.decode()
        except UnicodeDecodeError as error:
            raise Unsearchable("The report is binary: secrets cannot be looked for in it.") from error
        if _CONTROL.search(text):
            raise Unsearchable("The report is binary: secrets cannot be looked for in it.")
        if _PACKED_PART.search(body):
            raise Unsearchable("The report is a packed mail: secrets cannot be looked for in it.")
        clean = self._scrubber.value(text)
        return str(clean).encode("utf-8", "replace")


def _dumped(value: Any) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        # Half a surrogate pair: JSON can write it, UTF-8 cannot.
        return json.dumps(value, separators=(",", ":")).encode()
