"""The histogram by mouse and by keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ui.issues.facets.bars import Bars
from ui.issues.facets.histogram import Histogram
from ui.issues.facets.terms import Span
from ui.theme import Theme

HOUR = 3_600
BEGIN = 1_790_000_000 // HOUR * HOUR
BARS = Bars("24h", BEGIN, HOUR, {"error": tuple(range(24)), "fatal": tuple(24 * (1,))})
Key, Left, Shift = Qt.Key, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def histogram(qtbot: QtBot) -> Histogram:
    made = Histogram()
    qtbot.addWidget(made)
    made.resize(24 * 20 + 40, made.height())
    made.show()
    made.show_bars(BARS)
    return made


@pytest.fixture
def asked(histogram: Histogram) -> list[Span | None]:
    found: list[Span | None] = []
    histogram.span_chosen.connect(found.append)
    return found


def at(bar: int) -> QPoint:
    return QPoint(20 + bar * 20 + 10, 40)


def drag(histogram: Histogram, first: int, last: int) -> None:
    QTest.mousePress(histogram, Left, pos=at(first))
    QTest.mouseMove(histogram, at(last))
    QTest.mouseRelease(histogram, Left, pos=at(last))


def test_a_drag_asks_for_its_bars(histogram: Histogram, asked: list[Span | None]) -> None:
    drag(histogram, 7, 3)
    assert asked == [Span(BEGIN + 3 * HOUR, BEGIN + 8 * HOUR)]


def test_a_click_asks_for_one_bar_and_once_more_for_all(
    histogram: Histogram, asked: list[Span | None]
) -> None:
    QTest.mouseClick(histogram, Left, pos=at(5))
    span = Span(BEGIN + 5 * HOUR, BEGIN + 6 * HOUR)
    histogram.show_span(span)
    QTest.mouseClick(histogram, Left, pos=at(5))
    assert asked == [span, None]


def test_a_double_click_asks_for_all(histogram: Histogram, asked: list[Span | None]) -> None:
    histogram.show_span(Span(BEGIN, BEGIN + HOUR))
    QTest.mouseDClick(histogram, Left, pos=at(5))
    assert asked[-1] is None


def test_keys_choose_bars_and_escape_lets_go(histogram: Histogram, asked: list[Span | None]) -> None:
    for key, modifier in (
        (Key.Key_End, None),
        (Key.Key_Left, None),
        (Key.Key_Left, Shift),
        (Key.Key_Left, Shift),
    ):
        QTest.keyClick(histogram, key, modifier or Qt.KeyboardModifier.NoModifier)
    assert histogram.accessibleDescription() == histogram.caption()
    assert "events" in histogram.caption()
    QTest.keyClick(histogram, Key.Key_Return)
    span = Span(BEGIN + 20 * HOUR, BEGIN + 23 * HOUR)
    assert asked == [span]
    histogram.show_span(span)
    QTest.keyClick(histogram, Key.Key_Escape)
    assert asked == [span, None]


def test_escape_without_a_choice_leaves(histogram: Histogram, qtbot: QtBot) -> None:
    with qtbot.waitSignal(histogram.left):
        QTest.keyClick(histogram, Key.Key_Escape)


def test_the_bar_under_the_mouse_is_named(histogram: Histogram) -> None:
    assert histogram.caption() == "300 events"
    QTest.mouseMove(histogram, at(3))
    assert histogram.caption().endswith(": 1 fatal, 3 error")
    QTest.mouseMove(histogram, QPoint(5, 40))
    assert histogram.caption() == "300 events"


def test_other_bars_are_announced_to_who_cannot_see_them(histogram: Histogram) -> None:
    histogram.show_bars(Bars("1h", BEGIN, 60, {}))
    assert histogram.accessibleDescription() == "No events in this time"
    assert histogram.range_button.text() == "Last hour"


def test_a_range_is_chosen_from_the_menu(histogram: Histogram, qtbot: QtBot) -> None:
    histogram.range_button.click()
    menu = histogram.findChild(QMenu)
    assert menu is not None
    actions = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(histogram.range_chosen) as chosen:
        actions["Last 7 days"].trigger()
    assert chosen.args == ["7d"]
    assert histogram.range_button.text() == "Last 7 days"
    menu.close()


def test_graver_levels_stand_below(histogram: Histogram, dressed: Theme) -> None:
    image = histogram.grab().toImage()
    column = [image.pixelColor(at(23).x(), y) for y in range(22, 62)]
    colours = [colour.rgb() for colour in column]
    assert colours.index(dressed.level_error.rgb()) < colours.index(dressed.level_fatal.rgb())
    histogram.show_span(Span(BEGIN, BEGIN + HOUR))
    faint = histogram.grab().toImage().pixelColor(at(23).x(), 40)
    assert faint.rgb() != dressed.level_error.rgb()
