"""Parses HTML forms: urlencoded, or multipart."""

from email import message_from_bytes
from urllib.parse import parse_qsl, unquote_to_bytes

from app.protocols.wire import json_bounds

_FIELDS = 1000


def read(body: bytes, content_type: str) -> dict[str, list[str]]:
    """The values of every field, in order. Raises nothing: what is no form has no fields."""
    if is_multipart(body):
        try:
            return _multipart(body, content_type)
        except RecursionError:
            # Parts within parts within parts: no browser makes such a form.
            return {}
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


def is_multipart(body: bytes) -> bool:
    """Whether the body begins as a multipart form does: its header may be missing."""
    return body.startswith(b"--")


def _multipart(body: bytes, content_type: str) -> dict[str, list[str]]:
    if "boundary=" not in content_type:
        boundary = body.partition(b"\n")[0].strip()[2:].decode("latin-1").replace('"', "")
        content_type = f'multipart/form-data; boundary="{boundary}"'
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    # Each part begins after a boundary line, with some header lines before its content.
    body = json_bounds.before_mark(body, b"\n--", _FIELDS)
    fields: dict[str, list[str]] = {}
    form = message_from_bytes(head + body)
    if not form.is_multipart():
        return fields
    for part in form.walk():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            fields.setdefault(name, []).append(content.decode("utf-8", "replace"))
    return fields
