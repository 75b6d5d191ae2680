"""Two halves in one frame."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui.detail.page.page_theme import PageTheme
from ui.detail.split_button import SplitButton


@pytest.mark.parametrize("has_menu", [True, False])
def test_a_line_parts_the_halves_where_there_are_two(qtbot: QtBot, has_menu: bool) -> None:
    theme = PageTheme()
    action, menu = QPushButton(), QPushButton()
    for half in (action, menu):
        half.setFixedSize(40, 24)
        half.setFlat(True)
    button = SplitButton(theme, action, menu)
    qtbot.addWidget(button)
    menu.setVisible(has_menu)
    button.setVisible(True)
    picture = button.grab().toImage()
    line, middle = theme.colour("line"), button.height() // 2
    marked = [x for x in range(button.width()) if picture.pixelColor(x, middle) == line]
    inside = [x for x in marked if 2 < x < button.width() - 3]
    assert bool(inside) is has_menu
