"""Accepts what Elastic's agents send, and answers what they ask before.

Neither the secret token nor the API key names the project: the service's name does, which is in the body.
"""

import re

from app.model import Report
from app.protocols.accept_request import acceptor, in_path
from app.protocols.delivery import Delivery
from app.protocols.protocol import Accepted, Answer
from app.protocols.wire import fitting
from app.protocols.wire.notes import Notes

# Any path with a slash at its end is the root of a server with a prefix.
ROOT = re.compile(r"/(?:.*/)?")
# Agents decide by this what they may send: everything, from 8.
VERSION = Answer(200, b"application/json", b'{"version":"8.17.0"}')
# Nothing is configured from here. Without an ETag agents keep what they have.
NO_CONFIG = Answer(200, b"application/json", b"{}")
_TAKEN = Answer(202, b"application/json", b"{}")

accept = acceptor(in_path)
accept_config = acceptor(in_path, may_be_empty=True)


def answer(_accepted: Accepted) -> Answer:
    """202: agents read only the status."""
    return _TAKEN


def answer_config(_accepted: Accepted) -> Answer:
    """The Python agent asks for its configuration with a POST."""
    return NO_CONFIG


def read_config(_report: Report, body: bytes) -> Delivery:
    """A request for a configuration: counted, it is no error. Raises nothing."""
    asked = fitting.lenient(body, Notes()) if body else None
    service = asked.get("service") if isinstance(asked, dict) else None
    name = service.get("name") if isinstance(service, dict) else None
    return Delivery(others={"config": 1}, project=name if isinstance(name, str) else "")
