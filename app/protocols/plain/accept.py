"""Accepts what comes in no client's format: only an empty body is refused.

A Sentry envelope is accepted at any address, as the option `tunnel` of Sentry's SDKs may be any: its DSN
names the project then. Otherwise the last part of the path names it, or the event itself.
"""

from app.protocols.accept_request import acceptor, bearer, in_header, in_path, in_query, peek_body
from app.protocols.plain import body_kind
from app.protocols.protocol import Accepted, Answer, HttpRequest, Malformed
from app.protocols.sentry import accept as sentry_accept

_accept = acceptor(
    in_query("project", "sentry_key", "api_key", "key"),
    in_header("x-api-key"),
    bearer,
    in_path,
    id_field="event_id",
)


def accept(http_request: HttpRequest) -> Accepted:
    """Raises `Malformed` for an empty body, and `encoding.EncodingError`."""
    if body_kind.is_envelope(peek_body(http_request)[0]):
        try:
            return sentry_accept.accept_stream(http_request)
        except Malformed:
            # Broken further on: what can be read of it shall be seen all the same.
            return _accept(http_request)
    return _accept(http_request)


def answer(accepted: Accepted) -> Answer:
    """The event's id, for a person at a prompt."""
    return Answer(200, b"application/json", b'{"id": "%s"}' % accepted.event_id.encode())
