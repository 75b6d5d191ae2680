"""The frame lies around the control, wherever that is on its page."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.preferences.found_mark import FoundMark


def test_the_frame_lies_around_the_control(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    first, second = QPushButton("one"), QPushButton("two")
    layout.addWidget(first)
    layout.addWidget(second)
    page.show()
    mark = FoundMark()
    mark.show_around(second, page)
    assert mark.geometry().contains(second.geometry())
    assert not mark.geometry().contains(first.geometry())
    first.setFixedHeight(120)
    page.grab()
    assert mark.geometry().contains(second.geometry()), "it follows"
