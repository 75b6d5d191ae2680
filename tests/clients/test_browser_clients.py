"""Real clients of browsers in Chromium, through the real engine, by the catalogue's own lines."""

import re
from pathlib import Path

import pytest
from msgspec import Struct

from app.model import Event, Level
from tests.clients import chromium, https_site, javascript, shop_checks
from tests.clients.javascript import SourceText
from tests.clients.watch import Watch
from tests.end2end.engine_process import EngineProcess

pytestmark = pytest.mark.all_clients

PROJECT = "web_shop"
ALL = frozenset("cause column unhandled user name release environment tags cart breadcrumbs".split())
UNCAUGHT = r"Uncaught .*"


class BrowserClient(Struct, frozen=True):
    """A client, by its name in the catalogue; `knows` is what it tells of an error, of `ALL`.

    `sdk` is what it calls itself, and `always_prints` what it says on the console of every page.
    """

    entry: str
    driver: str
    package: str
    sdk: str
    knows: frozenset[str]
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
EVERY = [*SENTRIES, ROLLBAR, BUGSNAG, AIRBRAKE, HONEYBADGER, RAYGUN, ELASTIC]


class Seen(Struct, frozen=True):
    """What came of one page."""

    event: Event
    source: SourceText
    console: list[str]
    page: str


def show(
    folder: Path, client: BrowserClient, case: str, engine: EngineProcess, change: tuple[str, str] = ("", "")
) -> Seen:
    """Show a page that fails in one way with a client, until its one event is filed."""
    code = javascript.catalogue(client.entry, engine.url, PROJECT, change)
    instead = {client.package: client.instead} if client.instead else {}
    app = chromium.bundle(javascript.make_app(folder, "browser", code, client.driver, instead))
    (app.parent / "index.html").write_text(f'{chromium.PAGE}<script src="/app.js"></script>', "utf-8")
    (app.parent / "left.html").write_text(chromium.PAGE, "utf-8")
    with Watch(engine) as watch, chromium.served(app.parent) as page:
        with chromium.shown(folder / "profile", f"{page}/#{case}") as browser:
            event = watch.event()
        console = browser.console()
    return Seen(event, SourceText(app), console, page)


def check_sender(client: BrowserClient, seen: Seen) -> None:
    """Who sent it, from which page, and that the console has nothing but what it always has."""
    event = seen.event
    assert (event.project, event.platform, event.problems) == (PROJECT, "javascript", ())
    assert event.sdk is not None
    assert (event.sdk.name, event.sdk.version) == (client.sdk, client.version)
    assert event.request is not None
    assert (event.request.url or "").startswith(seen.page)
    assert event.user_agent is not None
    assert event.user_agent.browser is not None
    assert "Chrom" in event.user_agent.browser
    assert [line for line in seen.console if not re.fullmatch(client.always_prints, line)] == []


@pytest.mark.parametrize("client", EVERY, ids=str)
def test_an_unhandled_exception(client: BrowserClient, engine: EngineProcess, tmp_path: Path) -> None:
    seen = show(tmp_path, client, "unhandled", engine)
    check_sender(client, seen)
    shop_checks.check_chain(seen.event, seen.source, client.knows)
    shop_checks.check_crash(seen.event, client.knows)
    # Raygun's breadcrumbs are not ready when the page has just been loaded.
    shop_checks.check_surroundings(
        seen.event, client.knows - ({"breadcrumbs"} if client is RAYGUN else set())
    )


@pytest.mark.parametrize("client", EVERY, ids=str)
def test_a_handled_exception(client: BrowserClient, engine: EngineProcess, tmp_path: Path) -> None:
    seen = show(tmp_path, client, "handled", engine)
    check_sender(client, seen)
    shop_checks.check_chain(seen.event, seen.source, client.knows)
    shop_checks.check_surroundings(seen.event, client.knows)
    assert shop_checks.is_handled(seen.event) in (True, None)


@pytest.mark.parametrize("client", EVERY, ids=str)
def test_a_message(client: BrowserClient, engine: EngineProcess, tmp_path: Path) -> None:
    seen = show(tmp_path, client, "message", engine)
    check_sender(client, seen)
    assert "the cart is empty" in seen.event.title
    levels = {SENTRY: Level.WARNING, ROLLBAR.sdk: Level.WARNING, BUGSNAG.sdk: Level.INFO}
    assert seen.event.level is levels.get(client.sdk, Level.ERROR)


@pytest.mark.parametrize("client", EVERY, ids=str)
def test_a_rejection_that_nobody_handles(
    client: BrowserClient, engine: EngineProcess, tmp_path: Path
) -> None:
    seen = show(tmp_path, client, "rejection", engine)
    check_sender(client, seen)
    assert shop_checks.PAYMENT_FAILED in seen.event.title
    shop_checks.check_crash(seen.event, client.knows)
    assert "checkoutLater" in [frame.function for frame in seen.event.exceptions[-1].frames]


@pytest.mark.parametrize("client", SENTRIES, ids=str)
def test_a_thrown_object_that_is_no_error(
    client: BrowserClient, engine: EngineProcess, tmp_path: Path
) -> None:
    seen = show(tmp_path, client, "nonerror", engine)
    shop_checks.check_crash(seen.event, client.knows)
    assert seen.event.title


def test_an_error_on_a_page_that_is_left_at_once(engine: EngineProcess, tmp_path: Path) -> None:
    seen = show(tmp_path, SENTRIES[0], "unload", engine)
    shop_checks.check_chain(seen.event, seen.source, SENTRIES[0].knows)


@pytest.mark.parametrize("client", SENTRIES[:2], ids=str)
def test_what_a_user_wrote(client: BrowserClient, engine: EngineProcess, tmp_path: Path) -> None:
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
        client.knows,
        client.instead,
    )
    seen = show(tmp_path, tunnel, "unhandled", engine)
    check_sender(tunnel, seen)
    shop_checks.check_chain(seen.event, seen.source, tunnel.knows)


@pytest.mark.parametrize("client", SENTRIES[:2], ids=str)
def test_sentry_to_a_spotlight_sidecar(client: BrowserClient, engine: EngineProcess, tmp_path: Path) -> None:
    sidecar = f'integrations: [Sentry.spotlightBrowserIntegration({{ sidecarUrl: "{engine.url}/stream" }})]'
    seen = show(tmp_path, client, "handled", engine, (f'dsn: "{engine.dsn(PROJECT)}"', sidecar))
    shop_checks.check_chain(seen.event, seen.source, client.knows)


@pytest.mark.parametrize("entry", ["sendBeacon, without any client", "fetch, without any client"])
def test_no_client_at_all(entry: str, engine: EngineProcess, tmp_path: Path) -> None:
    seen = show(tmp_path, BrowserClient(entry, "plain", "", "", frozenset()), "unhandled", engine)
    assert seen.event.project == PROJECT
    assert [line for line in seen.console if not re.fullmatch(UNCAUGHT, line)] == []
    shop_checks.check_chain(seen.event, seen.source, frozenset({"column"}))
    if entry.startswith("fetch"):
        assert seen.event.request is not None
        assert (seen.event.request.url or "").startswith(seen.page)


def test_a_violated_content_security_policy(engine: EngineProcess, tmp_path: Path) -> None:
    code = javascript.catalogue("Content-Security-Policy violations", engine.url, PROJECT)
    name, _, policy = code.partition(": ")
    body = '<!doctype html><title>shop</title><img src="http://127.0.0.1:1/cart.png">'
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text(body, "utf-8")
    with (
        Watch(engine) as watch,
        chromium.served(tmp_path / "site", {name: policy}) as page,
        chromium.shown(tmp_path / "profile", page),
    ):
        event = watch.event()
    assert event.project == PROJECT
    assert "img-src" in event.title
    assert event.request is not None
    assert (event.request.url or "").startswith(page)


def test_what_the_reporting_api_sends_over_https(engine: EngineProcess, tmp_path: Path) -> None:
    def headers(site: str) -> dict[str, str]:
        return {
            "Reporting-Endpoints": f'arecibo="{site}/{PROJECT}/reports"',
            "Content-Security-Policy-Report-Only": "img-src 'self'; report-to arecibo",
        }

    body = b'<!doctype html><title>shop</title><img src="https://localhost:1/cart.png">'
    with (
        Watch(engine) as watch,
        https_site.served(tmp_path, body, headers, engine.url) as site,
        chromium.shown(tmp_path / "profile", f"{site}/", *https_site.SWITCHES),
    ):
        event = watch.event()
    assert (event.project, event.problems) == (PROJECT, ())
    assert "img-src" in event.title
    assert event.request is not None
    assert event.request.url == f"{site}/"
    assert event.user_agent is not None
