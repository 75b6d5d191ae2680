"""The list below the search field."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.issues.search.suggestion_list import Item, ItemModel, SuggestionList

ITEMS = (Item("level:", "how grave"), Item("dev", count="1,204"), Item("boom", icon="clock", can_go=True))


@pytest.fixture
def suggestions(qtbot: QtBot) -> Iterator[SuggestionList]:
    window = QWidget()
    window.resize(600, 400)
    field = QLineEdit(window)
    field.setGeometry(10, 10, 400, 32)
    qtbot.addWidget(window)
    window.show()
    yield SuggestionList(field)
    window.close()


def test_the_model_keeps_its_promises(
    checked: Callable[[QAbstractItemModel], QAbstractItemModel],
) -> None:
    model = ItemModel()
    checked(model)
    model.show_items(ITEMS)
    model.show_items(ITEMS[:1])
    model.show_items(())
    assert model.rowCount() == 0


def test_a_line_says_all_of_it(suggestions: SuggestionList) -> None:
    suggestions.open_with(ITEMS)
    said = [suggestions.lines.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert said == ["level:, how grave", "dev, 1,204", "boom"]


def test_it_opens_below_its_field_with_nothing_chosen(suggestions: SuggestionList) -> None:
    suggestions.open_with(ITEMS)
    assert suggestions.isVisible()
    assert suggestions.y() > 42
    assert suggestions.chosen() is None
    suggestions.open_with(())
    assert suggestions.isHidden()


def test_steps_go_round_by_way_of_none(suggestions: SuggestionList) -> None:
    suggestions.open_with(ITEMS)
    gone = []
    for _step in range(4):
        suggestions.step(1)
        gone.append(suggestions.chosen())
    assert gone == [0, 1, 2, None]
    suggestions.step(-1)
    assert suggestions.chosen() == 2


def test_a_click_picks_and_one_on_the_cross_removes(suggestions: SuggestionList, qtbot: QtBot) -> None:
    suggestions.open_with(ITEMS)
    row = suggestions.visualRect(suggestions.lines.index(2))
    with qtbot.waitSignal(suggestions.picked) as picked:
        QTest.mouseClick(
            suggestions.viewport(), Qt.MouseButton.LeftButton, pos=row.topLeft() + QPoint(30, 15)
        )
    assert picked.args == [2]
    with qtbot.waitSignal(suggestions.dropped) as dropped:
        QTest.mouseClick(
            suggestions.viewport(), Qt.MouseButton.LeftButton, pos=row.topRight() - QPoint(16, -15)
        )
    assert dropped.args == [2]


def test_it_paints_every_kind_of_line(suggestions: SuggestionList) -> None:
    suggestions.open_with((*ITEMS, Item("x" * 5_000, "y" * 5_000, "9" * 30)))
    suggestions.step(3)
    assert not suggestions.grab().isNull()
