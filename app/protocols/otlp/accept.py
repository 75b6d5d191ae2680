"""Accepts an OTLP request, and answers it in the encoding of the request.

Sentry's route takes the key of a DSN in X-Sentry-Auth; the headers that people set for other services
(``x-api-key`` and the like) are secrets, and name no project.
"""

import re

from msgspec.structs import replace

from app.model import Report
from app.protocols.accept_request import acceptor, in_path, in_query
from app.protocols.delivery import Delivery
from app.protocols.protocol import Accepted, Answer, HttpRequest, header

_SENTRY_KEY = re.compile(rb"\bsentry_key=\"?([^\s,\"]+)")
_JSON = Answer(200, b"application/json", b"{}")
# An empty message: everything was taken.
_PROTOBUF = Answer(200, b"application/x-protobuf", b"")


def sentry_key(http_request: HttpRequest) -> str:
    """``X-Sentry-Auth: Sentry sentry_key=KEY, …``."""
    found = _SENTRY_KEY.search(header(http_request.headers, b"x-sentry-auth"))
    return found[1].decode("latin-1") if found else ""


# A request without resources is an empty message, which some clients send to test the connection.
_accept = acceptor(sentry_key, in_query("sentry_key"), in_path, may_be_empty=True)


def accept(http_request: HttpRequest) -> Accepted:
    """The project, and the content type of the answer. Raises `encoding.EncodingError`."""
    accepted = _accept(http_request)
    if not accepted.content_type and http_request.body[:1] in (b"{", b"["):
        return replace(accepted, content_type=b"application/json")
    return accepted


def answer(accepted: Accepted) -> Answer:
    """A full success, in JSON or protobuf."""
    return _JSON if b"json" in accepted.content_type.lower() else _PROTOBUF


def read_metrics(_report: Report, _body: bytes) -> Delivery:
    """Counts the request without reading it: metrics are no errors. Raises nothing."""
    return Delivery(others={"metric": 1})
