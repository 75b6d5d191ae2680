"""The controller that opens the dialog and sends test errors."""

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
def controller(background: Background, qtbot: QtBot) -> Iterator[ConnectController]:
    window = QWidget()
    qtbot.addWidget(window)
    yield ConnectController(window, background, 2_600)
    window.close()


@pytest.fixture
def unused_port() -> Iterator[int]:
    """A taken port without a listener."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def dialog_of(controller: ConnectController) -> ConnectDialog | None:
    return controller.dialog


def test_the_dialog_is_made_when_it_is_first_opened_and_then_reused(controller: ConnectController) -> None:
    controller.show_url("http://127.0.0.1:4711")
    assert dialog_of(controller) is None
    controller.open("shop")
    first = dialog_of(controller)
    assert first is not None
    assert first.address.text() == "http://127.0.0.1:4711"
    controller.close()
    assert not first.isVisible()
    controller.show_url("http://127.0.0.1:9")
    controller.open("other")
    assert dialog_of(controller) is first
    assert (first.address.text(), first.project.text()) == ("http://127.0.0.1:9", "other")


def test_the_port_for_mails_is_the_one_that_is_set(controller: ConnectController) -> None:
    controller.show_url("http://127.0.0.1:4711")
    controller.open("shop")
    assert controller.dialog is not None
    QTest.keyClicks(controller.dialog.chooser.search, "mails")
    assert "2600" in controller.dialog.lines.code.text()


def test_the_outcome_of_a_test_error_is_reported(
    controller: ConnectController, unused_port: int, qtbot: QtBot
) -> None:
    controller.show_url(f"http://127.0.0.1:{unused_port}")
    with qtbot.waitSignal(controller.answered) as answered:
        controller.send_test()
    assert answered.args is not None
    assert "Nobody took it" in answered.args[0]


def test_with_no_engine_nothing_is_sent(controller: ConnectController, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(controller.answered, wait=50):
        controller.send_test()
