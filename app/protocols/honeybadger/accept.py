"""Whose a request is, and what Honeybadger's clients want to hear (docs/protocols.md, sections 1 and 5)."""

from app.protocols.accept_request import acceptor, in_header, in_path, in_query
from app.protocols.protocol import Accepted, Answer, HttpRequest, Malformed

_KEY = (in_header("X-API-Key"), in_query("api_key"), in_path)

accept = acceptor(*_KEY)
accept_check_in = acceptor(*_KEY, may_be_empty=True)


def accept_beacon(http_request: HttpRequest) -> Accepted:
    """A notice in the address. Raises `Malformed` where none is there: somebody only came to look."""
    if b"notice%5B" not in http_request.query and b"notice[" not in http_request.query:
        raise Malformed("the address holds no notice", 0)
    return accept_check_in(http_request)


def answer(accepted: Accepted) -> Answer:
    """201 and JSON with an id: to the client for JavaScript all else is a failure."""
    return Answer(201, b"application/json", b'{"id":"%b"}' % accepted.event_id.encode())


def answer_check_in(_accepted: Accepted) -> Answer:
    """The clients look at neither status nor body."""
    return Answer(200, b"text/plain; charset=utf-8", b"ok")
