"""Whose an entry is, and what Raygun's clients want to hear (docs/protocols.md, section 1)."""

from app.protocols.accept_request import acceptor, in_header, in_path, in_query
from app.protocols.protocol import Accepted, Answer

accept = acceptor(in_header("X-ApiKey"), in_query("apikey"), in_path)


def answer(_accepted: Accepted) -> Answer:
    """202: to raygun4js all else is a failure, after which it keeps the entry to send it again."""
    return Answer(202, b"application/json", b"{}")
