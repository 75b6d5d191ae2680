"""The tree by mouse and by keyboard."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ui.issues.facets.facet_model import FacetModel, FacetRow, Kind, ValueRow
from ui.issues.facets.facet_view import FacetView

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
Alt, Control = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(qtbot: QtBot) -> FacetView:
    model = FacetModel()
    made = FacetView(model)
    model.setParent(made)
    rows = [ValueRow("level", "error", 3), ValueRow("level", "info", 1, "excluded")]
    model.show([(FacetRow("level"), [*rows, ValueRow("level", "2 more", kind=Kind.MORE)])])
    qtbot.addWidget(made)
    made.resize(220, 300)
    made.expandAll()
    made.show()
    return made


@pytest.fixture
def told(view: FacetView) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    view.value_toggled.connect(lambda *given: found.append(("toggle", *given)))
    view.value_excluded.connect(lambda *given: found.append(("exclude", *given)))
    view.more_requested.connect(lambda *given: found.append(("more", *given)))
    view.folded.connect(lambda facet, is_folded: found.append(("fold" if is_folded else "open", facet)))
    return found


def value(view: FacetView, row: int) -> QModelIndex:
    return view.model().index(row, 0, view.model().index(0, 0))


def click(view: FacetView, index: QModelIndex, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(view.viewport(), Left, modifier, view.visualRect(index).center())


def test_clicks_ask_for_a_value_and_leave_it_out(view: FacetView, told: list[tuple[str, ...]]) -> None:
    click(view, value(view, 0))
    click(view, value(view, 0), Alt)
    click(view, value(view, 1), Control)
    click(view, value(view, 2))
    click(view, view.model().index(0, 0))
    assert told == [
        ("toggle", "level", "error"),
        ("exclude", "level", "error"),
        ("exclude", "level", "info"),
        ("more", "level"),
        ("fold", "level"),
    ]


def test_keys_do_the_same(view: FacetView, told: list[tuple[str, ...]], qtbot: QtBot) -> None:
    view.setCurrentIndex(view.model().index(0, 0))
    for key, modifier in (
        (Key.Key_Return, None),
        (Key.Key_Return, None),
        (Key.Key_Down, None),
        (Key.Key_Space, None),
        (Key.Key_Return, Alt),
        (Key.Key_Minus, None),
        (Key.Key_E, None),
    ):
        QTest.keyClick(view, key, modifier or Qt.KeyboardModifier.NoModifier)
    assert told == [
        ("fold", "level"),
        ("open", "level"),
        ("toggle", "level", "error"),
        ("exclude", "level", "error"),
        ("exclude", "level", "error"),
    ]
    with qtbot.waitSignal(view.left):
        QTest.keyClick(view, Key.Key_Escape)


def test_the_menu_says_what_it_would_do(view: FacetView, told: list[tuple[str, ...]]) -> None:
    view.open_menu(value(view, 1), view.mapToGlobal(view.rect().center()))
    menu = view.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Show only these", "No longer leave out"]
    menu.actions()[1].trigger()
    assert told == [("exclude", "level", "info")]
    menu.close()


def test_there_is_no_menu_for_what_is_no_value(view: FacetView) -> None:
    view.open_menu(value(view, 2), view.mapToGlobal(view.rect().center()))
    assert view.findChild(QMenu) is None
