"""Whose a request is, and what Honeybadger's clients want to hear (docs/protocols.md, sections 1 and 5)."""

from app.protocols.accepting import accepting, in_header, in_path, in_query
from app.protocols.protocol import Accepted, Answer

_KEY = (in_header("X-API-Key"), in_query("api_key"), in_path)

accept = accepting(*_KEY)
accept_check_in = accepting(*_KEY, may_be_empty=True)


def answer(accepted: Accepted) -> Answer:
    """201 and JSON with an id: to the client for JavaScript all else is a failure."""
    return Answer(201, b"application/json", b'{"id":"%b"}' % accepted.event_id.encode())


def answer_check_in(_accepted: Accepted) -> Answer:
    """The clients look at neither status nor body."""
    return Answer(200, b"text/plain; charset=utf-8", b"ok")
