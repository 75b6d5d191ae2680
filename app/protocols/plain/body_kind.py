"""Recognises what a body is from the body itself: `Content-Type` lies (docs/protocols.md, 1, rule 4).

curl calls a text a form, and `sendBeacon` calls JSON a text.
"""

import re
from urllib.parse import unquote_plus

import msgspec

from app.protocols.plain import field_names
from app.protocols.wire import charset, forms

# Item types of https://develop.sentry.dev/sdk/data-model/envelope-items/, those that old SDKs send included.
_ITEMS = frozenset(
    "event transaction session sessions attachment client_report feedback user_report check_in log span "
    "trace_metric profile profile_chunk statsd metric_meta metric_buckets replay_event replay_recording "
    "replay_video raw_security otel_log".split()
)
_ENVELOPE = frozenset("event_id sent_at dsn sdk trace sentry_key".split())
_HEADER_LINE = 1 << 13
_FORM = re.compile(rb"[^\s=&]{1,200}=[^\r\n]*")
_STRICT_FORM = re.compile(rb"[^\s=&]{1,200}=[^\s&]*(?:&[^\s=&]{1,200}(?:=[^\s&]*)?)*")
_KNOWN = frozenset(
    (
        *field_names.MESSAGE,
        *field_names.STACK,
        *field_names.ERROR,
        *field_names.LEVEL,
        *field_names.TYPE,
        *field_names.PERHAPS_TYPE,
        *field_names.URL,
        *field_names.USER,
        *field_names.TIME,
    )
)
# What stands before JSON and is none: a guard against scripts, or a form's field, not encoded.
_BEHIND = re.compile(
    rb"""(?:\)\]\}',?|(?:while|for) ?\((?:1|;;)\);)\s*[{\[]|(?:payload|json|data|event|body)=\s*\{\s*["']"""
)
_WRAPPERS = frozenset(("payload", "json", "data"))


def is_envelope(body: bytes) -> bool:
    """Whether `body` begins as a Sentry envelope does, whatever the address it was sent to."""
    if body[:1] != b"{":
        return False
    first, _newline, rest = body[: 2 * _HEADER_LINE].partition(b"\n")
    header, item = _object(first), _object(rest.lstrip().partition(b"\n")[0])
    if header is None or item is None or item.get("type") not in _ITEMS:
        return False
    return not header or not _ENVELOPE.isdisjoint(header)


def is_json(body: bytes) -> bool:
    """Whether `body` begins as a JSON object or list does, be it behind a guard or a form's name for it."""
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n") or body.lstrip()
    return start[:1] in (b"{", b"[") or _BEHIND.match(start) is not None


def is_form(body: bytes, content_type: str) -> bool:
    """Whether `body` is a form with at least one field that says something here."""
    if forms.is_multipart(body):
        return bool(forms.read(body, content_type))
    line = body.strip()
    claims = "form-urlencoded" in content_type.lower()
    if (_FORM if claims else _STRICT_FORM).fullmatch(line) is None:
        return False
    fields = [part.partition(b"=")[0].decode("utf-8", "replace") for part in line.split(b"&")]
    known = {field_names.plain(unquote_plus(name)) for name in fields}
    return not (_KNOWN | _WRAPPERS).isdisjoint(known)


def text(body: bytes, content_type: str) -> str | None:
    """`body` as text: by its mark, as UTF-8, or as its sender says; None where it is no text at all."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        found = body.decode("utf-8")
    except UnicodeDecodeError:
        found = _as_said(body, content_type)
    odd = sum(1 for character in found[:2000] if character == "\ufffd" or character < "\t")
    return None if odd * 10 > min(len(found), 2000) else found


def _as_said(body: bytes, content_type: str) -> str:
    return charset.decode(body, content_type.lower().partition("charset=")[2].partition(";")[0].strip(' "'))


def _object(line: bytes) -> dict[str, object] | None:
    try:
        value = msgspec.json.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        # No JSON, and so no header of an envelope.
        return None
    return value if isinstance(value, dict) else None
