"""The quiet button: its size, its text, and how it is painted when it is chosen."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.detail.page.page_theme import PageTheme
from ui.detail.quiet_button import QuietButton
from ui.theme import Theme
from ui.widgets import icons


@pytest.fixture
def button(qtbot: QtBot) -> QuietButton:
    made = QuietButton(PageTheme(), "Resolve", "Resolve: it is fixed (E)")
    qtbot.addWidget(made)
    return made


def test_a_button_with_an_icon_hides_its_text_where_there_is_no_room(button: QuietButton) -> None:
    button.resize(button.sizeHint())
    assert button.shown_text() == "Resolve"
    button.setIcon(icons.icon("resolve"))
    button.resize(button.minimumSizeHint())
    assert button.shown_text() == ""
    button.resize(button.sizeHint())
    assert button.shown_text() == "Resolve"
    assert button.accessibleName() == "Resolve"


def test_chosen_and_marked_buttons_are_painted_differently(button: QuietButton, dressed: Theme) -> None:
    button.resize(button.sizeHint())
    seen = [button.grab().toImage()]
    button.choose(False)
    seen.append(button.grab().toImage())
    button.marked = True
    seen.append(button.grab().toImage())
    button.setEnabled(False)
    seen.append(button.grab().toImage())
    assert all(one != other for one, other in pairwise(seen))


def test_it_is_pressed_by_key(button: QuietButton, qtbot: QtBot) -> None:
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)
