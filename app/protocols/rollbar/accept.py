"""Whose an item is, and what Rollbar's notifiers want to hear (docs/protocols.md, sections 1 and 6.2)."""

from app.protocols.accept_request import acceptor, in_body, in_header, in_path, in_query
from app.protocols.protocol import Accepted, Answer

accept = acceptor(
    in_header("X-Rollbar-Access-Token"),
    in_query("access_token"),
    in_body("access_token"),
    in_path,
    id_field="uuid",
)


def answer(accepted: Accepted) -> Answer:
    """What api.rollbar.com says; all but 200 and this JSON is an error to pyrollbar and to rollbar.js."""
    body = b'{"err":0,"result":{"id":null,"uuid":"%b"}}' % accepted.event_id.encode()
    return Answer(200, b"application/json", body)
