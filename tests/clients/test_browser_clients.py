"""Real browser clients in Chromium, through the real engine, configured by the catalogue's own lines."""

import re
from pathlib import Path

import pytest
from msgspec import Struct

from app.model import Event, Level
from tests.clients import chromium, https_site, javascript, shop_checks
from tests.clients.arrivals import Arrivals
from tests.clients.javascript import SourceText
from tests.end2end.engine_process import EngineProcess

pytestmark = pytest.mark.all_clients

PROJECT = "web_shop"
ALL = frozenset("cause column unhandled user name release environment tags cart breadcrumbs".split())
UNCAUGHT = r"Uncaught .*"


class BrowserClient(Struct, frozen=True):
    """A client, by its name in the catalogue; `sends` is what it reports of an error, of `ALL`.

    `sdk` is its name in its reports, and `always_prints` what it writes to the console of every page.
    """

    entry: str
    driver: str
    package: str
    sdk: str
    sends: frozenset[str]
    instead: str = ""
    always_prints: str = UNCAUGHT

    def __str__(self) -> str:
        return self.instead or self.package

    @property
    def version(self) -> str:
        return javascript.version(self.instead or self.package)


SENTRY = "sentry.javascript.browser"
SENTRIES = [
    BrowserClient(
        "Sentry in browsers", "sentry", "@sentry/browser", SENTRY, ALL - {"release", "environment"}, instead
    )
    for instead in ("", "sentry-browser-10", "sentry-browser-7")
]
ROLLBAR = BrowserClient(
    "Rollbar in browsers",
    "rollbar",
    "rollbar",
    "rollbar-browser-js",
    ALL - {"tags"},
    always_prints=UNCAUGHT + "|Refused to get unsafe header .*",
)
BUGSNAG = BrowserClient(
    "Bugsnag in browsers",
    "bugsnag",
    "@bugsnag/js",
    "Bugsnag JavaScript",
    ALL - {"release", "environment", "tags"},
    always_prints=UNCAUGHT + r"|\[bugsnag\] .*",
)
AIRBRAKE = BrowserClient(
    "Airbrake in browsers",
    "airbrake",
    "@airbrake/browser",
    "airbrake-js/browser",
    ALL - {"cause", "tags", "breadcrumbs"},
)
HONEYBADGER = BrowserClient(
    "Honeybadger in browsers",
    "honeybadger",
    "@honeybadger-io/js",
    "@honeybadger-io/js",
    ALL - {"name", "tags", "unhandled"},
    always_prints=UNCAUGHT + r"|\[Honeybadger\] Error report sent .*",
)
RAYGUN = BrowserClient(
    "Raygun in browsers",
    "raygun",
    "raygun4js",
    "raygun-js",
    frozenset("column unhandled user name release breadcrumbs".split()),
)
ELASTIC = BrowserClient(
    "Elastic APM in browsers",
    "elastic",
    "@elastic/apm-rum",
    "rum-js",
    frozenset("column user name tags cart".split()),
)
ALL_CLIENTS = [*SENTRIES, ROLLBAR, BUGSNAG, AIRBRAKE, HONEYBADGER, RAYGUN, ELASTIC]


class Shown(Struct, frozen=True):
    """The outcome of one page: its event, its script, its console and its address."""

    event: Event
    source: SourceText
    console: list[str]
    page: str


def show(
    folder: Path, client: BrowserClient, case: str, engine: EngineProcess, change: tuple[str, str] = ("", "")
) -> Shown:
    """Show a page that fails in one way with a client, until its only event is filed."""
    code = javascript.catalogue(client.entry, engine.url, PROJECT, change)
    instead = {client.package: client.instead} if client.instead else {}
    app = chromium.bundle(javascript.make_app(folder, "browser", code, client.driver, instead))
    (app.parent / "index.html").write_text(f'{chromium.PAGE}<script src="/app.js"></script>', "utf-8")
    (app.parent / "left.html").write_text(chromium.PAGE, "utf-8")
    with Arrivals(engine) as arrivals, chromium.served(app.parent) as page:
        with chromium.shown(folder / "profile", f"{page}/#{case}") as browser:
            event = arrivals.event()
        console = browser.console()
    return Shown(event, SourceText(app), console, page)


def check_sender(client: BrowserClient, shown: Shown) -> None:
    """Check who sent it, from which page, and that the console has only `always_prints`."""
    event = shown.event
    assert (event.project, event.platform, event.problems) == (PROJECT, "javascript", ())
    assert event.sdk is not None
    assert (event.sdk.name, event.sdk.version) == (client.sdk, client.version)
    assert event.request is not None
    assert (event.request.url or "").startswith(shown.page)
    assert event.user_agent is not None
    assert event.user_agent.browser is not None
    assert "Chrom" in event.user_agent.browser
    assert [line for line in shown.console if not re.fullmatch(client.always_prints, line)] == []


@pytest.mark.parametrize("client", ALL_CLIENTS, ids=str)
def test_an_unhandled_exception(client: BrowserClient, engine: EngineProcess, tmp_path: Path) -> None:
    shown = show(tmp_path, client, "unhandled", engine)
    check_sender(client, shown)
    shop_checks.check_chain(shown.event, shown.source, client.sends)
    shop_checks.check_crash(shown.event, client.sends)
    # Raygun's breadcrumbs are not ready when the page has just been loaded.
    shop_checks.check_context(shown.event, client.sends - ({"breadcrumbs"} if client is RAYGUN else set()))


@pytest.mark.parametrize("client", ALL_CLIENTS, ids=str)
def test_a_handled_exception(client: BrowserClient, engine: EngineProcess, tmp_path: Path) -> None:
    shown = show(tmp_path, client, "handled", engine)
    check_sender(client, shown)
    shop_checks.check_chain(shown.event, shown.source, client.sends)
    shop_checks.check_context(shown.event, client.sends)
    assert shop_checks.is_handled(shown.event) in (True, None)


@pytest.mark.parametrize("client", ALL_CLIENTS, ids=str)
def test_a_message(client: BrowserClient, engine: EngineProcess, tmp_path: Path) -> None:
    shown = show(tmp_path, client, "message", engine)
    check_sender(client, shown)
    assert "the cart is empty" in shown.event.title
    levels = {SENTRY: Level.WARNING, ROLLBAR.sdk: Level.WARNING, BUGSNAG.sdk: Level.INFO}
    assert shown.event.level is levels.get(client.sdk, Level.ERROR)


@pytest.mark.parametrize("client", ALL_CLIENTS, ids=str)
def test_an_unhandled_rejection(client: BrowserClient, engine: EngineProcess, tmp_path: Path) -> None:
    shown = show(tmp_path, client, "rejection", engine)
    check_sender(client, shown)
    assert shop_checks.PAYMENT_FAILED in shown.event.title
    shop_checks.check_crash(shown.event, client.sends)
    assert "checkoutLater" in [frame.function for frame in shown.event.exceptions[-1].frames]


@pytest.mark.parametrize("client", SENTRIES, ids=str)
def test_a_thrown_object_that_is_no_error(
    client: BrowserClient, engine: EngineProcess, tmp_path: Path
) -> None:
    shown = show(tmp_path, client, "nonerror", engine)
    shop_checks.check_crash(shown.event, client.sends)
    assert shown.event.title


def test_an_error_while_the_page_unloads(engine: EngineProcess, tmp_path: Path) -> None:
    shown = show(tmp_path, SENTRIES[0], "unload", engine)
    shop_checks.check_chain(shown.event, shown.source, SENTRIES[0].sends)


@pytest.mark.parametrize("client", SENTRIES[:2], ids=str)
def test_user_feedback(client: BrowserClient, engine: EngineProcess, tmp_path: Path) -> None:
    event = show(tmp_path, client, "feedback", engine).event
    assert (event.title, event.level) == ("It hung.", Level.INFO)
    assert [(one.name, one.email) for one in event.feedback] == [("Ada", "ada@example.com")]


@pytest.mark.parametrize("client", SENTRIES, ids=str)
def test_sentry_through_a_tunnel(client: BrowserClient, engine: EngineProcess, tmp_path: Path) -> None:
    tunnel = BrowserClient(
        "Sentry in browsers, through a tunnel",
        "sentry",
        "@sentry/browser",
        SENTRY,
        client.sends,
        client.instead,
    )
    shown = show(tmp_path, tunnel, "unhandled", engine)
    check_sender(tunnel, shown)
    shop_checks.check_chain(shown.event, shown.source, tunnel.sends)


@pytest.mark.parametrize("client", SENTRIES[:2], ids=str)
def test_sentry_to_a_spotlight_sidecar(client: BrowserClient, engine: EngineProcess, tmp_path: Path) -> None:
    sidecar = f'integrations: [Sentry.spotlightBrowserIntegration({{ sidecarUrl: "{engine.url}/stream" }})]'
    shown = show(tmp_path, client, "handled", engine, (f'dsn: "{engine.dsn(PROJECT)}"', sidecar))
    shop_checks.check_chain(shown.event, shown.source, client.sends)


@pytest.mark.parametrize("entry", ["sendBeacon, without any client", "fetch, without any client"])
def test_without_a_client(entry: str, engine: EngineProcess, tmp_path: Path) -> None:
    shown = show(tmp_path, BrowserClient(entry, "plain", "", "", frozenset()), "unhandled", engine)
    assert shown.event.project == PROJECT
    assert [line for line in shown.console if not re.fullmatch(UNCAUGHT, line)] == []
    shop_checks.check_chain(shown.event, shown.source, frozenset({"column"}))
    if entry.startswith("fetch"):
        assert shown.event.request is not None
        assert (shown.event.request.url or "").startswith(shown.page)


def test_a_violated_content_security_policy(engine: EngineProcess, tmp_path: Path) -> None:
    code = javascript.catalogue("Content-Security-Policy violations", engine.url, PROJECT)
    name, _, policy = code.partition(": ")
    body = '<!doctype html><title>shop</title><img src="http://127.0.0.1:1/cart.png">'
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text(body, "utf-8")
    with (
        Arrivals(engine) as arrivals,
        chromium.served(tmp_path / "site", {name: policy}) as page,
        chromium.shown(tmp_path / "profile", page),
    ):
        event = arrivals.event()
    assert event.project == PROJECT
    assert "img-src" in event.title
    assert event.request is not None
    assert (event.request.url or "").startswith(page)


def test_a_report_of_the_reporting_api_over_https(engine: EngineProcess, tmp_path: Path) -> None:
    def headers(site: str) -> dict[str, str]:
        return {
            "Reporting-Endpoints": f'arecibo="{site}/{PROJECT}/reports"',
            "Content-Security-Policy-Report-Only": "img-src 'self'; report-to arecibo",
        }

    body = b'<!doctype html><title>shop</title><img src="https://localhost:1/cart.png">'
    with (
        Arrivals(engine) as arrivals,
        https_site.served(tmp_path, body, headers, engine.url) as site,
        chromium.shown(tmp_path / "profile", f"{site}/", *https_site.SWITCHES),
    ):
        event = arrivals.event()
    assert (event.project, event.problems) == (PROJECT, ())
    assert "img-src" in event.title
    assert event.request is not None
    assert event.request.url == f"{site}/"
    assert event.user_agent is not None
