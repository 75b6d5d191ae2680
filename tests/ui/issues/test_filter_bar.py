"""Above the list: the title, the number, and the search."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.issues.filter_bar import DEBOUNCE_MS, FilterBar


@pytest.fixture
def bar(qtbot: QtBot) -> FilterBar:
    made = FilterBar()
    qtbot.addWidget(made)
    made.show()
    return made


def test_typing_searches_when_it_pauses(bar: FilterBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.searched) as searched:
        QTest.keyClicks(bar.search, " card ")
    assert searched.args == ["card"]


@pytest.mark.parametrize(("key", "searched"), [(Qt.Key.Key_Return, "card"), (Qt.Key.Key_Escape, "")])
def test_enter_and_escape_search_at_once_and_leave_for_the_list(
    bar: FilterBar, key: Qt.Key, searched: str, qtbot: QtBot
) -> None:
    QTest.keyClicks(bar.search, "card")
    with qtbot.waitSignals([bar.searched, bar.list_requested]):
        QTest.keyClick(bar.search, key)
    assert bar.search.text() == searched


def test_clearing_emits_no_search(bar: FilterBar, qtbot: QtBot) -> None:
    QTest.keyClicks(bar.search, "card")
    with qtbot.assertNotEmitted(bar.searched, wait=2 * DEBOUNCE_MS):
        bar.show_text("")
    assert bar.search.text() == ""


def test_title_and_number_are_shown(bar: FilterBar) -> None:
    bar.describe("Inbox", 1_234)
    assert {"Inbox", "1,234"} <= {label.text() for label in bar.findChildren(QLabel)}
    bar.describe("shop", None)
    assert "1,234" not in {label.text() for label in bar.findChildren(QLabel)}
    assert bar.accessibleName() == "shop"


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "0+"), (7, "7+"), (42, "40+"), (493, "400+"), (1_999, "1,000+"), (49_997, "49,000+")],
)
def test_a_number_that_may_grow_is_rounded_down(bar: FilterBar, number: int, shown: str) -> None:
    bar.describe("Inbox", number, is_final=False)
    assert shown in {label.text() for label in bar.findChildren(QLabel)}


def test_a_narrow_field_leaves_its_room_to_what_is_typed(bar: FilterBar) -> None:
    bar.resize(220, bar.height())
    bar.search.setText("level:error")
    assert [icon.text() for icon in bar.search.actions() if icon.isVisible()][1:] == ["Clear the search"]
    bar.resize(500, bar.height())
    assert len([icon for icon in bar.search.actions() if icon.isVisible()]) > 2
