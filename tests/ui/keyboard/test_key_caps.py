"""Keys stand as caps beside each other."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.keyboard.key_caps import key_caps


def test_each_key_is_a_cap(qtbot: QtBot) -> None:
    row = key_caps(("Z", "Ctrl+Z"))
    qtbot.addWidget(row)
    assert [label.text() for label in row.findChildren(QLabel)] == ["Z", "Ctrl+Z"]
