"""The project of an item, and the answer that Rollbar's notifiers expect (docs/protocols.md, 1 and 6.2)."""

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
    """The answer of api.rollbar.com: pyrollbar and rollbar.js take all but 200 and this JSON for an error."""
    body = b'{"err":0,"result":{"id":null,"uuid":"%b"}}' % accepted.event_id.encode()
    return Answer(200, b"application/json", body)
