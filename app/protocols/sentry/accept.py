"""Accepts a Sentry request on the receive path: finds the project, and the event's id for the answer.

It parses the header line of an envelope and finds one item that can be read; it never parses an event.
The key names the project (docs/protocols.md, section 1, rule 5): ``http://checkout_api@localhost:1974/1`` is
a complete DSN. A request without a key belongs to ``project-<number>``.
"""

import re
from urllib.parse import unquote_plus
from uuid import UUID

from app.protocols.event import event_ids
from app.protocols.protocol import Accepted, Answer, HttpRequest, Malformed
from app.protocols.sentry import envelope_check
from app.protocols.wire import charset, encoding, forms

_PEEK = 512
_FURTHER = 1 << 16
_STORE_PEEK = 4096
_WHOLE_STORE = 1 << 18
_KEY_LENGTH = 100
# The beginning of an object, plain or within a form.
_OBJECT = re.compile(rb"\{|=\s*%7[bB]")


def accept_envelope(http_request: HttpRequest) -> Accepted:
    """Raises `Malformed`, and `encoding.EncodingError`."""
    return _accept_envelope(
        http_request, f"project-{(http_request.groups[0] if http_request.groups else '') or 'unknown'}"
    )


def accept_stream(http_request: HttpRequest) -> Accepted:
    """As `accept_envelope`, where the path has no project: without a key, the event itself names it.

    A prefix of the path names the project, too. Spotlight's envelopes name the key of the client's DSN; that
    of a real Sentry (32 hex digits) is ignored, as it is no name for people.
    """
    return _accept_envelope(http_request, (http_request.groups[0] if http_request.groups else "") or "")


def _accept_envelope(http_request: HttpRequest, keyless: str) -> Accepted:
    auth, content_encoding = _auth_and_encoding(http_request.headers)
    body, complete = http_request.body, True
    if body[:1] != b"{":
        body, complete = encoding.peek(body, content_encoding, size=_PEEK)
        if not complete and (b"\n" not in body or body[:1] != b"{"):
            body, complete = encoding.peek(http_request.body, content_encoding, size=_FURTHER)
        if not complete and http_request.body.startswith(body):
            # It is not compressed: all of it can be checked.
            body, complete = http_request.body, True
    if body[:1] != b"{" or body[1:2] == b"\x00":
        body, complete = _narrow(body, complete)
    header, items = envelope_check.check_header(body, complete=complete)
    if complete or body[:1] != b"{":
        envelope_check.check(body, items)
    event_id = event_ids.normalise(header.event_id) or event_ids.mint()
    return Accepted(_project(auth, http_request, _dsn_key(header)) or keyless, event_id)


def accept_store(http_request: HttpRequest) -> Accepted:
    """Raises `Malformed`, and `encoding.EncodingError`."""
    auth, content_encoding = _auth_and_encoding(http_request.headers)
    body = http_request.body
    if body[:1] != b"{":
        body, complete = encoding.peek(body, content_encoding, size=_STORE_PEEK)
        if not complete and b'"event_id"' not in body:
            # raven writes the id last; the answer should name it.
            body, _complete = encoding.peek(http_request.body, content_encoding, size=_WHOLE_STORE)
    body, _complete = _narrow(body, complete=True)
    if body[:1] != b"{" and _OBJECT.search(body, 0, _STORE_PEEK) is None:
        raise Malformed("the event is empty" if not body.strip() else "the event is not a JSON object", 0)
    name = _project(auth, http_request, "") or f"project-{http_request.groups[0] or 'unknown'}"
    return Accepted(name, _event_id_in(body) or event_ids.mint())


def _narrow(body: bytes, complete: bool) -> tuple[bytes, bool]:
    """`body` as it is, or the beginning of one in UTF-16 or UTF-32 as UTF-8."""
    if charset.wide(body) is None:
        return body, complete
    return charset.as_utf8(body[:_FURTHER]), complete and len(body) <= _FURTHER


def accept_beacon(http_request: HttpRequest) -> Accepted:
    """An event in the address, as raven-js sent it up to version 1. Raises `Malformed` without one."""
    data = unquote_plus(
        (http_request.query.partition(b"sentry_data=")[2].partition(b"&")[0]).decode("latin-1")
    )
    if not data.startswith("{"):
        raise Malformed("the address holds no event: sentry_data is missing", 0)
    name = _project(b"", http_request, "") or f"project-{http_request.groups[0] or 'unknown'}"
    return Accepted(name, _event_id_in(data.encode("latin-1", "replace")) or event_ids.mint())


def accept_minidump(http_request: HttpRequest) -> Accepted:
    """A minidump, or a form with one. Raises `Malformed` for an empty one, and `encoding.EncodingError`."""
    auth, content_encoding = _auth_and_encoding(http_request.headers)
    body, _complete = encoding.peek(http_request.body, content_encoding, size=_FURTHER)
    if not body.strip():
        raise Malformed("the request is empty: it should bring a minidump", 0)
    own_id = event_ids.normalise(forms.first(body, b"sentry[event_id]")) if forms.is_multipart(body) else None
    name = _project(auth, http_request, "") or f"project-{http_request.groups[0] or 'unknown'}"
    return Accepted(name, own_id or _event_id_in(body) or event_ids.mint())


def answer_minidump(accepted: Accepted) -> Answer:
    """The id alone, which Crashpad and Breakpad keep as the name of the report."""
    return Answer(200, b"text/plain", str(UUID(accepted.event_id)).encode())


def answer(accepted: Accepted) -> Answer:
    """200 and the id, which every Sentry client takes for success."""
    return Answer(200, b"application/json", b'{"id": "%s"}' % accepted.event_id.encode())


def _auth_and_encoding(headers: list[tuple[bytes, bytes]]) -> tuple[bytes, str]:
    auth, content_encoding = b"", ""
    for name, value in headers:
        if name == b"x-sentry-auth" or (name == b"authorization" and not auth and b"sentry_key=" in value):
            auth = value
        elif name == b"content-encoding":
            content_encoding = value.decode("latin-1")
    return auth, content_encoding


def _project(auth: bytes, http_request: HttpRequest, key_in_header: str) -> str:
    key = _key_in(auth, b",") or _key_in(http_request.query, b"&") or key_in_header
    if "%" in key or "+" in key:
        key = unquote_plus(key)
    return "".join(filter(str.isprintable, key))[:_KEY_LENGTH].strip()


def _dsn_key(header: envelope_check.EnvelopeHeader) -> str:
    """The key of the client's DSN: http://KEY[:SECRET]@host/1."""
    if type(header.dsn) is str:
        return header.dsn.partition("//")[2].rpartition("@")[0].partition(":")[0]
    key = header.trace.get("public_key") if type(header.trace) is dict else None
    return key if type(key) is str and event_ids.normalise(key) is None else ""


def _key_in(pairs: bytes, separator: bytes) -> str:
    at = pairs.find(b"sentry_key=")
    if at < 0:
        return ""
    at += 11
    end = pairs.find(separator, at)
    return (pairs[at:] if end < 0 else pairs[at:end]).decode("latin-1").strip(' "')


def _event_id_in(body: bytes) -> str | None:
    at = body.find(b'"event_id"')
    mark = b'"'
    if at < 0:
        # As Python prints it: what is nearly JSON is read as well.
        at, mark = body.find(b"'event_id'"), b"'"
    if at < 0:
        return None
    quoted = body[at + 10 : at + 70].split(mark, 2)
    return event_ids.normalise(quoted[1].decode("latin-1")) if len(quoted) == 3 else None
