"""Before the first error: what is shown can be copied, and works as it stands."""

import ast
import shlex

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ui.empty_state import CopyField, EmptyState
from ui.snippets import snippets
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


def test_there_is_a_snippet_for_each_kind_of_app() -> None:
    names = [snippet.name for snippet in snippets(URL)]
    assert names == ["Python", "Django", "Flask", "Node", "Browser", "curl"]
    for snippet in snippets(URL):
        assert DSN in snippet.code or f"{URL}/api/1/store/?sentry_key=my_app" in snippet.code


def test_the_python_ones_are_python() -> None:
    for snippet in snippets(URL)[:3]:
        ast.parse(snippet.code)


def test_the_curl_one_is_one_command() -> None:
    words = shlex.split(snippets(URL)[-1].code.replace("\\\n", ""))
    assert words[0] == "curl"
    assert len(words) == 6


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
    assert shown(page)[1].startswith("curl 'http://127.0.0.1:9/"), "the choice stays"


def test_copying(page: EmptyState) -> None:
    page.show_url(URL)
    button(page, "Copy").click()
    assert QGuiApplication.clipboard().text() == DSN
    assert button(page, "Copied").isVisible()


def test_a_test_error_is_wanted_once_and_its_outcome_is_said(page: EmptyState, qtbot: QtBot) -> None:
    page.show_url(URL)
    send = button(page, "Send a test error")
    with qtbot.waitSignal(page.test_wanted):
        send.click()
    assert not send.isEnabled()
    page.answer("Nobody took it.")
    assert send.isEnabled()


def test_it_is_painted_in_both_themes(page: EmptyState, dressed: Theme) -> None:
    page.show_url(URL)
    assert page.grab().toImage().pixelColor(3, 3) == dressed.window
