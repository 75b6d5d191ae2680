"""The project of a notice, and the answers that Airbrake's clients expect (docs/protocols.md, 1 and 5)."""

from app.protocols.accept_request import acceptor, bearer, in_header, in_path, in_query, peek_body
from app.protocols.airbrake import xml_notice
from app.protocols.protocol import Accepted, Answer, HttpRequest


def _in_prefix(http_request: HttpRequest) -> str:
    """What stands before the route, else the number in it: ``project-1``, as with Sentry."""
    before, number = http_request.groups[0], http_request.groups[-1]
    return before or (f"project-{number}" if number else "")


def _in_xml(http_request: HttpRequest) -> str:
    """The key within a notice in XML, or in the address with one."""
    return xml_notice.key_in(peek_body(http_request)[0]) or xml_notice.key_in(http_request.query)


accept_xml = acceptor(in_query("key", "api_key"), in_header("X-Airbrake-Token"), _in_xml, in_path)
accept_address = acceptor(in_query("key", "api_key"), _in_xml, in_path, may_be_empty=True)
accept = acceptor(in_query("key"), bearer, in_header("X-Airbrake-Token"), _in_prefix)


def answer(accepted: Accepted) -> Answer:
    """201 and JSON with an id: anything else, even 204, is an error to airbrake-js and to pybrake."""
    return Answer(201, b"application/json", b'{"id":"%b","url":""}' % accepted.event_id.encode())


def answer_xml(accepted: Accepted) -> Answer:
    """200 and XML with the id, which the clients find by a pattern: the old ones in `error-id`."""
    body = b"""<?xml version="1.0" encoding="UTF-8"?><notice><error-id>%b</error-id><id>%b</id></notice>"""
    own_id = accepted.event_id.encode()
    return Answer(200, b"application/xml", body % (own_id, own_id))


def answer_stats(_accepted: Accepted) -> Answer:
    """200 and JSON: airbrake-js parses the answer, and the Python clients look at the status."""
    return Answer(200, b"application/json", b"{}")


# Keeps everything on, and the client at the host that it has.
CONFIG = Answer(
    200,
    b"application/json",
    b'{"poll_sec":600,"config_route":"","settings":['
    b'{"name":"errors","enabled":true,"endpoint":null},{"name":"apm","enabled":true,"endpoint":null}]}',
)
