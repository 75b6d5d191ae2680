"""F6 goes from pane to pane and round, past those that are hidden."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.keyboard.pane_focus import PaneFocus


def test_it_goes_round_past_what_is_hidden(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QHBoxLayout(window)
    panes = [QWidget() for _number in range(4)]
    for pane in panes:
        pane.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout.addWidget(pane)
    inside = QPushButton(panes[1])
    panes[2].hide()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    focus = PaneFocus(lambda: panes)
    inside.setFocus()
    focus.step(1)
    assert panes[3].hasFocus()
    focus.step(1)
    assert panes[0].hasFocus()
    focus.step(-1)
    assert panes[3].hasFocus()


def test_without_panes_nothing_happens(qtbot: QtBot) -> None:
    PaneFocus(list).step(1)
