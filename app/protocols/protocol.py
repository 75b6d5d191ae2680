"""What a wire format offers, and what it exchanges with the receiver."""

import re
from collections.abc import Callable

from msgspec import Struct

from app.model import Report
from app.protocols.delivery import Delivery
from app.protocols.sketch import Outlined

Read = Callable[[Report, bytes], Delivery]
Outline = Callable[[Report, bytes], Outlined]


class Malformed(Exception):
    """The request is not in the format of its path. `offset` counts bytes of the decoded body."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(f"{reason} (at byte {offset})")
        self.reason = reason
        self.offset = offset


class HttpRequest(Struct):
    """A request as ASGI gives it: header names in lower case, the body as it came.

    `groups` are those of the route's pattern, `remote` is the peer's address without its port.
    """

    path: str
    groups: tuple[str | None, ...]
    query: bytes
    headers: list[tuple[bytes, bytes]]
    body: bytes
    remote: str


class Accepted(Struct, frozen=True):
    """An accepted request: the project that sent it, and the event's id for the answer (32 hex digits).

    An empty `project` means that only the events themselves name it. `content_type` is that of the request,
    for clients that expect an answer of the same type.
    """

    project: str
    event_id: str
    content_type: bytes = b""


class Answer(Struct, frozen=True):
    """The HTTP answer, in the exact shape that the client expects."""

    status: int
    content_type: bytes
    body: bytes


class Protocol(Struct, frozen=True, kw_only=True):
    """One wire format.

    `accept` raises `Malformed`, and what `encoding.peek` raises. `read` takes the decoded body and raises
    nothing; `outline` does the same, faster: it may omit what filing does not need, or return a sketch.
    `expects` describes, for people, what this path takes. `method` is POST, or GET for a client that puts its
    report into the address: then `query_has` matches the query of a report, and a GET without it is a visit.
    With `never_too_large` the client never gets a 413: of a body beyond the limit the beginning is stored.
    """

    name: str
    path: re.Pattern[str]
    accept: Callable[[HttpRequest], Accepted]
    read: Read
    outline: Outline | None = None
    answer: Callable[[Accepted], Answer]
    expects: str
    method: str = "POST"
    query_has: re.Pattern[bytes] | None = None
    never_too_large: bool = False


def header(headers: list[tuple[bytes, bytes]], name: bytes) -> bytes:
    """The first header called `name` (lower case), or nothing."""
    for key, value in headers:
        if key == name:
            return value
    return b""
