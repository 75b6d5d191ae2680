"""The body of a request, read by its content type: JSON, a form, its parts, GraphQL, XML, text or bytes.

Bounded, as the body came from outside: what is longer than `LONGEST_READ` is text. Pure, and called off the
UI thread.
"""

import re
from collections.abc import Iterable, Mapping
from email import message_from_bytes, policy
from email.errors import MessageError
from typing import Any
from urllib.parse import parse_qsl

from msgspec import DecodeError, Struct, json

from app.event_parts.hex_text import hex_lines, looks_binary
from app.model import Request, Trimmed
from app.plain_text import one_line, plural
from app.request_text import parts

LONGEST_READ = 1_000_000
_MOST_FIELDS = 2_000
_PATH = ("request", "body")
_MOST_PARTS = 200
_GRAPHQL = re.compile(r"\s*(?:#.*\s)*(?:query|mutation|subscription|fragment|\{)", re.IGNORECASE)


class ReadBody(Struct, frozen=True, kw_only=True):
    """What a body contains. `kind` is a word for people.

    `values` are its names and values, where it has such; `text` is shown in place of or, for GraphQL, before
    them. `note` says what is wrong with it. `language` is that of `text`, empty for plain text.
    """

    kind: str = ""
    values: Mapping[str, Any] | None = None
    text: str = ""
    note: str = ""
    language: str = ""


def read(request: Request, trimmed: Iterable[Trimmed] = ()) -> ReadBody:
    """The body of `request`; without a kind where there is none. Raises nothing.

    `trimmed` is what the event's client says that it has left out.
    """
    sent, media = request.body, parts.content_type(request).lower()
    if not parts.has_body(request):
        length = _length(request) or _left_out(trimmed)
        return ReadBody(note=f"The client left the body out ({plural(length, 'byte')})." if length else "")
    if isinstance(sent, str):
        return _text(sent, media, _cut_note(request, sent))
    if isinstance(sent, dict):
        return _mapping(sent, media)
    values = sent if isinstance(sent, (list, tuple)) else [sent]
    return ReadBody(kind="JSON", values={str(number): value for number, value in enumerate(values)})


def _mapping(sent: dict[str, Any], media: str) -> ReadBody:
    query = sent.get("query")
    if isinstance(query, str) and _GRAPHQL.match(query[:2_000]) and "form" not in media:
        rest = {name: value for name, value in sent.items() if name != "query"}
        return ReadBody(kind="GraphQL", values=rest, text=query)
    if "multipart" in media:
        return ReadBody(kind="form with files", values=sent)
    return ReadBody(kind="form" if "form-urlencoded" in media else "JSON", values=sent)


def _text(sent: str, media: str, note: str) -> ReadBody:
    if looks_binary(sent):
        raw = sent.encode("latin-1", "replace") if sent.isascii() else sent.encode("utf-8", "surrogateescape")
        return ReadBody(kind="binary", text="\n".join(hex_lines(raw)), note=note or plural(len(raw), "byte"))
    if len(sent) > LONGEST_READ:
        return ReadBody(kind="text", text=sent, note=note)
    if "application/graphql" in media and "json" not in media:
        return ReadBody(kind="GraphQL", text=sent, note=note)
    start = sent.lstrip()[:1]
    if "json" in media or (start in ("{", "[") and "form" not in media):
        return _json(sent, media, note)
    if "form-urlencoded" in media:
        return _form(sent, note)
    if "multipart" in media:
        return _multipart(sent, note)
    if start == "<" or "xml" in media or "html" in media:
        kind = (
            "HTML"
            if "html" in media or sent.lstrip()[:14].lower().startswith(("<!doctype html", "<html"))
            else "XML"
        )
        return ReadBody(kind=kind, text=sent, note=note, language="markup")
    return ReadBody(kind="text", text=sent, note=note)


def _json(sent: str, media: str, note: str) -> ReadBody:
    try:
        value = json.decode(sent)
    except (DecodeError, RecursionError, UnicodeEncodeError):
        note = note or "It is no complete JSON: the client may have cut it."
        return ReadBody(kind="text", text=sent, note=note, language="json")
    if isinstance(value, dict):
        return _noted(_mapping(value, media), note)
    if isinstance(value, list):
        return ReadBody(kind="JSON", values={str(n): item for n, item in enumerate(value)}, note=note)
    return ReadBody(kind="JSON", text=sent, note=note)


def _noted(read: ReadBody, note: str) -> ReadBody:
    return ReadBody(kind=read.kind, values=read.values, text=read.text, note=note, language=read.language)


def _form(sent: str, note: str) -> ReadBody:
    values = fields(sent)
    return (
        ReadBody(kind="form", values=values, note=note)
        if values
        else ReadBody(kind="text", text=sent, note=note)
    )


def fields(encoded: str) -> dict[str, Any]:
    """The names and values of a query or a form, decoded; a name that comes more than once has a list."""
    values: dict[str, Any] = {}
    if len(encoded) > LONGEST_READ:
        return values
    try:
        pairs = parse_qsl(
            encoded.strip().removeprefix("?"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError:  # more fields than that
        return values
    for name, value in pairs:
        if name in values:
            values[name] = [*(values[name] if isinstance(values[name], list) else [values[name]]), value]
        else:
            values[name] = value
    return values


def _multipart(sent: str, note: str) -> ReadBody:
    # The body begins with its boundary: it is there when the header was lost.
    first = sent.lstrip().split("\n", 1)[0].strip()
    if not first.startswith("--") or len(first) > 200:
        return ReadBody(kind="text", text=sent, note=note)
    head = f'Content-Type: multipart/form-data; boundary="{first[2:]}"\n\n'
    try:
        message = message_from_bytes((head + sent).encode("utf-8", "replace"), policy=policy.compat32)
        found = message.get_payload()
    except (MessageError, ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        return ReadBody(kind="text", text=sent, note=note)
    values: dict[str, Any] = {}
    for number, part in enumerate(found[:_MOST_PARTS]):
        name = part.get_param("name", header="content-disposition") or str(number)
        values[str(name)] = _part(part)
    return ReadBody(kind="form with files", values=values, note=note)


def _part(part: Any) -> Any:
    content = part.get_payload(decode=True) or b""
    filename = part.get_filename()
    text = content.decode("utf-8", "replace").removesuffix("\r")
    if filename is None and not looks_binary(text):
        return text
    return {
        "file": one_line(str(filename or ""), 200),
        "type": part.get_content_type(),
        "size": len(content),
        **({} if looks_binary(text) else {"content": text}),
    }


def _cut_note(request: Request, sent: str) -> str:
    """Says how much of the body the client sent, where the request says that it had more."""
    length, here = _length(request), len(sent.encode("utf-8", "replace"))
    if here < length:
        return f"The client sent {here:,} of {plural(length, 'byte')} of it."
    return ""


def _left_out(trimmed: Iterable[Trimmed]) -> int:
    """How long the body was, as its client says; 0 where it says nothing of it."""
    return next((one.length or 0 for one in trimmed if one.path == _PATH), 0)


def _length(request: Request) -> int:
    value = next((str(v) for k, v in request.headers.items() if k.lower() == "content-length"), "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 12 else 0
