"""Links that macOS hands over as events."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from pytestqt.qtbot import QtBot

from app.desktop.app_link import AppLink
from ui.desktop.url_events import UrlEvents


@pytest.fixture
def events(qtbot: QtBot) -> Iterator[UrlEvents]:
    app = QCoreApplication.instance()
    assert app is not None
    events = UrlEvents(app)
    yield events
    app.removeEventFilter(events)
    events.deleteLater()


def send(url: str) -> None:
    app = QCoreApplication.instance()
    assert app is not None
    app.sendEvent(app, QFileOpenEvent(QUrl(url)))


def test_a_link_is_told_as_it_comes(events: UrlEvents, qtbot: QtBot) -> None:
    events.begin()
    with qtbot.waitSignal(events.requested) as requested:
        send("arecibo://issue/7")
    assert requested.args == [AppLink(issue_id=7)]


def test_the_one_that_started_the_program_is_kept_until_somebody_listens(
    events: UrlEvents, qtbot: QtBot
) -> None:
    send("arecibo://issue/8")
    with qtbot.waitSignal(events.requested) as requested:
        events.begin()
    assert requested.args == [AppLink(issue_id=8)]


def test_what_is_no_link_of_ours_does_nothing(events: UrlEvents, qtbot: QtBot) -> None:
    events.begin()
    with qtbot.assertNotEmitted(events.requested):
        for url in (
            "file:///etc/passwd",
            "arecibo://issue/7?run=x",
            "arecibo://quit",
            "https://example.org/",
        ):
            send(url)
