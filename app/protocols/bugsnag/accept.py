"""Whose a payload is, and what Bugsnag's notifiers want to hear (docs/protocols.md, sections 1 and 6.3)."""

from app.protocols.accepting import accepting, in_body, in_header, in_path, in_query
from app.protocols.protocol import Accepted, Answer

accept = accepting(in_header("Bugsnag-Api-Key"), in_query("apiKey", "api_key"), in_body("apiKey"), in_path)


def answer_notify(_accepted: Accepted) -> Answer:
    """What notify.bugsnag.com says."""
    return Answer(200, b"text/plain; charset=utf-8", b"OK")


def answer_sessions(_accepted: Accepted) -> Answer:
    """What sessions.bugsnag.com says."""
    return Answer(202, b"application/json", b'{"status":"accepted"}')
