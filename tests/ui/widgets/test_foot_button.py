"""A button of the sidebar's foot."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.foot_button import HEIGHT, FootButton


def test_it_is_pressed_by_key_and_painted_in_both_themes(qtbot: QtBot, dressed: Theme) -> None:
    button = FootButton("Connect an app", "connect")
    qtbot.addWidget(button)
    button.resize(216, HEIGHT)
    button.show()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)
    button.clearFocus()
    plain = button.grab().toImage()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert button.grab().toImage() != plain, "the focus is seen"
    assert button.accessibleName() == "Connect an app"
