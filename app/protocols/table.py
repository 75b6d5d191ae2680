"""Every wire format that is understood, in one table. To add one: write its module, add its row here.

The receiver finds the row by path and method and never asks what it is; the digest finds it by the name in
the report. Any prefix may stand before a path: its last part names the project where no key does. The rows
are tried in order, so what takes nearly everything stands last. `QUESTIONS` lists what clients ask before
they send; the answers say nothing of what is stored.
"""

import re

from msgspec import Struct

from app.protocols import arecibo
from app.protocols.elastic import accept as elastic_accept
from app.protocols.elastic import read as elastic_read
from app.protocols.protocol import Accepted as Accepted
from app.protocols.protocol import Answer as Answer
from app.protocols.protocol import Arrival as Arrival
from app.protocols.protocol import Malformed as Malformed
from app.protocols.protocol import Protocol as Protocol
from app.protocols.sentry import accept as sentry_accept
from app.protocols.sentry import read as sentry_read


def _at(*tails: str) -> re.Pattern[str]:
    """Paths that end in one of `tails`, behind any prefix, whose last part is the first group."""
    return re.compile(rf"(?:(?:/.*)?/([^/]+))?/(?:{'|'.join(tails)})/?")


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
        name="sentry.stream",
        path=_at("stream", "tunnel"),
        accept=sentry_accept.accept_stream,
        read=sentry_read.read_envelope,
        answer=sentry_accept.answer,
        expects="POST a Sentry envelope, as Spotlight and the option `tunnel` of Sentry SDKs do",
    ),
    Protocol(
        name="elastic.intake",
        path=_at("intake/v2/events", "intake/v[23]/rum/events"),
        accept=elastic_accept.accept,
        read=elastic_read.read,
        answer=elastic_accept.answer,
        expects="POST what an Elastic APM agent collects, a line of JSON each; its serverUrl is this address",
    ),
    Protocol(
        name="elastic.config",
        path=_at("config/v1/agents"),
        accept=elastic_accept.accept_config,
        read=elastic_accept.read_config,
        answer=elastic_accept.answer_config,
        expects="POST the name of a service, as the Elastic APM agent for Python does; it is told nothing",
    ),
    Protocol(
        name="arecibo.v1",
        path=_at("v/1"),
        accept=arecibo.accept,
        read=arecibo.read,
        answer=arecibo.answer,
        expects="POST a form with the field account, and any of status, priority, type, msg, traceback, url, "
        "server, username, uid, ip, user_agent, request, timestamp",
    ),
)


class Question(Struct, frozen=True):
    """What a client asks with GET before or between its reports; `agent` is how its User-Agent begins."""

    path: re.Pattern[str]
    answer: Answer
    agent: bytes = b""


QUESTIONS: tuple[Question, ...] = (
    Question(_at("config/v1/agents"), elastic_accept.NO_CONFIG, b"apm-agent-"),
    Question(_at("config/v1/rum/agents"), elastic_accept.NO_CONFIG),
    Question(elastic_accept.ROOT, elastic_accept.VERSION, b"apm-agent-"),
)

_BY_NAME = {protocol.name: protocol for protocol in PROTOCOLS}


def find(path: str, method: str = "POST") -> tuple[Protocol, re.Match[str]] | None:
    """The protocol spoken on `path`, and the match with its groups."""
    for protocol in PROTOCOLS:
        if protocol.method == method:
            match = protocol.path.fullmatch(path)
            if match is not None:
                return protocol, match
    return None


def reply(path: str, agent: bytes) -> Answer | None:
    """The answer to a client's question at `path`; None where none is known."""
    for question in QUESTIONS:
        if agent.startswith(question.agent) and question.path.fullmatch(path) is not None:
            return question.answer
    return None


def by_name(name: str) -> Protocol:
    """The protocol that a report names. Raises `KeyError`."""
    return _BY_NAME[name]
