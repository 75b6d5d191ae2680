"""The project of a request, and the answers Honeybadger's clients expect (docs/protocols.md, 1 and 5)."""

from app.protocols.accept_request import acceptor, in_header, in_path, in_query
from app.protocols.protocol import Accepted, Answer, HttpRequest, Malformed

_KEY = (in_header("X-API-Key"), in_query("api_key"), in_path)

accept = acceptor(*_KEY)
accept_check_in = acceptor(*_KEY, may_be_empty=True)


def accept_beacon(http_request: HttpRequest) -> Accepted:
    """A notice in the address. Raises `Malformed` where there is none: the address was only visited."""
    if b"notice%5B" not in http_request.query and b"notice[" not in http_request.query:
        raise Malformed("the address holds no notice", 0)
    return accept_check_in(http_request)


def answer(accepted: Accepted) -> Answer:
    """201 and JSON with an id: the client for JavaScript takes all else for a failure."""
    return Answer(201, b"application/json", b'{"id":"%b"}' % accepted.event_id.encode())


def answer_check_in(_accepted: Accepted) -> Answer:
    """Any answer will do: the clients read neither status nor body."""
    return Answer(200, b"text/plain; charset=utf-8", b"ok")
