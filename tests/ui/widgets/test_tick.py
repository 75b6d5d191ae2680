"""A box to tick."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.tick import Tick


def test_it_is_ticked_by_a_click_on_its_text(qtbot: QtBot) -> None:
    tick = Tick("New issues")
    qtbot.addWidget(tick)
    tick.show()
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=tick.rect().center())
    assert tick.isChecked()


def test_it_is_wide_enough_for_its_text_and_visible_in_both_themes(qtbot: QtBot, dressed: Theme) -> None:
    tick, bare = Tick("New issues"), Tick()
    for each in (tick, bare):
        qtbot.addWidget(each)
        each.resize(each.sizeHint())
    assert tick.width() > bare.width() + tick.fontMetrics().horizontalAdvance("New issues")
    off = bare.grab().toImage()
    bare.setChecked(True)
    assert bare.grab().toImage() != off
