"""The address, wherever it stands: a click copies a complete DSN."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.engine.address import Listening
from ui.link.engine_link import EngineState
from ui.status_bar import StatusBar
from ui.theme import Theme
from ui.widgets.address_button import AddressButton

URL = "http://127.0.0.1:4711"


def test_the_button_copies_the_dsn_of_the_project_that_is_looked_at(qtbot: QtBot) -> None:
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


def test_the_status_bar_says_what_the_engine_does(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    assert "Starting" in bar.state.text()
    bar.show_state(EngineState.LISTENING, URL)
    assert (bar.state.text(), bar.address.text()) == ("Listening on", "127.0.0.1:4711")
    bar.address.click()
    assert QGuiApplication.clipboard().text() == "http://my_app@127.0.0.1:4711/1"
    for state in (EngineState.RESTARTING, EngineState.FAILED, EngineState.STOPPED):
        bar.show_state(state, None)
        assert not bar.address.isVisible()
        assert "engine" in bar.state.text()


def test_the_status_bar_leads_to_the_queue(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show_queue(1, 0)
    assert bar.queue.text() == "1 report pending · 0 dead"
    bar.show_queue(1_200, 3)
    assert bar.queue.text() == "1,200 reports pending · 3 dead"
    with qtbot.waitSignal(bar.queue_wanted):
        bar.queue.click()


def test_the_status_bar_says_which_side_doors_are_closed(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.show_side_doors(Listening(url=URL, spotlight="http://127.0.0.1:8969"))
    assert not bar.side_doors.isVisible()
    bar.show_side_doors(Listening(url=URL, no_spotlight="port 8969 is taken", no_smtp="port 25 is taken"))
    assert bar.side_doors.text() == "· Spotlight is not heard, mails are not taken"
    assert "port 8969 is taken" in bar.side_doors.toolTip()
    with qtbot.waitSignal(bar.doctor_wanted):
        bar.side_doors.click()
    bar.show_side_doors(None)
    assert not bar.side_doors.isVisible()


def test_where_there_is_no_room_for_all_nothing_is_cut(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bar = StatusBar(window)
    bar.show_state(EngineState.LISTENING, URL)
    bar.show_side_doors(Listening(url=URL, no_spotlight="port 8969 is taken"))
    bar.resize(900, bar.height())
    window.show()
    assert bar.side_doors.isVisible()
    bar.resize(440, bar.height())
    assert not bar.side_doors.isVisible()
    qtbot.waitUntil(lambda: bar.queue.width() >= bar.queue.sizeHint().width())
    bar.resize(900, bar.height())
    assert bar.side_doors.isVisible()
