"""A box to tick."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.tick import Choice, Tick


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


def test_one_of_several_is_chosen_and_seen_in_both_themes(qtbot: QtBot, dressed: Theme) -> None:
    group = QWidget()
    qtbot.addWidget(group)
    layout = QVBoxLayout(group)
    first, second = Choice("&Page"), Choice("&Report")
    for each in (first, second):
        layout.addWidget(each)
    group.show()
    off = second.grab().toImage()
    for each in (first, second):
        QTest.mouseClick(each, Qt.MouseButton.LeftButton, pos=each.rect().center())
    assert (first.isChecked(), second.isChecked()) == (False, True)
    assert second.grab().toImage() != off
    assert second.sizeHint().width() < Choice("&&Report").sizeHint().width()
