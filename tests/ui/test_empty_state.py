"""The page before the first error: what it shows can be copied, and works unchanged."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.clients import clients
from ui.connect.copy_field import CopyField
from ui.empty_state import TABS, EmptyState
from ui.theme import Theme

URL = "http://127.0.0.1:4711"
DSN = "http://my_app@127.0.0.1:4711/1"


@pytest.fixture
def page(qtbot: QtBot) -> EmptyState:
    made = EmptyState()
    qtbot.addWidget(made)
    made.resize(900, 800)
    made.show()
    return made


def shown(page: EmptyState) -> list[str]:
    return [field.text() for field in page.findChildren(CopyField) if field.isVisible()]


def button(page: EmptyState, text: str) -> QPushButton:
    QApplication.processEvents()  # what a layout is given is shown a moment later
    return next(each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible())


def test_every_tab_shows_its_client_of_the_catalogue(page: EmptyState) -> None:
    page.show_url(URL)
    catalogue = {client.name: client for client in clients(URL)}
    assert list(TABS) == ["Python", "Django", "Flask", "Node", "Browser", "curl"]
    for tab, name in TABS.items():
        button(page, tab).click()
        client = catalogue[name]
        assert shown(page)[1:] == [text for text in (client.install, client.code) if text]


def test_there_are_more_clients(page: EmptyState, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.clients_requested):
        button(page, "More clients …").click()


def test_without_an_engine_there_is_nothing_to_copy(page: EmptyState) -> None:
    assert not any(shown(page))
    assert not button(page, "Send a test error").isEnabled()


def test_the_address_fills_everything(page: EmptyState) -> None:
    page.show_url(URL)
    dsn, install, code = shown(page)
    assert (dsn, install) == (DSN, "pip install sentry-sdk")
    assert DSN in code
    page.show_url("http://127.0.0.1:9")
    assert "127.0.0.1:9/1" in shown(page)[0]


def test_choosing_a_platform_by_key(page: EmptyState, qtbot: QtBot) -> None:
    page.show_url(URL)
    QTest.keyClick(button(page, "curl"), Qt.Key.Key_Space)
    assert len(shown(page)) == 2
    assert shown(page)[1].startswith("curl")
    page.show_url("http://127.0.0.1:9")
    assert shown(page)[1].startswith("curl"), "the choice stays"
    assert "127.0.0.1:9" in shown(page)[1]


def test_copying(page: EmptyState) -> None:
    page.show_url(URL)
    button(page, "Copy").click()
    assert QGuiApplication.clipboard().text() == DSN
    assert button(page, "Copied").isVisible()


def test_a_test_error_is_requested_once_and_its_outcome_is_shown(page: EmptyState, qtbot: QtBot) -> None:
    page.show_url(URL)
    send = button(page, "Send a test error")
    with qtbot.waitSignal(page.test_requested):
        send.click()
    assert not send.isEnabled()
    page.answer("Nobody took it.")
    assert send.isEnabled()


def test_it_is_painted_in_both_themes(page: EmptyState, dressed: Theme) -> None:
    page.show_url(URL)
    assert page.grab().toImage().pixelColor(3, 3) == dressed.window


def test_while_no_error_can_arrive_it_does_not_wait_for_one(page: EmptyState) -> None:
    page.show_problem("Port 1974 is taken by another program.")
    assert page._title.text() == "No error can arrive now"
    assert page._lead.text() == "Port 1974 is taken by another program."
    page.show_url(None)
    assert page._lead.text() == "Port 1974 is taken by another program."
    page.show_url(URL)
    assert page._title.text() == "Waiting for the first error"


def test_nothing_moves_once_there_is_an_address(page: EmptyState) -> None:
    page.resize(900, 700)
    page.show_url(None)
    page.show()
    parts = [page._title, page._lead, page._dsn, *page._choice.buttons(), page._send]
    page.grab()
    before = [part.geometry() for part in parts]
    page.show_url("http://127.0.0.1:1974")
    page.grab()
    assert [part.geometry() for part in parts] == before


def test_it_says_how_a_command_is_run_without_a_client(page: EmptyState) -> None:
    assert any("arecibo run -- your command" in label.text() for label in page.findChildren(QLabel))
