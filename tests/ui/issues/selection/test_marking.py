"""Marking by key: the cursor walks, and what is marked stays."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.factories import Store, make_event
from ui.issues.pane import IssuesPane

Key = Qt.Key


def marked(pane: IssuesPane) -> list[int]:
    return [issue.id for issue in pane.view.selected()]


def press(pane: IssuesPane, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(pane.view, key)


def test_rows_are_marked_while_the_cursor_walks(pane: IssuesPane) -> None:
    press(pane, Key.Key_X, Key.Key_J, Key.Key_Down, Key.Key_X)
    assert marked(pane) == [6, 4]
    assert pane.view.current_id() == 4
    press(pane, Key.Key_K)
    assert (marked(pane), pane.view.current_id()) == ([6, 4], 5)
    press(pane, Key.Key_J, Key.Key_X)
    assert marked(pane) == [6]


def test_escape_or_a_click_ends_it(pane: IssuesPane) -> None:
    press(pane, Key.Key_X, Key.Key_J, Key.Key_X, Key.Key_Escape)
    assert marked(pane) == [5]
    assert not pane.selection.marking.is_on
    press(pane, Key.Key_Escape)
    assert marked(pane) == []
    press(pane, Key.Key_X, Key.Key_J)
    assert marked(pane) == [5]
    place = pane.view.visualRect(pane.model.index(3, 0)).center()
    QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert marked(pane) == [3]
    assert not pane.selection.marking.is_on


def test_with_the_last_mark_it_ends(pane: IssuesPane) -> None:
    press(pane, Key.Key_X, Key.Key_J, Key.Key_K, Key.Key_X)
    assert not pane.selection.marking.is_on
    assert marked(pane) == [6], "the row of the cursor is selected, as before"


def test_marked_rows_stay_marked_while_others_come(pane: IssuesPane, store: Store, qtbot: QtBot) -> None:
    press(pane, Key.Key_X, Key.Key_J, Key.Key_X)
    store.file(make_event("New", function="new"))
    with qtbot.waitSignal(pane.feed.settled):
        pane.feed.ring()
    assert marked(pane) == [6, 5]
    assert pane.view.current_id() == 5
