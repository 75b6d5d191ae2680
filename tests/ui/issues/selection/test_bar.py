"""The bar: when it is there, what it says and offers, by mouse and by key, with much room and little."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.ui.issues.factories import make_issue
from ui.issues.pane import IssuesPane
from ui.issues.selection.bar import SelectionBar
from ui.issues.selection.offers import Selected
from ui.theme import Theme

Key = Qt.Key
TWO = Selected((make_issue(1), make_issue(2)))


@pytest.fixture
def bar(qtbot: QtBot) -> SelectionBar:
    made = SelectionBar()
    qtbot.addWidget(made)
    made.resize(640, made.height())
    made.show()
    return made


def buttons(bar: SelectionBar) -> list[str]:
    return [name for name, button in bar.buttons.items() if button.isVisible()]


def test_it_comes_with_the_second_issue_and_moves_no_row(pane: IssuesPane, qtbot: QtBot) -> None:
    corner = pane.view.visualRect(pane.model.index(2, 0)).topLeft()
    assert not pane.bar.isVisible()
    QTest.keyClick(pane.view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(pane.bar.isVisible)
    assert pane.bar.text.text() == "2 selected"
    assert pane.view.visualRect(pane.model.index(2, 0)).topLeft() == corner
    QTest.keyClick(pane.view, Key.Key_Down)
    qtbot.waitUntil(lambda: not pane.bar.isVisible())


def test_its_buttons_do_what_the_keys_do(pane: IssuesPane, qtbot: QtBot) -> None:
    QTest.keyClick(pane.view, Key.Key_X)
    qtbot.waitUntil(pane.bar.isVisible)
    assert pane.bar.text.text() == "1 selected"
    with qtbot.waitSignal(pane.actions_done.stack.acted), qtbot.waitSignal(pane.feed.settled):
        QTest.keyClick(pane.bar.buttons["resolve"], Key.Key_Space)
    assert pane.model.rowCount() == 5


def test_clear_goes_back_to_the_list(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.view.selectAll()
    qtbot.waitUntil(pane.bar.isVisible)
    pane.bar.clear.click()
    qtbot.waitUntil(lambda: not pane.bar.isVisible())
    assert len(pane.view.selected()) == 1
    assert pane.view.hasFocus()


def test_it_offers_only_what_applies(bar: SelectionBar, dressed: Theme) -> None:
    bar.show_selected(TWO)
    assert buttons(bar) == [
        "resolve", "mute", "toggle_read", "pin", "merge", "delete", "copy_issues", "export_issues"
    ]  # fmt: skip
    bar.show_selected(Selected((make_issue(1),)))
    assert "merge" not in buttons(bar)
    bar.show_selected(Selected((make_issue(1),), is_all=True))
    assert bar.text.text() == "all that match"


def test_where_there_is_no_room_the_menu_has_the_rest(bar: SelectionBar, qtbot: QtBot) -> None:
    bar.resize(312, bar.height())
    bar.show_selected(TWO)
    assert buttons(bar) == ["resolve", "mute", "toggle_read", "delete"]
    assert bar.text.width() > 0
    bar.open_menu()
    menu = bar.findChild(QMenu)
    assert menu is not None
    texts = [action.text().split("\t")[0] for action in menu.actions()]
    assert texts[0] == "Resolve"
    assert {"Merge …", "Copy …", "Export …"} <= set(texts)
    with qtbot.waitSignal(bar.requested) as requested:
        menu.actions()[texts.index("Export …")].trigger()
    assert requested.args == ["export_issues"]
    menu.close()


def test_it_offers_to_select_all(bar: SelectionBar, qtbot: QtBot) -> None:
    bar.show_selected(TWO, 50_231, has_more=True)
    assert bar.all.text() == "Select all 50,231"
    with qtbot.waitSignal(bar.all_requested):
        bar.all.click()
    bar.show_selected(TWO)
    assert not bar.all.isVisible()
