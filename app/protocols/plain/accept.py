"""The quick look at what comes without a client: only an empty body is refused.

A Sentry envelope is one wherever it is sent: the option `tunnel` of Sentry's SDKs may be any address. Its DSN
names the project then; that of all else is named by the last part of the path, or by the event itself.
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
            # Broken further on: what came of it shall be seen all the same.
            return _accept(http_request)
    return _accept(http_request)


def answer(accepted: Accepted) -> Answer:
    """What a person at a prompt wants to hear: it arrived, under this id."""
    return Answer(200, b"application/json", b'{"id": "%s"}' % accepted.event_id.encode())
