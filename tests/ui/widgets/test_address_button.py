"""The address in the sidebar: a click copies a complete DSN."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.address_button import AddressButton

URL = "http://127.0.0.1:4711"


def test_the_button_copies_the_dsn_of_the_shown_project(qtbot: QtBot) -> None:
    button = AddressButton()
    qtbot.addWidget(button)
    button.show_url(URL)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == "http://my_app@127.0.0.1:4711/1"
    button.set_project("shop")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "http://shop@127.0.0.1:4711/1"


def test_without_an_engine_there_is_no_dsn(qtbot: QtBot) -> None:
    button = AddressButton()
    qtbot.addWidget(button)
    button.show_url(URL)
    button.show_url(None)
    assert button.dsn is None
    assert not button.isEnabled()
    assert button.text() == "Not listening"


@pytest.mark.parametrize("url", [URL, None])
def test_the_button_is_painted_in_both_themes(url: str | None, dressed: Theme, qtbot: QtBot) -> None:
    button = AddressButton()
    qtbot.addWidget(button)
    button.show_url(url)
    button.resize(216, 40)
    button.grab()
