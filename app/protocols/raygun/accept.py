"""The project of an entry, and the answer that Raygun's clients expect (docs/protocols.md, section 1)."""

from app.protocols.accept_request import acceptor, in_header, in_path, in_query
from app.protocols.protocol import Accepted, Answer

accept = acceptor(in_header("X-ApiKey"), in_query("apikey"), in_path)


def answer(_accepted: Accepted) -> Answer:
    """202: raygun4js takes all else for a failure, and sends the entry again later."""
    return Answer(202, b"application/json", b"{}")
