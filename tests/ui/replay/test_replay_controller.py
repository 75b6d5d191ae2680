"""A replay against a real server: what it answered, and which event came of it."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.replay.repeatable import TOKEN_HEADER
from app.store.database import Database
from tests.ui.detail.arrivals import Arrivals
from ui.detail.pane import DetailPane
from ui.detail.requests import ReplayRequest
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.replay import replay_controller
from ui.replay.dialog import ReplayDialog
from ui.replay.replay_controller import ReplayController

Serve = Callable[[Callable[[str], None]], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves an app that does something with each request's token; returns its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(act: Callable[[str], None]) -> str:
        class App(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                act(self.headers[TOKEN_HEADER])
                self.send_response(500)
                self.end_headers()
                self.wfile.write(b"<h1>it broke</h1>")

            def log_message(self, *arguments: object) -> None:
                """Says nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), App)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def arrivals(database: Database) -> Arrivals:
    return Arrivals(database)


@pytest.fixture
def pane(access: StoreAccess, background: Background, chosen: PreferencesAccess, qtbot: QtBot) -> DetailPane:
    made = DetailPane(access, background, chosen)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def controller(
    pane: DetailPane,
    access: StoreAccess,
    background: Background,
    chosen: PreferencesAccess,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> ReplayController:
    monkeypatch.setattr(replay_controller, "LOOKS", 2)
    monkeypatch.setattr(replay_controller, "LOOK_MS", 10)
    window = QWidget()
    qtbot.addWidget(window)
    return ReplayController(window, access, background, chosen, pane)


def opened(
    controller: ReplayController, pane: DetailPane, arrivals: Arrivals, url: str, qtbot: QtBot
) -> ReplayDialog:
    arrivals.send(request={"url": f"{url}/pay", "method": "GET"})
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    pane.page.request(ReplayRequest())
    assert controller.dialog is not None
    assert controller.dialog.isVisible()
    return controller.dialog


def test_the_event_that_it_made_is_found(
    controller: ReplayController, pane: DetailPane, arrivals: Arrivals, serve: Serve, qtbot: QtBot
) -> None:
    def fail(token: str) -> None:
        arrivals.send(request={"url": "http://x/pay", "headers": {TOKEN_HEADER: token}})

    dialog = opened(controller, pane, arrivals, serve(fail), qtbot)
    dialog.send.click()
    qtbot.waitUntil(lambda: "The error came back, as event" in dialog.verdict.text())
    assert dialog.answer.text().startswith("500 Internal Server Error after ")
    assert "<h1>it broke</h1>" in dialog.answer.text()
    with qtbot.waitSignal(pane.shown) as shown:
        dialog.show_event.click()
    assert shown.args == [2]


def test_another_error_is_said(
    controller: ReplayController, pane: DetailPane, arrivals: Arrivals, serve: Serve, qtbot: QtBot
) -> None:
    def fail(token: str) -> None:
        arrivals.send("OSError", "else", request={"url": "http://x", "headers": {TOKEN_HEADER: token}})

    dialog = opened(controller, pane, arrivals, serve(fail), qtbot)
    dialog.send.click()
    qtbot.waitUntil(lambda: dialog.verdict.text().startswith("Another error came"))


def test_an_error_that_does_not_come_back_is_said(
    controller: ReplayController, pane: DetailPane, arrivals: Arrivals, serve: Serve, qtbot: QtBot
) -> None:
    dialog = opened(controller, pane, arrivals, serve(lambda _token: None), qtbot)
    dialog.send.click()
    qtbot.waitUntil(lambda: "it did not come back" in dialog.verdict.text())
    assert dialog.send.isEnabled()


def test_the_base_is_remembered_for_the_project(
    controller: ReplayController,
    pane: DetailPane,
    arrivals: Arrivals,
    serve: Serve,
    chosen: PreferencesAccess,
    qtbot: QtBot,
) -> None:
    url = serve(lambda _token: None)
    chosen.change(replay_bases={"shop": url})
    dialog = opened(controller, pane, arrivals, "http://web:8000", qtbot)
    assert dialog.url.text() == f"{url}/pay"


def test_nobody_there_is_said_and_it_can_be_sent_again(
    controller: ReplayController, pane: DetailPane, arrivals: Arrivals, qtbot: QtBot
) -> None:
    dialog = opened(controller, pane, arrivals, "http://127.0.0.1:9", qtbot)
    dialog.send.click()
    qtbot.waitUntil(lambda: "Is the app running?" in dialog.answer.text())
    assert dialog.send.isEnabled()


def test_an_event_without_a_request_opens_nothing(
    controller: ReplayController, pane: DetailPane, arrivals: Arrivals, qtbot: QtBot
) -> None:
    arrivals.send()
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    controller.open()
    assert controller.dialog is None
    controller.close()
