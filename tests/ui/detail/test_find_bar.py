"""The field in which a person looks for a text on the page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.detail.arrivals import Arrivals
from ui.detail.pane import DetailPane

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def shown(pane: DetailPane, arrivals: Arrivals, qtbot: QtBot) -> DetailPane:
    arrivals.send("KeyError", "'card'", extra={"first": "needle", "second": "needle", "third": "needle"})
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    pane.page.setFocus()
    return pane


def test_a_text_is_counted_and_gone_through_by_keys(shown: DetailPane, qtbot: QtBot) -> None:
    bar = shown.find_bar
    assert bar.isHidden()
    shown.find_text()
    assert bar.isVisible()
    QTest.keyClicks(bar.field, "needle")
    qtbot.waitUntil(lambda: bar.count.text().startswith("1 of "))
    total = bar.count.text().removeprefix("1 of ")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text() == f"2 of {total}"
    QTest.keyClick(bar.field, Qt.Key.Key_Return, SHIFT)
    assert bar.count.text() == f"1 of {total}"
    shown.find_next(1)
    shown.find_next(1)
    assert bar.count.text() == f"3 of {total}"


def test_esc_gives_the_focus_back_and_leaves_the_match_selected(shown: DetailPane, qtbot: QtBot) -> None:
    shown.find_text()
    QTest.keyClicks(shown.find_bar.field, "needle")
    qtbot.waitUntil(lambda: shown.find_bar.count.text().startswith("1 of "))
    QTest.keyClick(shown.find_bar.field, Qt.Key.Key_Escape)
    assert shown.find_bar.isHidden()
    assert shown.page.hasFocus()
    assert shown.page.selected_text() == "needle"
    shown.find_next(1)
    assert shown.find_bar.isVisible()
    assert shown.find_bar.field.text() == "needle"


def test_esc_on_the_page_closes_it_too(shown: DetailPane) -> None:
    shown.find_text()
    shown.page.setFocus()
    QTest.keyClick(shown.page, Qt.Key.Key_Escape)
    assert shown.find_bar.isHidden()


def test_what_is_not_there_is_said(shown: DetailPane, qtbot: QtBot) -> None:
    shown.find_text()
    QTest.keyClicks(shown.find_bar.field, "nowhere")
    qtbot.waitUntil(lambda: shown.find_bar.count.text() == "not found")
    shown.find_bar.field.clear()
    assert shown.find_bar.count.text() == ""


def test_without_an_event_there_is_nothing_to_find(pane: DetailPane) -> None:
    pane.find_text()
    pane.find_next(1)
    assert pane.find_bar.isHidden()
