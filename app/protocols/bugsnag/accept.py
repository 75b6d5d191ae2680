"""The project of a payload, and the answers that Bugsnag's notifiers expect (docs/protocols.md, 1 and 6.3).

Some notifiers require a key of 32 hex digits, which is no name for people: a name in the path takes
precedence over such a key.
"""

from app.protocols.accept_request import acceptor, in_body, in_header, in_path, in_query
from app.protocols.bugsnag import beacon
from app.protocols.event import event_ids
from app.protocols.protocol import Accepted, Answer, HttpRequest, Malformed

_key = in_header("Bugsnag-Api-Key")


def _in_path_beside_digits(http_request: HttpRequest) -> str:
    return in_path(http_request) if event_ids.normalise(_key(http_request)) else ""


accept = acceptor(_in_path_beside_digits, _key, in_query("apiKey", "api_key"), in_body("apiKey"), in_path)

# The name in the path goes before a key of 32 digits here, too, which stands in the address.
_named = in_query("apiKey", "api_key")
_accept_beacon = acceptor(
    lambda http_request: in_path(http_request) if event_ids.normalise(_named(http_request)) else "",
    _named,
    in_path,
    may_be_empty=True,
)


def accept_beacon(http_request: HttpRequest) -> Accepted:
    """An event in the address. Raises `Malformed` where there is none: the address was only visited."""
    if not beacon.is_one(http_request.query):
        raise Malformed("the address holds no event of Bugsnag's: apiKey is missing", 0)
    return _accept_beacon(http_request)


def answer_notify(_accepted: Accepted) -> Answer:
    """The answer of notify.bugsnag.com."""
    return Answer(200, b"text/plain; charset=utf-8", b"OK")


def answer_sessions(_accepted: Accepted) -> Answer:
    """The answer of sessions.bugsnag.com."""
    return Answer(202, b"application/json", b'{"status":"accepted"}')
