"""The palette by keyboard and mouse: it finds, explains what cannot be done now, and gives the focus back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.palette.entry import Entry, Kind
from ui.palette.palette import Palette


def entry(title: str, done: list[str] | None = None, reason: str = "") -> Entry:
    run = (lambda: done.append(title)) if done is not None else (lambda: None)
    return Entry(kind=Kind.COMMAND, title=title, run=run, key=title, reason=reason)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(770, 500)
    layout = QVBoxLayout(made)
    layout.addWidget(QPushButton("was here"))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def palette(window: QWidget) -> Palette:
    made = Palette(window)
    entries = [entry("Resolve"), entry("Reopen"), entry("Merge", reason="too few")]
    made.offer(entries, (), "What?")
    return made


def titles(palette: Palette) -> list[str]:
    return [each.title for each in palette.model.entries]


def test_letters_find_and_enter_chooses(palette: Palette, qtbot: QtBot) -> None:
    QTest.keyClicks(palette.field, "reo")
    assert titles(palette)[0] == "Reopen"
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert chosen.args is not None
    assert chosen.args[0].title == "Reopen"
    assert not palette.isVisible()


def test_arrows_walk_round(palette: Palette) -> None:
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == 2
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 0
    QTest.keyClick(palette.field, Qt.Key.Key_PageDown)
    assert palette.list.currentIndex().row() == 2


def test_what_cannot_be_done_says_why_and_stays(palette: Palette, qtbot: QtBot) -> None:
    QTest.keyClicks(palette.field, "merge")
    assert palette.foot.text() == "Not now: too few"
    with qtbot.assertNotEmitted(palette.chosen):
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_the_mouse_chooses(palette: Palette, qtbot: QtBot) -> None:
    place = palette.list.visualRect(palette.model.index(1)).center()
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args is not None
    assert chosen.args[0].title == "Reopen"


def test_esc_leaves_and_the_focus_is_where_it_was(window: QWidget, qtbot: QtBot) -> None:
    button = window.findChild(QPushButton)
    assert button is not None
    button.setFocus()
    palette = Palette(window)
    palette.offer([entry("Resolve")], (), "What?")
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert window.focusWidget() is button


def test_what_is_found_later_is_added_below_unless_it_is_there(palette: Palette) -> None:
    QTest.keyClicks(palette.field, "re")
    before = titles(palette)
    palette.add_found("r", [entry("Reticent")])
    assert titles(palette) == before, "it was found for other letters"
    palette.add_found("re", [entry("Reticent"), entry("Resolve")])
    assert titles(palette) == [*before, "Reticent"]


def test_nothing_that_matches_is_said(palette: Palette) -> None:
    QTest.keyClicks(palette.field, "zzzzz")
    assert palette.foot.text() == "Nothing is called that"
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_it_is_within_a_narrow_window(palette: Palette, window: QWidget) -> None:
    left = window.mapFromGlobal(palette.pos())
    assert left.x() >= 0
    assert left.x() + palette.width() <= window.width()
    assert left.y() + palette.height() <= window.height()
