"""The doctor: what it finds, in words that help."""

import http.server
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from app.doctor.examination import Examination, examine
from app.doctor.finding import Severity
from app.engine import address
from app.engine.address import Listening
from app.engine.engine import Engine
from app.model import to_micros
from app.settings import Settings
from app.store.inbox import callers
from app.store.inbox.callers import Calls
from app.store.queue import refusals
from tests.factories import Store

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, port=0, spotlight_port=0, digest_inline=True)


def examined(store: Store, settings: Settings) -> Examination:
    found = store.read(examine, settings, now=NOW)
    assert msgspec.json.encode(found)
    order = [*Severity][::-1]
    assert [*found.findings] == sorted(found.findings, key=lambda each: order.index(each.severity))
    return found


def titles(found: Examination, severity: Severity) -> list[str]:
    return [finding.title for finding in found.findings if finding.severity == severity]


def call(store: Store, client: str = "sentry.python", *, ago: float = 60, skew: float | None = None) -> None:
    at = to_micros(NOW - timedelta(seconds=ago))
    micros = None if skew is None else int(skew * 1_000_000)
    store.write(callers.count, [Calls("shop", "sentry.envelope", client, "1", at, at, 1, micros)])


def refuse(store: Store, status: int, reason: str, *, times: int = 1, ago: float = 60) -> None:
    row: dict[str, Any] = {
        "at": to_micros(NOW - timedelta(seconds=ago)),
        "status": status,
        "reason": reason,
        "remote": "127.0.0.1",
        "head": b"POST / HTTP/1.1",
        "body": b"",
    }
    store.write(refusals.record, [row] * times, counted=times)


def test_no_engine_is_a_problem(store: Store, settings: Settings) -> None:
    found = examined(store, settings)
    assert titles(found, Severity.PROBLEM) == ["The engine does not run on this folder."]
    assert titles(found, Severity.WARNING) == ["Nobody has ever called in."]
    assert (found.callers, found.refusals) == ((), ())


def test_a_running_engine_answers(tmp_path: Path, settings: Settings) -> None:
    engine = Engine(settings)
    url = engine.start()
    found = examined(Store(engine.database), settings)
    engine.stop()
    assert found.url == url
    assert titles(found, Severity.PROBLEM) == []
    fine = titles(found, Severity.OK)
    assert fine[0] == f"The engine answers at {url}."
    assert fine[1].startswith("Spotlight's clients are heard on http://127.0.0.1:")
    assert "Only programs on this machine can send errors." in titles(found, Severity.NOTE)


def test_an_engine_that_is_gone_is_noticed(store: Store, settings: Settings) -> None:
    address.write(settings.data_dir, Listening(url="http://127.0.0.1:1", no_spotlight="port 8969 is taken"))
    found = examined(store, settings)
    assert titles(found, Severity.PROBLEM)[0].startswith("Nobody answers at http://127.0.0.1:1: ")
    assert "Spotlight's clients are not heard: port 8969 is taken." in titles(found, Severity.NOTE)


@pytest.fixture
def somebody_else() -> Iterator[str]:
    """Another program's web server."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"It works!")

        def log_message(self, *_words: Any) -> None:
            """Nobody wants to know."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_another_program_at_the_address_is_noticed(
    store: Store, settings: Settings, somebody_else: str
) -> None:
    address.write(settings.data_dir, Listening(url=somebody_else))
    assert titles(examined(store, settings), Severity.PROBLEM) == [
        f"At {somebody_else} another program answers."
    ]


def test_an_engine_for_the_network_tells_of_the_firewall(store: Store, settings: Settings) -> None:
    address.write(settings.data_dir, Listening(url="http://0.0.0.0:1", smtp="127.0.0.1:2525"))
    found = examined(store, settings)
    assert any("Anyone on this network" in title for title in titles(found, Severity.WARNING))
    assert "Error mails are taken at 127.0.0.1:2525." in titles(found, Severity.OK)


def test_who_called(store: Store, settings: Settings) -> None:
    call(store, "old", ago=3_600)
    found = examined(store, settings)
    assert "Nobody has called in the last 15 minutes." in titles(found, Severity.WARNING)
    call(store, "pyrollbar")
    found = examined(store, settings)
    assert "In the last 15 minutes these called in: pyrollbar." in titles(found, Severity.OK)
    assert not any("public address" in title for title in titles(found, Severity.NOTE))
    assert [caller.client for caller in found.callers] == ["pyrollbar", "old"]
    call(store, "sentry.javascript.browser")
    assert any("public address" in title for title in titles(examined(store, settings), Severity.NOTE))


@pytest.mark.parametrize(
    ("skew", "severity", "words"),
    [
        (3_600.0 * 2, Severity.WARNING, "2 hours ahead"),
        (150.0, Severity.WARNING, "2 minutes ahead"),
        (86_400.0 * 3, Severity.WARNING, "3 days ahead"),
        (-45.0, Severity.NOTE, "45 seconds behind"),
    ],
)
def test_a_clock_that_is_off(
    store: Store, settings: Settings, skew: float, severity: Severity, words: str
) -> None:
    call(store, skew=skew)
    assert any(words in title for title in titles(examined(store, settings), severity))


def test_a_clock_that_is_right(store: Store, settings: Settings) -> None:
    call(store, skew=-2.0)
    assert not any("clock" in finding.title for finding in examined(store, settings).findings)


def test_what_was_turned_away(store: Store, settings: Settings) -> None:
    refuse(store, 404, "old", ago=7_200)
    refuse(store, 421, "for 'evil'", times=3)
    refuse(store, 400, "This port speaks plain HTTP: use http:// instead of https://.")
    refuse(store, 503, "The disk is full")
    found = examined(store, settings)
    warned = titles(found, Severity.WARNING)
    assert "Turned away with 421 (3 times in the last hour): for 'evil'" in warned
    assert not any("404" in title for title in warned)
    assert "Turned away with 503: The disk is full" in titles(found, Severity.PROBLEM)
    advice = {finding.title: finding.advice for finding in found.findings}
    assert "http://" in advice[next(title for title in warned if "plain HTTP" in title)]
    assert len(found.refusals) == 6


def test_a_locked_engine_says_so(store: Store, settings: Settings) -> None:
    found = examined(store, replace(settings, known_keys=("shop", "blog")))
    assert "Only these keys are welcome: shop, blog." in titles(found, Severity.NOTE)
