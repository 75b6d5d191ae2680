"""The doctor's page: who called, who was turned away, and the text of what is chosen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.doctor.finding import Severity
from tests.ui.doctor.factories import NOON, make_caller, make_examination, make_finding, make_refusal
from ui.doctor.page import DoctorPage, RowsSection
from ui.theme import Theme
from ui.widgets.row_list import ROW_HEIGHT

BUSY = make_examination(
    findings=tuple(make_finding(severity, "word " * 30, meaning="m " * 90) for severity in Severity),
    callers=(make_caller(), make_caller("rollbar", skew_seconds=734.0)),
    refusals=tuple(make_refusal(number) for number in (3, 2, 1)),
)


@pytest.fixture
def page(qtbot: QtBot, checked: Callable[[QAbstractItemModel], QAbstractItemModel]) -> DoctorPage:
    made = DoctorPage()
    qtbot.addWidget(made)
    checked(made.callers.list.rows)
    checked(made.refused.list.rows)
    made.resize(1_100, 500)
    made.show()
    made.activateWindow()
    made.show_examination(BUSY)
    qtbot.waitUntil(made.isActiveWindow)
    return made


def titles(section: RowsSection) -> list[str]:
    return [row.title for row in section.list.rows.rows]


def test_it_lists_callers_and_refusals_without_a_bar_of_their_own(page: DoctorPage) -> None:
    assert titles(page.callers) == ["sentry.python 2.42.1", "rollbar 2.42.1"]
    assert titles(page.refused) == ["413  The body is 78 MB; at most 64 MB are taken"] * 3
    assert page.refused.list.height() == 3 * ROW_HEIGHT
    assert not page.first_steps.isVisible()
    assert not page.pane.isVisible(), "nobody has chosen anything yet"


def test_before_the_first_caller_it_shows_the_first_steps(page: DoctorPage, qtbot: QtBot) -> None:
    page.show_examination(make_examination())
    assert page.first_steps.isVisible()
    assert not page.callers.isVisible()
    assert not page.refused.isVisible()
    with qtbot.waitSignal(page.first_steps.connect_requested):
        button(page.first_steps, "Connect an app").click()
    with qtbot.waitSignal(page.first_steps.test_requested):
        button(page.first_steps, "Send a test error").click()
    assert not page.first_steps.send.isEnabled()
    page.first_steps.answer("Nobody took it.")
    assert page.first_steps.send.isEnabled()


def test_a_refusal_counts_as_a_call(page: DoctorPage) -> None:
    page.show_examination(make_examination(refusals=(make_refusal(1),)))
    assert not page.first_steps.isVisible()
    assert page.refused.isVisible()


def test_a_click_shows_what_was_sent(page: DoctorPage, qtbot: QtBot) -> None:
    rows = page.refused.list
    page.sheet.ensureWidgetVisible(rows)
    place = rows.visualRect(rows.rows.index(1)).topLeft() + QPoint(60, 20)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert page.pane.isVisible()
    shown = page.pane.text.toPlainText()
    assert "POST /api/1/envelope/ HTTP/1.1\nhost: localhost" in shown
    assert "\\xff{}" in shown


def test_by_keyboard_alone(page: DoctorPage, qtbot: QtBot) -> None:
    rows = page.callers.list
    rows.setFocus()
    assert not page.pane.isVisible(), "Tab chooses nothing"
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert "sentry.python" in page.pane.text.toPlainText()
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert "rollbar" in page.pane.text.toPlainText()
    page.refused.list.setFocus()
    QTest.keyClick(page.refused.list, Qt.Key.Key_Down)
    assert "Answered 413" in page.pane.text.toPlainText()
    assert rows.selectedIndexes() == [], "one thing at a time"
    page.pane.text.setFocus()
    QTest.keyClick(page.pane.text, Qt.Key.Key_Escape)
    assert not page.pane.isVisible()
    assert page.refused.list.hasFocus(), "where one came from"
    assert page.refused.list.selectedIndexes() == []


def test_the_chosen_row_stays_visible(page: DoctorPage, qtbot: QtBot) -> None:
    rows = page.refused.list
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_End)

    def in_sight() -> bool:
        row = rows.visualRect(rows.currentIndex())
        top = rows.mapTo(page.sheet.viewport(), row.topLeft()).y()
        return 0 <= top <= page.sheet.viewport().height() - row.height()

    assert rows.currentIndex().row() == 2
    qtbot.waitUntil(in_sight)


def test_the_chosen_row_stays_chosen_when_rows_are_added(page: DoctorPage) -> None:
    rows = page.refused.list
    rows.setCurrentIndex(rows.rows.index(2))
    page.show_examination(make_examination(refusals=tuple(make_refusal(n) for n in (4, 3, 2, 1))))
    assert [index.row() for index in rows.selectedIndexes()] == [3]
    assert page.pane.isVisible()
    page.show_examination(make_examination(refusals=(make_refusal(4),)))
    assert not page.pane.isVisible(), "it is no longer stored"


def test_the_text_of_a_caller_follows_its_calls(page: DoctorPage) -> None:
    page.callers.list.setCurrentIndex(page.callers.list.rows.index(0))
    again = make_caller(reports=4_711, last_seen=NOON + timedelta(seconds=9))
    page.show_examination(make_examination(callers=(again,)))
    assert "4,711" in page.pane.text.toPlainText()


@pytest.mark.parametrize(
    ("width", "orientation"), [(424, Qt.Orientation.Vertical), (1_100, Qt.Orientation.Horizontal)]
)
def test_the_text_is_placed_where_there_is_room_and_nothing_is_cut_off(
    page: DoctorPage, width: int, orientation: Qt.Orientation, qtbot: QtBot
) -> None:
    page.resize(width, 500)
    page.refused.list.setCurrentIndex(page.refused.list.rows.index(0))
    assert page.orientation() == orientation
    qtbot.waitUntil(lambda: page.pane.width() >= 200 and page.pane.height() >= 120)
    inner = page.sheet.widget()
    assert inner is not None
    assert inner.width() <= page.sheet.viewport().width()


def test_it_is_painted_in_both_themes(page: DoctorPage, dressed: Theme) -> None:
    page.refused.list.setCurrentIndex(page.refused.list.rows.index(0))
    picture = page.grab().toImage()
    assert picture.pixelColor(3, 3) == dressed.window
    assert picture.pixelColor(picture.width() - 12, picture.height() - 12) == dressed.window


def button(widget: QWidget, text: str) -> QPushButton:
    return next(each for each in widget.findChildren(QPushButton) if each.text() == text)
