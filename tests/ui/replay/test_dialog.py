"""The request is shown before it is sent; another machine must be confirmed, secrets are asked for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.replay.repeatable import Repeatable
from ui.replay.dialog import ReplayDialog

REQUEST = Repeatable(
    method="POST",
    url="http://localhost:5000/pay",
    headers=(("Authorization", "«authorization»"), ("X-Colon", "a: b")),
    body='{"a": 1}',
)


@pytest.fixture
def dialog(qtbot: QtBot) -> ReplayDialog:
    made = ReplayDialog()
    qtbot.addWidget(made)
    return made


def test_what_stands_in_the_fields_is_sent_with_the_secrets(dialog: ReplayDialog, qtbot: QtBot) -> None:
    dialog.open_with(REQUEST)
    assert list(dialog.secrets) == ["authorization"]
    dialog.secrets["authorization"].setText("abc")
    dialog.body.setPlainText('{"a": 2}')
    qtbot.waitUntil(dialog.isActiveWindow)
    with qtbot.waitSignal(dialog.send_requested) as sent:
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sent.args == [
        Repeatable(
            method="POST",
            url="http://localhost:5000/pay",
            headers=(("Authorization", "abc"), ("X-Colon", "a: b")),
            body='{"a": 2}',
        )
    ]


def test_another_machine_must_be_confirmed(dialog: ReplayDialog) -> None:
    dialog.open_with(REQUEST)
    assert dialog.send.isEnabled()
    assert not dialog.warning.isVisible()
    dialog.url.setText("https://shop.example/pay")
    assert not dialog.send.isEnabled()
    assert "https://shop.example is not this machine" in dialog.warning.text()
    dialog.confirmed.setChecked(True)
    assert dialog.send.isEnabled()
    dialog.open_with(REQUEST)
    assert not dialog.confirmed.isChecked()


def test_no_address_cannot_be_sent(dialog: ReplayDialog, qtbot: QtBot) -> None:
    dialog.open_with(REQUEST)
    dialog.url.setText("file:///etc/passwd")
    qtbot.waitUntil(dialog.isActiveWindow)
    assert not dialog.send.isEnabled()
    with qtbot.assertNotEmitted(dialog.send_requested):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_escape_cancels_what_is_under_way_and_then_closes(dialog: ReplayDialog, qtbot: QtBot) -> None:
    dialog.open_with(REQUEST)
    dialog.show_sending()
    assert not dialog.send.isEnabled()
    with qtbot.waitSignal(dialog.cancel_requested):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.show_answer("Cancelled.", "")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_event_that_came_can_be_shown(dialog: ReplayDialog, qtbot: QtBot) -> None:
    dialog.open_with(REQUEST)
    dialog.show_answer("500 after 3 ms.", "The error came back.", 7)
    with qtbot.waitSignal(dialog.show_requested) as wanted:
        dialog.show_event.click()
    assert wanted.args == [7]


def test_odd_text_is_only_text(dialog: ReplayDialog) -> None:
    dialog.open_with(
        Repeatable(method="<b>", url="http://localhost/\x1b[31m", headers=(("X", "<img src=x>"),), body="\0")
    )
    assert "\x1b" not in dialog.url.text()
    assert dialog.request().headers == (("X", "<img src=x>"),)
