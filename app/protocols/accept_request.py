"""Accepts requests of all formats but Sentry's: finds the project, and the event's id for the answer.

It reads headers, the address and the first 64 KiB of the body, and never parses. The key names the project,
wherever the client sends it (docs/protocols.md, section 1, rule 5); for clients without one, the last part
of the path before the route does: `/my_app/gelf`. Only an empty body is refused: anything else is read later,
and its problems are noted on the event.
"""

import binascii
import re
from collections.abc import Callable
from urllib.parse import parse_qsl

from app.protocols.event import event_ids
from app.protocols.protocol import Accepted, HttpRequest, Malformed, header
from app.protocols.wire import encoding

_PEEK = 1 << 16
_LONGEST_NAME = 100

Find = Callable[[HttpRequest], str]


def acceptor(
    *places: Find, id_field: str = "", may_be_empty: bool = False
) -> Callable[[HttpRequest], Accepted]:
    """Make the `accept` of a format, which takes the project's name from the first of `places` that has one.

    `id_field` is the JSON field of the event's own id, where the format has one. The `accept` raises
    `Malformed` for an empty body, unless it `may_be_empty`, and `encoding.EncodingError`.
    """
    own_id = re.compile(rb'"%b"\s*:\s*"([0-9a-fA-F-]{32,36})"' % id_field.encode()) if id_field else None

    def accept(http_request: HttpRequest) -> Accepted:
        body, _complete = peek_body(http_request)
        if not body.strip() and not may_be_empty:
            raise Malformed("the body is empty", 0)
        found = own_id.search(body) if own_id else None
        event_id = event_ids.normalise(found[1].decode()) if found else None
        name = next(filter(None, (printable_name(find(http_request)) for find in places)), "")
        content_type = header(http_request.headers, b"content-type")
        return Accepted(name, event_id or event_ids.mint(), content_type)

    return accept


def peek_body(http_request: HttpRequest) -> tuple[bytes, bool]:
    """The first 64 KiB of the decoded body, and whether that is all. Raises `encoding.EncodingError`."""
    hint = header(http_request.headers, b"content-encoding").decode("latin-1")
    return encoding.peek(http_request.body, hint, size=_PEEK)


def printable_name(name: str) -> str:
    """`name` without control characters, cut to 100 characters, so that it can name a project."""
    return "".join(filter(str.isprintable, name))[:_LONGEST_NAME].strip()


def in_header(name: str) -> Find:
    """The whole value of a header."""
    lowered = name.lower().encode()
    return lambda http_request: header(http_request.headers, lowered).decode("latin-1").strip()


def bearer(http_request: HttpRequest) -> str:
    """``Authorization: Bearer KEY``, or ``ApiKey KEY``."""
    kind, _space, value = (
        header(http_request.headers, b"authorization").decode("latin-1").strip().partition(" ")
    )
    return value.strip() if kind.lower() in ("bearer", "apikey", "key") else ""


def basic_user(http_request: HttpRequest) -> str:
    """The user name of ``Authorization: Basic …``."""
    kind, _space, value = (
        header(http_request.headers, b"authorization").decode("latin-1").strip().partition(" ")
    )
    if kind.lower() != "basic":
        return ""
    try:
        return binascii.a2b_base64(value).decode("utf-8", "replace").partition(":")[0]
    except binascii.Error:
        # No credentials: the path or the event names the project.
        return ""


def in_query(*names: str) -> Find:
    """The first of these parameters of the address that has a value, in any case."""
    lowered = [name.lower() for name in names]

    def find(http_request: HttpRequest) -> str:
        if not http_request.query:
            return ""
        given = {key.lower(): value for key, value in parse_qsl(http_request.query.decode("latin-1"))}
        return next(filter(None, (given.get(name, "") for name in lowered)), "")

    return find


def in_body(field: str) -> Find:
    """The first string after ``"field":`` in a JSON body, if it is within the first 64 KiB."""
    pattern = re.compile(rb'"%b"\s*:\s*"([^"\\]{1,200})"' % field.encode())

    def find(http_request: HttpRequest) -> str:
        match = pattern.search(peek_body(http_request)[0])
        return match[1].decode("utf-8", "replace") if match else ""

    return find


def in_path(http_request: HttpRequest) -> str:
    """The first group of the route's pattern: the part of the path that names the project."""
    return next(filter(None, http_request.groups), "")
