"""Every supported wire format, in one table. To add one: write its module, add its row here.

The receiver finds the row by path and method; the digest finds it by the name in the report. Any prefix may
stand before a path: its last part names the project where no key does. The rows are tried in order, so the
format that takes nearly everything is the last. `CLIENT_QUESTIONS` lists what clients ask before they send;
the answers reveal nothing of what is stored.
"""

import re

from msgspec import Struct

from app.protocols import arecibo, gelf, imported, log_record, printed
from app.protocols.airbrake import accept as airbrake_accept
from app.protocols.airbrake import read as airbrake_read
from app.protocols.browser import read as browser_read
from app.protocols.bugsnag import accept as bugsnag_accept
from app.protocols.bugsnag import read as bugsnag_read
from app.protocols.elastic import accept as elastic_accept
from app.protocols.elastic import read as elastic_read
from app.protocols.email import accept as email_accept
from app.protocols.email import read as email_read
from app.protocols.honeybadger import accept as honeybadger_accept
from app.protocols.honeybadger import events as honeybadger_events
from app.protocols.honeybadger import read as honeybadger_read
from app.protocols.loki import read as loki_read
from app.protocols.otlp import accept as otlp_accept
from app.protocols.otlp import read as otlp_read
from app.protocols.plain import accept as plain_accept
from app.protocols.plain import read as plain_read
from app.protocols.protocol import Accepted as Accepted
from app.protocols.protocol import Answer as Answer
from app.protocols.protocol import HttpRequest as HttpRequest
from app.protocols.protocol import Malformed as Malformed
from app.protocols.protocol import Protocol as Protocol
from app.protocols.raygun import accept as raygun_accept
from app.protocols.raygun import read as raygun_read
from app.protocols.rollbar import accept as rollbar_accept
from app.protocols.rollbar import read as rollbar_read
from app.protocols.sentry import accept as sentry_accept
from app.protocols.sentry import read as sentry_read


def _at(*tails: str) -> re.Pattern[str]:
    """Paths that end in one of `tails` after any prefix; the prefix's last part is the first group."""
    return re.compile(rf"(?:(?:/.*)?/([^/]+))?/(?:{'|'.join(tails)})/?")


def _after_family(family: str, tail: str) -> re.Pattern[str]:
    """Paths that end in `tail`. A `family` right before it is not taken for the project's name."""
    return re.compile(rf"(?:(?:/.*)?/((?!{family}/)[^/]+))?(?:/{family})?/{tail}/?")


def _otlp(signal: str) -> re.Pattern[str]:
    """The path of OTLP's `signal`, and Sentry's for the same, which does not name a project."""
    return re.compile(rf"(?:/.*)?/api/[^/]+/integration/otlp/v1/{signal}/?|{_at(f'v1/{signal}').pattern}")


# `/browser/shop/anything`, Sentry's path for the same reports, and the names that people choose for it.
_BROWSER = re.compile(
    r"(?:/.*)?/browser/([^/]+)(?:/.*)?|(?:/.*)?/api/([^/]+)/security/?"
    rf"|{_at('(?:csp|reports?|reporting)(?:[-_][^/]+)?').pattern}",
    re.DOTALL,
)
_ANYWHERE = re.compile(r"(?:.*/)?([^/]+)/?|.*", re.DOTALL)

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
        name="sentry.beacon",
        path=re.compile(r"(?:/.*)?/api/([^/]+)/store/?"),
        method="GET",
        query_has=re.compile(rb"(?:^|&)sentry_data="),
        accept=sentry_accept.accept_beacon,
        read=sentry_read.read_beacon,
        answer=sentry_accept.answer,
        expects="GET with an event in the address, as raven-js does up to version 1",
    ),
    Protocol(
        name="sentry.minidump",
        path=re.compile(r"(?:/.*)?/api/([^/]+)/minidump/?"),
        accept=sentry_accept.accept_minidump,
        read=sentry_read.read_minidump,
        outline=sentry_read.outline_minidump,
        answer=sentry_accept.answer_minidump,
        expects="POST a minidump, alone or in the form that Breakpad, Crashpad and Electron upload; "
        "the address of the uploads is <this address>/api/1/minidump/?sentry_key=<project>",
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
        name="rollbar.item",
        # pyrollbar appends "item/" to any configured endpoint.
        path=_at("api/1/item", "api/1/item/item"),
        accept=rollbar_accept.accept,
        read=rollbar_read.read,
        answer=rollbar_accept.answer,
        expects="POST a Rollbar item as JSON; rollbar.js has the endpoint <this address>/api/1/item/, "
        "pyrollbar <this address>/api/1/, and the access token names the project",
        never_too_large=True,
    ),
    Protocol(
        name="bugsnag.notify",
        path=_after_family("bugsnag", "notify"),
        accept=bugsnag_accept.accept,
        read=bugsnag_read.read,
        answer=bugsnag_accept.answer_notify,
        expects="POST a Bugsnag payload as JSON; the notifier's endpoint is <this address>/bugsnag/notify, "
        "its key names the project",
    ),
    Protocol(
        name="bugsnag.beacon",
        path=_after_family("bugsnag", "(?:js|notify)"),
        method="GET",
        query_has=re.compile(rb"(?:^|&)api_?[Kk]ey="),
        accept=bugsnag_accept.accept_beacon,
        read=bugsnag_read.read_beacon,
        answer=bugsnag_accept.answer_notify,
        expects="GET with an event in the address, as bugsnag-js does up to version 3; "
        "its endpoint is <this address>/bugsnag/js",
    ),
    Protocol(
        name="bugsnag.sessions",
        path=_after_family("bugsnag", "sessions"),
        accept=bugsnag_accept.accept,
        read=bugsnag_read.read,
        answer=bugsnag_accept.answer_sessions,
        expects="POST how many sessions there were, as Bugsnag's notifiers do; they are counted",
    ),
    Protocol(
        name="airbrake.notice",
        path=_at("api/v3/projects/([^/]+)/notices"),
        accept=airbrake_accept.accept,
        read=airbrake_read.read,
        answer=airbrake_accept.answer,
        expects="POST an Airbrake notice as JSON; the client's host is this address, "
        "its key names the project",
    ),
    Protocol(
        name="airbrake.xml",
        path=_at("notifier_api/v2/notices", r"notifier_api/v2/notices\.xml"),
        accept=airbrake_accept.accept_xml,
        read=airbrake_read.read_xml,
        answer=airbrake_accept.answer_xml,
        expects="POST an Airbrake notice as XML, as its clients did up to 2015; "
        "its api-key names the project",
    ),
    Protocol(
        name="airbrake.beacon",
        path=_at("notifier_api/v2/notices", r"notifier_api/v2/notices\.xml"),
        method="GET",
        query_has=re.compile(rb"(?:^|&)data=(?:%3[cC]|<)"),
        accept=airbrake_accept.accept_address,
        read=airbrake_read.read_xml,
        answer=airbrake_accept.answer_xml,
        expects="GET with a notice in the address, as Airbrake's and Hoptoad's client in browsers did",
    ),
    Protocol(
        name="airbrake.stats",
        path=_at("api/v5/projects/([^/]+)/[^/]+"),
        accept=airbrake_accept.accept,
        read=airbrake_read.read_stats,
        answer=airbrake_accept.answer_stats,
        expects="POST how often routes and queries were used, as Airbrake's clients do; it is counted",
    ),
    Protocol(
        name="airbrake.deploy",
        path=_at("api/v4/projects/([^/]+)/deploys"),
        accept=airbrake_accept.accept,
        read=airbrake_read.read_deploy,
        answer=airbrake_accept.answer,
        expects="POST that a new version runs, as Airbrake's clients do; it is counted",
    ),
    Protocol(
        name="honeybadger.notice",
        path=_at("v1/notices", "v1/notices/js"),
        accept=honeybadger_accept.accept,
        read=honeybadger_read.read,
        answer=honeybadger_accept.answer,
        expects="POST a Honeybadger notice as JSON; the client's endpoint is this address, "
        "its api_key names the project",
    ),
    Protocol(
        name="honeybadger.beacon",
        path=_at(r"v1/notices/js\.gif"),
        method="GET",
        query_has=re.compile(rb"(?:^|&)notice(?:%5B|\[)"),
        accept=honeybadger_accept.accept_beacon,
        read=honeybadger_read.read_beacon,
        answer=honeybadger_accept.answer,
        expects="GET with a notice in the address, as honeybadger-js does before version 1",
    ),
    Protocol(
        name="honeybadger.events",
        path=_at("v1/events"),
        accept=honeybadger_accept.accept,
        read=honeybadger_events.read,
        answer=honeybadger_accept.answer,
        expects="POST Honeybadger's events, a line of JSON each; errors are shown, all else is counted",
    ),
    Protocol(
        name="honeybadger.check_in",
        path=_at("v1/check_in/(?:([^/]+)/)?[^/]+"),
        method="GET",
        accept=honeybadger_accept.accept_check_in,
        read=honeybadger_read.read_check_in,
        answer=honeybadger_accept.answer_check_in,
        expects="GET to say that a job has run, as Honeybadger's clients do; it is counted",
    ),
    Protocol(
        name="raygun.entry",
        path=_at("entries", "entries/bulk"),
        accept=raygun_accept.accept,
        read=raygun_read.read,
        answer=raygun_accept.answer,
        expects="POST a Raygun entry as JSON, or a list of them; the client's apiUrl is this address, "
        "its key names the project",
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
        name="elastic.first",
        path=_at("v1/(?:client-side/|rum/)?(?:errors|transactions)"),
        accept=elastic_accept.accept,
        read=elastic_read.read_v1,
        answer=elastic_accept.answer,
        expects="POST what the Elastic APM agents of 2018 collect; their serverUrl is this address",
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
        name="otlp.traces",
        # Before 2022 the exporter for JavaScript left the s out.
        path=_otlp("traces?"),
        accept=otlp_accept.accept,
        read=otlp_read.read_traces,
        answer=otlp_accept.answer,
        expects="POST OpenTelemetry's spans as protobuf or JSON; OTEL_EXPORTER_OTLP_ENDPOINT is this address",
    ),
    Protocol(
        name="otlp.logs",
        path=_otlp("logs"),
        accept=otlp_accept.accept,
        read=otlp_read.read_logs,
        answer=otlp_accept.answer,
        expects="POST OpenTelemetry's log records; OTEL_EXPORTER_OTLP_ENDPOINT is this address",
    ),
    Protocol(
        name="otlp.metrics",
        path=_otlp("metrics"),
        accept=otlp_accept.accept,
        read=otlp_accept.read_metrics,
        answer=otlp_accept.answer,
        expects="POST OpenTelemetry's metrics, which are counted and not kept",
    ),
    Protocol(
        name="gelf",
        path=_at("gelf"),
        accept=gelf.accept,
        read=gelf.read,
        answer=gelf.answer,
        expects="POST a GELF message as JSON, as pygelf's GelfHttpHandler does",
    ),
    Protocol(
        name="loki",
        path=_at("loki/api/v1/push", "api/prom/push"),
        accept=loki_read.accept,
        read=loki_read.read,
        answer=loki_read.answer,
        expects="POST streams of log lines as Loki's JSON or protobuf; those that tell of errors are shown",
    ),
    Protocol(
        name="logging.post",
        path=_at("log"),
        accept=log_record.accept,
        read=log_record.read,
        answer=log_record.answer,
        expects="POST a log record as a form, as Python's logging.handlers.HTTPHandler does",
    ),
    Protocol(
        name="logging.get",
        path=_at("log"),
        method="GET",
        accept=log_record.accept_address,
        read=log_record.read,
        answer=log_record.answer,
        expects="GET with a log record in the address, as Python's logging.handlers.HTTPHandler does",
    ),
    Protocol(
        name="browser.report",
        path=_BROWSER,
        accept=browser_read.accept,
        read=browser_read.read,
        answer=browser_read.answer,
        expects="POST what a browser reports: the address of `report-uri` and of the Reporting API",
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
    Protocol(
        name="email",
        path=_at("email"),
        accept=email_accept.accept,
        read=email_read.read,
        answer=email_accept.answer,
        expects="POST an e-mail as it is; the SMTP listener (setting smtp_port) takes them, too",
    ),
    Protocol(
        name=imported.NAME,
        path=_at(imported.PATH),
        accept=imported.accept,
        read=imported.reader(lambda name: by_name(name)),  # noqa: PLW0108 - that stands below
        answer=imported.answer,
        expects="POST a report that Arecibo has exported, as main.py import does",
    ),
    Protocol(
        name=printed.NAME,
        path=_at(printed.PATH),
        accept=printed.accept,
        read=printed.read,
        answer=printed.answer,
        expects="POST what a program printed, as main.py run and main.py read do",
    ),
    Protocol(
        name="plain",
        path=_ANYWHERE,
        accept=plain_accept.accept,
        read=plain_read.read,
        outline=plain_read.outline,
        answer=plain_accept.answer,
        expects="POST text, or JSON of any shape with the usual names (message, error, stack, level …); "
        "the last part of the path names the project",
    ),
)


class ClientQuestion(Struct, frozen=True):
    """What a client asks with GET before or between its reports; `agent` is how its User-Agent begins."""

    path: re.Pattern[str]
    answer: Answer
    agent: bytes = b""


CLIENT_QUESTIONS: tuple[ClientQuestion, ...] = (
    ClientQuestion(_at(r"2020-06-18/config/[^/]+/config\.json"), airbrake_accept.CONFIG),
    ClientQuestion(_at("config/v1/agents"), elastic_accept.NO_CONFIG, b"apm-agent-"),
    ClientQuestion(_at("config/v1/rum/agents"), elastic_accept.NO_CONFIG),
    ClientQuestion(elastic_accept.ROOT, elastic_accept.VERSION, b"apm-agent-"),
)

# Takes a POST to any other path: a client that tries to report an error never gets a 404.
CATCH_ALL = PROTOCOLS[-1]
_BY_NAME = {protocol.name: protocol for protocol in PROTOCOLS}


def find(path: str, method: str = "POST") -> tuple[Protocol, re.Match[str]] | None:
    """The protocol of `path` and `method`, and the match with its groups; None without one."""
    for protocol in PROTOCOLS:
        if protocol.method == method:
            match = protocol.path.fullmatch(path)
            if match is not None:
                return protocol, match
    return None


def reply(path: str, agent: bytes) -> Answer | None:
    """The answer to a client's question at `path`; None where none is known."""
    for question in CLIENT_QUESTIONS:
        if agent.startswith(question.agent) and question.path.fullmatch(path) is not None:
            return question.answer
    return None


def by_name(name: str) -> Protocol:
    """The protocol that a report names. Raises `KeyError`."""
    return _BY_NAME[name]
