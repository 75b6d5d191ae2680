"""Who opens the dialog and sends test errors."""

import socket
from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.connect.controller import ConnectController
from ui.connect.dialog import ConnectDialog
from ui.link.background import Background


@pytest.fixture
def desk(background: Background, qtbot: QtBot) -> Iterator[ConnectController]:
    window = QWidget()
    qtbot.addWidget(window)
    yield ConnectController(window, background, 2_600)
    window.close()


@pytest.fixture
def unused_port() -> Iterator[int]:
    """Taken, and nobody listens there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def dialog_of(desk: ConnectController) -> ConnectDialog | None:
    return desk.dialog


def test_the_dialog_is_made_when_it_is_first_wanted_and_then_kept(desk: ConnectController) -> None:
    desk.show_url("http://127.0.0.1:4711")
    assert dialog_of(desk) is None
    desk.open("shop")
    first = dialog_of(desk)
    assert first is not None
    assert first.address.text() == "http://127.0.0.1:4711"
    desk.close()
    assert not first.isVisible()
    desk.show_url("http://127.0.0.1:9")
    desk.open("other")
    assert dialog_of(desk) is first
    assert (first.address.text(), first.project.text()) == ("http://127.0.0.1:9", "other")


def test_the_port_for_mails_is_the_one_that_is_set(desk: ConnectController) -> None:
    desk.show_url("http://127.0.0.1:4711")
    desk.open("shop")
    assert desk.dialog is not None
    QTest.keyClicks(desk.dialog.chooser.search, "mails")
    assert "2600" in desk.dialog.lines.code.text()


def test_what_came_of_a_test_error_is_told(desk: ConnectController, unused_port: int, qtbot: QtBot) -> None:
    desk.show_url(f"http://127.0.0.1:{unused_port}")
    with qtbot.waitSignal(desk.answered) as answered:
        desk.send_test()
    assert answered.args is not None
    assert "Nobody took it" in answered.args[0]


def test_with_no_engine_nothing_is_sent(desk: ConnectController, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(desk.answered, wait=50):
        desk.send_test()
