"""The column: its field, its menu, and what is folded."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ui.issues.facets.column import FacetColumn
from ui.issues.facets.facet_model import FacetRow, ValueRow

ROWS = [(FacetRow(name), [ValueRow(name, "a", 1)]) for name in ("level", "tenant")]


@pytest.fixture
def column(qtbot: QtBot) -> FacetColumn:
    made = FacetColumn()
    qtbot.addWidget(made)
    made.resize(made.width(), 400)
    made.show()
    made.show_rows(ROWS, ["tenant"])
    return made


def test_facets_are_open_but_for_those_that_are_folded(column: FacetColumn) -> None:
    opened = [column.view.isExpanded(column.model.index_of(name)) for name in ("level", "tenant")]
    assert opened == [True, False]
    column.show_rows(ROWS, [])
    assert column.view.isExpanded(column.model.index_of("tenant"))


def test_facets_are_chosen_in_a_menu(column: FacetColumn, qtbot: QtBot) -> None:
    with qtbot.waitSignal(column.keys_requested):
        column.choose_button.click()
    column.offer(["level", "a&b", "tenant"])
    menu = column.findChild(QMenu)
    assert menu is not None
    offered = {action.text(): action for action in menu.actions()}
    assert [action.isChecked() for action in offered.values()] == [True, True, False]
    with qtbot.waitSignal(column.chosen) as chosen:
        offered["a&&b"].trigger()
    assert chosen.args == [("level", "tenant", "a&b")]
    with qtbot.waitSignal(column.chosen) as chosen:
        offered["Level"].trigger()
    assert chosen.args == [("tenant",)]
    menu.close()


def test_the_field_searches_and_leads_into_the_tree(column: FacetColumn, qtbot: QtBot) -> None:
    with qtbot.waitSignal(column.searched):
        QTest.keyClicks(column.field, "fox")
    QTest.keyClick(column.field, Qt.Key.Key_Down)
    assert column.view.currentIndex() == column.model.index(0, 0)
    QTest.keyClick(column.field, Qt.Key.Key_Escape)
    assert column.field.text() == ""
    with qtbot.waitSignal(column.left):
        QTest.keyClick(column.field, Qt.Key.Key_Escape)
