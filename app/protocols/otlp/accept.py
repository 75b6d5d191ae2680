"""The quick look at an OTLP request, and its answer, which has to come in the encoding of the request.

Sentry's route takes the key of a DSN in X-Sentry-Auth; the headers that people set for other services
(``x-api-key`` and the like) are secrets, and name no project.
"""

import re

from msgspec.structs import replace

from app.model import Report
from app.protocols.accepting import accepting, in_path, in_query
from app.protocols.delivery import Delivery
from app.protocols.protocol import Accepted, Answer, Arrival, header

_SENTRY_KEY = re.compile(rb"\bsentry_key=\"?([^\s,\"]+)")
_JSON = Answer(200, b"application/json", b"{}")
# An empty message: everything was taken.
_PROTOBUF = Answer(200, b"application/x-protobuf", b"")


def sentry_key(arrival: Arrival) -> str:
    """``X-Sentry-Auth: Sentry sentry_key=KEY, …``."""
    found = _SENTRY_KEY.search(header(arrival.headers, b"x-sentry-auth"))
    return found[1].decode("latin-1") if found else ""


# A request without resources is an empty message, and some clients ask with one whether anybody is there.
_look = accepting(sentry_key, in_query("sentry_key"), in_path, may_be_empty=True)


def accept(arrival: Arrival) -> Accepted:
    """Whose it is. Raises `encoding.EncodingError`."""
    accepted = _look(arrival)
    if not accepted.content_type and arrival.body[:1] in (b"{", b"["):
        return replace(accepted, content_type=b"application/json")
    return accepted


def answer(accepted: Accepted) -> Answer:
    """A success without a word about what was not taken."""
    return _JSON if b"json" in accepted.content_type.lower() else _PROTOBUF


def read_metrics(_report: Report, _body: bytes) -> Delivery:
    """Metrics are no errors: the request is counted, and not read. Raises nothing."""
    return Delivery(others={"metric": 1})
