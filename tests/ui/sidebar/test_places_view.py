"""Gestures and keys in the list of places."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.store.places.saved_views import SavedView
from tests.ui.sidebar.places import counts
from ui.issues import dragging
from ui.places import Place
from ui.sidebar.places_view import VIEW, PlacesView
from ui.sidebar.sidebar import Sidebar

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def places(qtbot: QtBot) -> PlacesView:
    """The list with saved views 1 to 3 and a project."""
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.resize(216, 900)
    sidebar.show()
    saved = [SavedView(id=number, name=f"view {number}") for number in (1, 2, 3)]
    sidebar.model.update_counts(counts(("shop", 1, 1)), 0, None, saved)
    sidebar.list.kept = sidebar  # type: ignore[attr-defined]
    return sidebar.list


def point(places: PlacesView, label: str) -> QPoint:
    model = places.model()
    rows = [row for row in range(model.rowCount()) if model.index(row, 0).data() == label]
    return places.visualRect(model.index(rows[0], 0)).center()


def choose(places: PlacesView, label: str) -> None:
    places.setCurrentIndex(places.indexAt(point(places, label)))
    places.setFocus()


def test_a_saved_view_is_moved_renamed_and_deleted_by_key(places: PlacesView, qtbot: QtBot) -> None:
    choose(places, "view 2")
    with qtbot.waitSignal(places.moved) as moved:
        QTest.keyClick(places, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert moved.args == [2, 0]
    with qtbot.waitSignal(places.moved) as moved:
        QTest.keyClick(places, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert moved.args == [2, 2]
    with qtbot.waitSignal(places.rename_requested) as asked:
        QTest.keyClick(places, Qt.Key.Key_F2)
    assert asked.args is not None
    assert asked.args[0].label == "view 2"
    with qtbot.waitSignal(places.delete_requested):
        QTest.keyClick(places, Qt.Key.Key_Delete)


def test_the_menu_is_of_the_row_below_the_pointer_or_of_the_chosen_one(
    places: PlacesView, qtbot: QtBot
) -> None:
    choose(places, "view 1")
    where = point(places, "shop")
    for reason, label in (
        (QContextMenuEvent.Reason.Mouse, "shop"),
        (QContextMenuEvent.Reason.Keyboard, "view 1"),
    ):
        with qtbot.waitSignal(places.menu_requested) as asked:
            QApplication.sendEvent(places.viewport(), QContextMenuEvent(reason, where, QPoint(9, 9)))
        assert asked.args is not None
        assert asked.args[0].label == label
    QTest.mousePress(places.viewport(), Qt.MouseButton.RightButton, PLAIN, where)
    assert places.currentIndex().data() == "view 1", "to open its menu is not to go there"


def drop(places: PlacesView, data: QMimeData, where: QPoint) -> bool:
    """Move over a place and let go; whether it would take what is dragged."""
    enter = QDragEnterEvent(where, Qt.DropAction.CopyAction, data, LEFT, PLAIN)
    QApplication.sendEvent(places.viewport(), enter)
    move = QDragMoveEvent(where, Qt.DropAction.CopyAction, data, LEFT, PLAIN)
    QApplication.sendEvent(places.viewport(), move)
    if move.isAccepted():
        QApplication.sendEvent(
            places.viewport(), QDropEvent(QPointF(where), Qt.DropAction.CopyAction, data, LEFT, PLAIN)
        )
    return move.isAccepted()


def test_issues_are_dropped_on_a_view_and_not_on_a_project(places: PlacesView, qtbot: QtBot) -> None:
    data = dragging.carry([4, 7])
    with qtbot.waitSignal(places.dropped) as dropped:
        assert drop(places, data, point(places, "Resolved"))
    assert dropped.args is not None
    assert dropped.args[:2] == [Place("resolved"), [4, 7]]
    for label in ("shop", "Everything", "Doctor", "view 1"):
        assert not drop(places, data, point(places, label))


def test_a_saved_view_is_dropped_among_the_others(places: PlacesView, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setData(VIEW, b"1")
    with qtbot.waitSignal(places.moved) as moved:
        assert drop(places, data, point(places, "view 3") + QPoint(0, 8))
    assert moved.args == [1, 2], "counted without itself"
    with qtbot.waitSignal(places.moved) as moved:
        assert drop(places, data, point(places, "Inbox"))
    assert moved.args == [1, 0]
