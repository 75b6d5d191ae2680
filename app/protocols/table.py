"""Every wire format that is understood, in one table. To add one: write its module, add its rows here.

The receiver finds the row by path and never asks what it is; the digest finds it by the name in the report.
"""

import re

from app.protocols import arecibo
from app.protocols.protocol import Accepted as Accepted
from app.protocols.protocol import Answer as Answer
from app.protocols.protocol import Arrival as Arrival
from app.protocols.protocol import Malformed as Malformed
from app.protocols.protocol import Protocol as Protocol
from app.protocols.sentry import accept as sentry_accept
from app.protocols.sentry import read as sentry_read

PROTOCOLS: tuple[Protocol, ...] = (
    Protocol(
        name="sentry.envelope",
        path=re.compile(r"(?:/.*)?/api/([^/]+)/envelope/?"),
        accept=sentry_accept.accept_envelope,
        read=sentry_read.read_envelope,
        outline=sentry_read.outline_envelope,
        answer=sentry_accept.answer,
        expects="POST a Sentry envelope, as every current Sentry SDK does; "
        "its DSN is http://<project>@<this address>/1",
    ),
    Protocol(
        name="sentry.store",
        path=re.compile(r"(?:/.*)?/api/([^/]+)/store/?"),
        accept=sentry_accept.accept_store,
        read=sentry_read.read_store,
        outline=sentry_read.outline_store,
        answer=sentry_accept.answer,
        expects="POST one Sentry event as JSON, as older Sentry SDKs and raven do; "
        "the DSN is http://<project>@<this address>/1",
    ),
    Protocol(
        name="arecibo.v1",
        path=re.compile(r"/v/1/?"),
        accept=arecibo.accept,
        read=arecibo.read,
        outline=arecibo.read,
        answer=arecibo.answer,
        expects="POST a form with the field account, and any of status, priority, type, msg, traceback, url, "
        "server, username, uid, ip, user_agent, request, timestamp",
    ),
)

_BY_NAME = {protocol.name: protocol for protocol in PROTOCOLS}


def find(path: str) -> tuple[Protocol, re.Match[str]] | None:
    """The protocol spoken on `path`, and the match with its groups."""
    for protocol in PROTOCOLS:
        match = protocol.path.fullmatch(path)
        if match is not None:
            return protocol, match
    return None


def by_name(name: str) -> Protocol:
    """The protocol that a report names. Raises `KeyError`."""
    return _BY_NAME[name]
