"""Real Node clients through the real engine, each configured by the catalogue's own lines."""

import re
import subprocess
import time
from pathlib import Path

import pytest
from msgspec import Struct

from app.model import Event, Level
from tests.clients import javascript, shop_checks
from tests.clients.arrivals import Arrivals
from tests.clients.javascript import SourceText
from tests.end2end.engine_process import EngineProcess

pytestmark = pytest.mark.all_clients

PROJECT = "node_shop"
ENVIRONMENT = {"SENTRY_RELEASE": "1.2.3", "SENTRY_ENVIRONMENT": "test"}
# A run takes about a second; a client that waits for the engine, or retries, takes longer.
LONGEST_SECONDS = 10.0
TROUBLE = re.compile(
    r"\b(warn|fail(ed)? to|could not|couldn't|unable|refused|ECONN\w*|HTTP)\b", re.IGNORECASE
)
ALL = frozenset(
    "cause column source source-of-cause unhandled user name release environment tags cart breadcrumbs"
    " headers".split()
)


class NodeClient(Struct, frozen=True):
    """A client, by its name in the catalogue; `sends` is what it reports of an error, of `ALL`.

    `sdk` is its name in its reports, and `odd` the cases in which it sends something else than the others.
    """

    entry: str
    driver: str
    package: str
    sdk: str
    sends: frozenset[str]
    instead: str = ""
    exit_code: int = 1
    always_prints: str = ""

    def __str__(self) -> str:
        return self.instead or self.package

    @property
    def version(self) -> str:
        return javascript.version(self.instead or self.package)


SENTRY = "sentry.javascript.node"
SENTRIES = [
    NodeClient("Sentry for Node", "sentry", "@sentry/node", SENTRY, ALL, instead)
    for instead in ("", "sentry-node-10", "sentry-node-8", "sentry-node-7")
]
ROLLBAR = NodeClient("Rollbar for Node", "rollbar", "rollbar", "node_rollbar", ALL - {"tags"}, exit_code=0)
BUGSNAG = NodeClient(
    "Bugsnag for Node",
    "bugsnag",
    "@bugsnag/js",
    "Bugsnag Node",
    ALL - {"release", "environment", "tags"},
    # The key names the project: it does not look like one of Bugsnag's.
    always_prints=r"\[bugsnag\] Error: Invalid configuration\n  - apiKey should be .*\n(?:    at .*\n)+",
)
AIRBRAKE = NodeClient(
    "Airbrake for Node",
    "airbrake",
    "@airbrake/node",
    "airbrake-js/node",
    ALL - {"cause", "source", "unhandled", "breadcrumbs", "tags", "headers"},
)
HONEYBADGER = NodeClient(
    "Honeybadger for Node",
    "honeybadger",
    "@honeybadger-io/js",
    "@honeybadger-io/js",
    ALL - {"source-of-cause", "name", "tags", "unhandled"},
)
RAYGUN = NodeClient(
    "Raygun for Node",
    "raygun",
    "raygun",
    "raygun-node",
    frozenset({"cause", "unhandled", "user", "name", "release", "headers"}),
)
ELASTIC = NodeClient(
    "Elastic APM for Node",
    "elastic",
    "elastic-apm-node",
    "nodejs",
    frozenset({"source", "unhandled", "user", "name", "headers"}),
)
OTHERS = [ROLLBAR, BUGSNAG, AIRBRAKE, HONEYBADGER, RAYGUN, ELASTIC]
ALL_CLIENTS = [*SENTRIES, *OTHERS]


class Run(Struct, frozen=True):
    """One run of the app to its end."""

    event: Event
    source: SourceText
    main: SourceText
    process: subprocess.CompletedProcess[str]


def start(
    folder: Path, client: NodeClient, case: str, engine: EngineProcess, change: tuple[str, str] = ("", "")
) -> subprocess.CompletedProcess[str]:
    """Run one case of a client's driver to its end, within `LONGEST_SECONDS`."""
    code = javascript.catalogue(client.entry, engine.url, PROJECT, change)
    instead = {client.package: client.instead} if client.instead else {}
    main = javascript.make_app(folder, "node", code, client.driver, instead)
    preload = []
    environment = ENVIRONMENT | {"CASE": case}
    if client is HONEYBADGER:
        preload = ["--require", str(javascript.HERE / "node" / "keep_the_port.js")]
        environment |= {"ARECIBO_PORT": str(engine.port)}
    started = time.monotonic()
    process = javascript.run(["node", *preload, main.name], folder, environment)
    assert time.monotonic() - started < LONGEST_SECONDS
    return process


def run(
    folder: Path, client: NodeClient, case: str, engine: EngineProcess, change: tuple[str, str] = ("", "")
) -> Run:
    """Run one case as `start` does; checks what every event must contain, and returns the only one."""
    with Arrivals(engine) as arrivals:
        process = start(folder, client, case, engine, change)
        event = arrivals.event()
    assert event.project == PROJECT
    assert event.platform in ("node", "javascript")
    assert event.sdk is not None
    assert (event.sdk.name, event.sdk.version) == (client.sdk, client.version)
    assert event.problems == ()
    return Run(event, SourceText(folder / "shop.js"), SourceText(folder / "app.js"), process)


def check_quiet(client: NodeClient, process: subprocess.CompletedProcess[str]) -> None:
    """Check that the app ended well, and that the client printed only what it always prints."""
    assert process.returncode == 0
    assert re.sub(client.always_prints, "", process.stderr) == ""


@pytest.mark.parametrize("client", ALL_CLIENTS, ids=str)
def test_an_unhandled_exception(client: NodeClient, engine: EngineProcess, tmp_path: Path) -> None:
    seen = run(tmp_path, client, "unhandled", engine)
    shop_checks.check_chain(seen.event, seen.source, client.sends)
    shop_checks.check_crash(seen.event, client.sends)
    # Elastic's agent sends the user only inside a request, or when given with the error.
    shop_checks.check_context(seen.event, client.sends - ({"user", "name"} if client is ELASTIC else set()))
    assert seen.process.returncode == client.exit_code
    assert TROUBLE.search(re.sub(client.always_prints, "", seen.process.stderr)) is None


@pytest.mark.parametrize("client", ALL_CLIENTS, ids=str)
def test_a_handled_exception(client: NodeClient, engine: EngineProcess, tmp_path: Path) -> None:
    seen = run(tmp_path, client, "handled", engine)
    check_quiet(client, seen.process)
    shop_checks.check_chain(seen.event, seen.source, client.sends)
    shop_checks.check_context(seen.event, client.sends)
    assert seen.event.level is (Level.WARNING if client is BUGSNAG else Level.ERROR)
    assert shop_checks.is_handled(seen.event) in (True, None)


@pytest.mark.parametrize("client", ALL_CLIENTS, ids=str)
def test_a_message(client: NodeClient, engine: EngineProcess, tmp_path: Path) -> None:
    seen = run(tmp_path, client, "message", engine)
    check_quiet(client, seen.process)
    assert "the cart is empty" in seen.event.title
    assert "the cart is empty" in (seen.event.message, *(one.value for one in seen.event.exceptions))
    levels = {SENTRY: Level.WARNING, "node_rollbar": Level.WARNING, "Bugsnag Node": Level.INFO}
    assert seen.event.level is levels.get(client.sdk, Level.ERROR)


@pytest.mark.parametrize("client", [one for one in ALL_CLIENTS if one not in (RAYGUN, ELASTIC)], ids=str)
def test_an_unhandled_rejection(client: NodeClient, engine: EngineProcess, tmp_path: Path) -> None:
    seen = run(tmp_path, client, "rejection", engine)
    sends = client.sends - ({"cause"} if client.instead in ("sentry-node-7", "sentry-node-8") else set())
    shop_checks.check_chain(seen.event, seen.source, sends)
    shop_checks.check_crash(seen.event, sends)
    assert "checkoutLater" in [frame.function for frame in seen.event.exceptions[-1].frames]


@pytest.mark.parametrize("client", [*SENTRIES, ROLLBAR, BUGSNAG], ids=str)
def test_a_thrown_object_that_is_no_error(client: NodeClient, engine: EngineProcess, tmp_path: Path) -> None:
    seen = run(tmp_path, client, "nonerror", engine)
    shop_checks.check_crash(seen.event, client.sends)
    assert seen.event.title


@pytest.mark.parametrize("client", [*SENTRIES, ROLLBAR, BUGSNAG], ids=str)
def test_a_thrown_text(client: NodeClient, engine: EngineProcess, tmp_path: Path) -> None:
    seen = run(tmp_path, client, "string", engine)
    shop_checks.check_crash(seen.event, client.sends)
    assert "no card" in f"{seen.event.title} {seen.event.extra}"


@pytest.mark.parametrize("client", ALL_CLIENTS, ids=str)
def test_an_aggregate_error(client: NodeClient, engine: EngineProcess, tmp_path: Path) -> None:
    event = run(tmp_path, client, "aggregate", engine).event
    shop_checks.check_crash(event, client.sends)
    raised = event.exceptions[-1]
    # Rollbar uses the message of the first part for the whole.
    value = "no card" if client is ROLLBAR else "two of two failed"
    assert (raised.type, raised.value) == ("AggregateError", value)
    assert shop_checks.short_name(raised.frames[-1]) == "checkoutAll"
    if client.sdk == SENTRY:
        parts = {(one.type, one.value, one.parent) for one in event.exceptions[:-1]}
        assert parts == {("TypeError", "no card", 2), ("RangeError", "no such coupon", 2)}


@pytest.mark.parametrize("client", ALL_CLIENTS, ids=str)
def test_an_error_inside_an_express_request(
    client: NodeClient, engine: EngineProcess, tmp_path: Path
) -> None:
    plugin = ("Bugsnag.start({", 'Bugsnag.start({ plugins: [require("@bugsnag/plugin-express")],')
    seen = run(tmp_path, client, "express", engine, plugin if client is BUGSNAG else ("", ""))
    check_quiet(client, seen.process)
    shop_checks.check_chain(seen.event, seen.source, client.sends)
    shop_checks.check_context(seen.event, client.sends - {"user", "name"})
    assert seen.event.level is Level.ERROR
    request = seen.event.request
    assert request is not None
    assert request.method == "GET"
    assert re.match(r"(http://127\.0\.0\.1(:\d+)?)?/checkout/42(\?|$)", request.url or "")
    assert seen.event.user_agent is not None
    assert seen.event.user_agent.browser == "Firefox"
    assert request.query == "coupon=none"
    if "headers" in client.sends:
        assert {name.lower(): value for name, value in request.headers.items()}["x-shop"] == "north"
    frames = seen.event.exceptions[-1].frames
    assert {frame.in_app for frame in frames} == {True, False}


@pytest.mark.parametrize("client", SENTRIES, ids=str)
def test_an_attachment(client: NodeClient, engine: EngineProcess, tmp_path: Path) -> None:
    (attachment,) = run(tmp_path, client, "attachment", engine).event.attachments
    assert (attachment.filename, attachment.content_type) == ("cart.json", "application/json")
    assert attachment.size == len('{"items":\n2}\n')


@pytest.mark.parametrize("client", SENTRIES[:3], ids=str)
def test_user_feedback(client: NodeClient, engine: EngineProcess, tmp_path: Path) -> None:
    (feedback,) = run(tmp_path, client, "feedback", engine).event.feedback
    assert (feedback.name, feedback.email, feedback.comments) == ("Ada", "ada@example.com", "It hung.")


@pytest.mark.parametrize("client", SENTRIES, ids=str)
def test_a_check_in_that_failed(client: NodeClient, engine: EngineProcess, tmp_path: Path) -> None:
    with Arrivals(engine) as arrivals:
        process = start(tmp_path, client, "checkin", engine)
        event = arrivals.event()
    check_quiet(client, process)
    assert (event.project, event.title) == (PROJECT, "Check-in failed: nightly-stock")
    assert (event.level, event.release, event.environment) == (Level.ERROR, "1.2.3", "test")


@pytest.mark.parametrize("options", ['dsn: "{dsn}", tunnel: "{url}/tunnel"', 'spotlight: "{url}/stream"'])
def test_sentry_by_tunnel_and_by_spotlight(options: str, engine: EngineProcess, tmp_path: Path) -> None:
    """Through a tunnel, and to a Spotlight sidecar without a DSN."""
    dsn = engine.dsn(PROJECT)
    change = (f'dsn: "{dsn}"', options.format(dsn=dsn, url=engine.url))
    with Arrivals(engine) as arrivals:
        process = start(tmp_path, SENTRIES[0], "handled", engine, change)
        event = arrivals.event()
    check_quiet(SENTRIES[0], process)
    shop_checks.check_chain(event, SourceText(tmp_path / "shop.js"), ALL)
    assert event.project == PROJECT or "dsn" not in options


def test_local_variables(engine: EngineProcess, tmp_path: Path) -> None:
    option = ("Sentry.init({", "Sentry.init({ includeLocalVariables: true,")
    event = run(tmp_path, SENTRIES[0], "late", engine, option).event
    assert event.exceptions[-1].frames[-1].vars["order"] == {"id": 42}


def test_sentry_configured_by_the_environment(engine: EngineProcess, tmp_path: Path) -> None:
    command = javascript.catalogue("Sentry for Node, by environment", engine.url, PROJECT)
    setup = 'const Sentry = require("@sentry/node");\nSentry.init();'
    javascript.make_app(tmp_path, "node", setup, "sentry")
    with Arrivals(engine) as arrivals:
        process = javascript.run(["sh", "-c", command], tmp_path, ENVIRONMENT | {"CASE": "handled"})
        event = arrivals.event()
    check_quiet(SENTRIES[0], process)
    assert (event.project, event.release, event.environment) == (PROJECT, "1.2.3", "test")
    shop_checks.check_chain(event, SourceText(tmp_path / "shop.js"), ALL)


@pytest.mark.parametrize("compression", ["none", "gzip"])
@pytest.mark.parametrize("case", ["span", "log", "span_json", "log_json"])
def test_opentelemetry(case: str, compression: str, engine: EngineProcess, tmp_path: Path) -> None:
    command = javascript.catalogue("OpenTelemetry for Node", engine.url, PROJECT)
    javascript.make_app(tmp_path, "node", "", "otel")
    environment = {"CASE": case, "OTEL_EXPORTER_OTLP_COMPRESSION": compression}
    with Arrivals(engine) as arrivals:
        process = javascript.run(["sh", "-c", command], tmp_path, environment)
        event = arrivals.event()
    assert (process.returncode, process.stderr) == (0, "")
    assert event.project == PROJECT
    assert event.sdk is not None
    assert (event.sdk.name, event.sdk.version) == ("opentelemetry", "2.12.0")
    shop_checks.check_chain(event, SourceText(tmp_path / "shop.js"), frozenset({"column"}))
