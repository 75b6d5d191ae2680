"""Parses HTML forms: urlencoded, or multipart."""

from urllib.parse import parse_qsl, unquote_to_bytes

from app.protocols.wire import multipart
from app.protocols.wire.multipart import is_multipart as is_multipart

_FIELDS = 1000


def read(body: bytes, content_type: str) -> dict[str, list[str]]:
    """The values of every field, in order. Raises nothing: what is no form has no fields."""
    if is_multipart(body):
        return _multipart(body, content_type)
    fields: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        return fields
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def first(body: bytes, name: bytes) -> str:
    """The value of one field, found without reading the form; empty when it is not there."""
    if is_multipart(body):
        at = body.find(b'name="' + name + b'"')
        start = body.find(b"\n", body.find(b"\n", at) + 1) + 1 if at >= 0 else 0
        blank = body.find(b"\r\n\r\n", at)
        if at < 0 or blank < 0 or start <= 0:
            return ""
        end = body.find(b"\r\n", blank + 4)
        return body[blank + 4 : end if end >= 0 else None].decode("utf-8", "replace").strip()
    at = 0 if body.startswith(name + b"=") else body.find(b"&" + name + b"=") + 1
    if at == 0 and not body.startswith(name + b"="):
        return ""
    start = at + len(name) + 1
    end = body.find(b"&", start)
    raw = body[start : end if end >= 0 else None].replace(b"+", b" ")
    return unquote_to_bytes(raw).decode("utf-8", "replace").strip()


def _multipart(body: bytes, content_type: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for part in multipart.parts(body, content_type):
        fields.setdefault(part.name, []).append(part.content.decode("utf-8", "replace"))
    return fields
