"""Real Ruby clients, as Debian packages them, through the real engine, by the catalogue's own lines."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec import Struct

from app.model import Event, Frame, Level
from tests.clients import install, javascript, shop_checks
from tests.clients.arrivals import Arrivals
from tests.clients.javascript import SourceText
from tests.end2end.engine_process import EngineProcess

pytestmark = pytest.mark.all_clients

PROJECT = "ruby_shop"
RUBY = javascript.HERE / "ruby"
ENVIRONMENT = {"SENTRY_RELEASE": "1.2.3", "SENTRY_ENVIRONMENT": "test"}
# Both clients log what they do; any other line is a problem.
LOG = re.compile(r"I, \[.*\]  INFO -- sentry: \*\* \[(?:Sentry|Raven)\] .*\n")


class RubyClient(Struct, frozen=True):
    """A client, by its name in the catalogue."""

    entry: str
    driver: str
    sdk: str
    version: str

    def __str__(self) -> str:
        return self.driver


SENTRY = RubyClient("Sentry for Ruby", "sentry", "sentry.ruby", "5.3.0")
RAVEN = RubyClient("Raven for Ruby", "raven", "raven-ruby", "3.1.2")
BOTH = [SENTRY, RAVEN]


def run(
    folder: Path, client: RubyClient, case: str, engine: EngineProcess
) -> tuple[Event, subprocess.CompletedProcess[str]]:
    """Run one case of a driver to its end; returns the only event that arrived, and the process."""
    assert install.missing_debian_packages() == [], "run `make test-clients` first"
    code = javascript.catalogue(client.entry, engine.url, PROJECT)
    # Both clients count only code in lib, app and the like as the app's own.
    (folder / "lib").mkdir()
    shutil.copy(RUBY / "shop.rb", folder / "lib")
    driver = (RUBY / "drivers" / f"{client.driver}.rb").read_text("utf-8")
    (folder / "app.rb").write_text(f"{code}\n{driver}", "utf-8")
    with Arrivals(engine) as arrivals:
        # An app with Rack loads it before the client, which then provides its middleware.
        process = javascript.run(["ruby", "-rrack", "app.rb"], folder, ENVIRONMENT | {"CASE": case})
        event = arrivals.event()
    assert (event.project, event.platform, event.problems) == (PROJECT, "ruby", ())
    assert event.sdk is not None
    assert (event.sdk.name, event.sdk.version) == (client.sdk, client.version)
    assert (event.release, event.environment) == ("1.2.3", "test")
    shop_checks.check_context(event, frozenset({"user", "name", "tags", "cart"}))
    return event, process


def check_quiet(process: subprocess.CompletedProcess[str]) -> None:
    """Check that the process ended well, and logged no problem."""
    assert (process.returncode, LOG.sub("", process.stdout), LOG.sub("", process.stderr)) == (0, "", "")


def check_chain(event: Event, folder: Path) -> None:
    """Check the error, and its cause before it."""
    source = SourceText(folder / "lib" / "shop.rb")
    assert event.title == f"PaymentError: {shop_checks.PAYMENT_FAILED}"
    cause, raised = event.exceptions
    assert (cause.type, cause.value) == ("KeyError", "key not found: :card")
    assert (raised.type, raised.value) == ("PaymentError", shop_checks.PAYMENT_FAILED)
    # Hash#fetch is a frame of its own, on the line of its caller.
    names = [frame.function for frame in cause.frames]
    assert names[-4:] == ["checkout", "process_order", "charge_card", "fetch"]
    check_frame(cause.frames[-2], source, "order.fetch(:card)")
    assert raised.frames[-1].function == "rescue in process_order"
    check_frame(raised.frames[-1], source, "raise PaymentError")


def check_frame(frame: Frame, source: SourceText, text: str) -> None:
    """Check that this is a frame of the shop, on the line that contains `text`."""
    line = source.line_of(text)
    assert (frame.line, frame.in_app, frame.abs_path) == (line, True, str(source.path))
    assert dict(frame.context)[line].strip() == source.text_at(line)


@pytest.mark.parametrize("client", BOTH, ids=str)
def test_an_exception_with_a_cause(client: RubyClient, engine: EngineProcess, tmp_path: Path) -> None:
    event, process = run(tmp_path, client, "handled", engine)
    check_quiet(process)
    assert [crumb.message for crumb in event.breadcrumbs] == ["opened the cart"]
    check_chain(event, tmp_path)
    assert event.level is Level.ERROR


@pytest.mark.parametrize("client", BOTH, ids=str)
def test_a_message(client: RubyClient, engine: EngineProcess, tmp_path: Path) -> None:
    event, process = run(tmp_path, client, "message", engine)
    check_quiet(process)
    assert [crumb.message for crumb in event.breadcrumbs] == ["opened the cart"]
    assert (event.title, event.level) == ("the cart is empty", Level.WARNING)


@pytest.mark.parametrize("client", BOTH, ids=str)
def test_an_error_inside_a_rack_request(client: RubyClient, engine: EngineProcess, tmp_path: Path) -> None:
    event, process = run(tmp_path, client, "rack", engine)
    check_quiet(process)
    check_chain(event, tmp_path)
    request = event.request
    assert request is not None
    assert request.method == "GET"
    # Sentry sends the query only when it may send personal data.
    assert request.query == (None if client is SENTRY else "coupon=none")
    assert (request.url or "").startswith("http://127.0.0.1:3000/checkout/42")
    assert request.headers["X-Shop"] == "north"
    assert event.user_agent is not None
    assert event.user_agent.browser == "Firefox"


def test_a_block_that_raven_guards(engine: EngineProcess, tmp_path: Path) -> None:
    event, process = run(tmp_path, RAVEN, "unhandled", engine)
    check_chain(event, tmp_path)
    assert process.returncode == 1
