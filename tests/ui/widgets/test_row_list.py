"""The list of two lines a row: remaining rows stay selected, and typing does not search."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.row_list import ListRow, RowList, RowModel

NOW = datetime(2026, 9, 21, 12, tzinfo=UTC)


def row(kind: str, number: int, title: str = "") -> ListRow:
    return ListRow((kind, number), title or f"{kind} {number}", "where", NOW, "level_error", "text")


@pytest.fixture
def rows(qtbot: QtBot) -> RowList:
    made = RowList("Rows")
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def test_remaining_rows_stay_selected(
    rows: RowList, checked: Callable[[QAbstractItemModel], QAbstractItemModel], qtbot: QtBot
) -> None:
    checked(rows.rows)
    rows.rows.show_rows((row("setback", 1), row("refusal", 1)))
    rows.setCurrentIndex(rows.rows.index(1))
    with qtbot.assertNotEmitted(rows.rows.modelReset):
        rows.rows.show_rows((row("refusal", 2), row("setback", 1), row("refusal", 1)))
        assert [index.row() for index in rows.selectedIndexes()] == [2]
        rows.rows.show_rows((row("refusal", 2),))
        assert rows.selectedIndexes() == []
        rows.rows.show_rows(())


def test_rows_with_new_text_are_changed_in_place(qtbot: QtBot) -> None:
    model = RowModel()
    model.show_rows((row("refusal", 1),))
    with qtbot.waitSignal(model.dataChanged), qtbot.assertNotEmitted(model.layoutChanged):
        model.show_rows((row("refusal", 1, "again"),))
    assert model.index(0).data() == "again, where"


def test_typing_selects_nothing(rows: RowList) -> None:
    rows.rows.show_rows((row("setback", 1), row("refusal", 1)))
    rows.setFocus()
    QTest.keyClicks(rows, "refusal")
    assert rows.selectedIndexes() == []


def test_a_row_is_painted_in_each_state_in_both_themes(rows: RowList, dressed: Theme, qtbot: QtBot) -> None:
    rows.clearFocus()
    rows.rows.show_rows((row("setback", 1), row("refusal", 1, "long " * 200)))
    rows.activateWindow()
    rows.setFocus()
    qtbot.waitUntil(rows.hasFocus)
    assert rows.currentIndex().isValid()
    assert rows.selectedIndexes() == [], "Tab brings the cursor, and chooses nothing"
    assert ground(rows) == dressed.window
    QTest.keyClick(rows, Qt.Key.Key_Space)
    assert ground(rows) == dressed.selected
    rows.clearFocus()
    assert ground(rows) == dressed.selected_inactive


def ground(rows: RowList) -> object:
    """The colour between the first row's mark and its edge."""
    return rows.grab().toImage().pixelColor(14, 40)
