"""Gestures, keys, and the scroll position while rows come and go."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from app.model import Issue
from tests.ui.issues.factories import make_issue
from ui.issues.list_view import IssueListView
from ui.issues.model import IssueListModel
from ui.issues.row.delegate import IssueDelegate
from ui.theme import Theme

Key = Qt.Key


@pytest.fixture
def view(qtbot: QtBot) -> IssueListView:
    """A hundred issues, the newest (number 100) at the top, eight of them visible."""
    model = IssueListModel()
    model.start([make_issue(number, number) for number in range(1, 101)], complete=True)
    view = IssueListView(model)
    qtbot.addWidget(view)
    view.resize(420, 8 * view.row_height)
    view.show()
    qtbot.waitExposed(view)
    return view


def change(view: IssueListView, matching: list[Issue], gone: tuple[int, ...] = ()) -> None:
    model = view.model()
    assert isinstance(model, IssueListModel)
    for _step in model.applying(matching, gone):
        pass


def topmost(view: IssueListView) -> int:
    model = view.model()
    assert isinstance(model, IssueListModel)
    return model.issue(view.rowAt(0)).id


class NotingDelegate(IssueDelegate):
    """Remembers which rows it has painted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.painted: set[int] = set()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.painted.add(index.row())
        super().paint(painter, option, index)


@pytest.mark.usefixtures("dressed")  # a style sheet makes the list's ground one to be painted each time
def test_a_step_that_scrolls_paints_only_the_rows_that_it_changes(view: IssueListView, qtbot: QtBot) -> None:
    delegate = NotingDelegate(view)
    view.setItemDelegate(delegate)
    view.select_row(20)
    qtbot.waitUntil(lambda: 20 in delegate.painted)
    delegate.painted.clear()
    before = view.verticalScrollBar().value()
    view.step(1)
    qtbot.waitUntil(lambda: 21 in delegate.painted)
    assert view.verticalScrollBar().value() > before
    # The mouse may be on the topmost.
    assert delegate.painted.isdisjoint(range(15, 20))


def test_where_no_row_is_the_ground_is_painted(view: IssueListView, dressed: Theme) -> None:
    change(view, [], tuple(range(4, 101)))
    shown = view.viewport().grab().toImage()
    assert shown.pixelColor(200, 8 * view.row_height - 5) == dressed.window


def test_j_k_and_the_arrows_move_the_cursor(view: IssueListView, qtbot: QtBot) -> None:
    for key, expected in (
        (Key.Key_J, 100),
        (Key.Key_J, 99),
        (Key.Key_Down, 98),
        (Key.Key_K, 99),
        (Key.Key_Up, 100),
        (Key.Key_Up, 100),
        (Key.Key_End, 1),
        (Key.Key_Home, 100),
    ):
        QTest.keyClick(view, key)
        assert view.current_id() == expected
        assert [issue.id for issue in view.selected()] == [expected]


def test_selecting_several(view: IssueListView, qtbot: QtBot) -> None:
    view.select_row(3)
    QTest.keyClick(view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    assert [issue.id for issue in view.selected()] == [97, 96, 95]
    with qtbot.waitSignal(view.escaped):
        QTest.keyClick(view, Key.Key_Escape)


def test_enter_opens(view: IssueListView, qtbot: QtBot) -> None:
    view.select_row(2)
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, Key.Key_Return)
    assert opened.args == [98]


def test_typing_does_not_search_titles(view: IssueListView, qtbot: QtBot) -> None:
    view.select_row(2)
    QTest.keyClicks(view, "Key")
    assert view.current_id() == 99, "k went up once from 98; e and y are for others"


def test_the_end_key_requests_the_rows_not_loaded(view: IssueListView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.end_requested):
        QTest.keyClick(view, Key.Key_End)


def test_where_rows_are_missing_home_and_end_leave_the_cursor(view: IssueListView, qtbot: QtBot) -> None:
    model = view.model()
    assert isinstance(model, IssueListModel)
    model.begin(from_top=False)
    model.end(complete=False)
    view.select_row(5)
    for key, requested in ((Key.Key_End, view.end_requested), (Key.Key_Home, view.top_requested)):
        with qtbot.waitSignal(requested):
            QTest.keyClick(view, key)
        assert view.current_id() == 95


def test_near_the_first_row_of_a_stretch_earlier_ones_are_requested_and_nothing_moves(qtbot: QtBot) -> None:
    model = IssueListModel()
    model.start([make_issue(n, n) for n in range(1, 1_001)], complete=True, from_top=False)
    view = IssueListView(model)
    qtbot.addWidget(view)
    view.resize(420, 8 * view.row_height)
    view.show()
    qtbot.waitExposed(view)
    with qtbot.assertNotEmitted(model.earlier_requested):
        view.verticalScrollBar().setValue(900 * view.row_height)
    with qtbot.waitSignal(model.earlier_requested):
        view.verticalScrollBar().setValue(0)
    top = topmost(view)
    change(view, [make_issue(n, n) for n in range(2_000, 2_100)])
    QApplication.processEvents()
    assert topmost(view) == top


def test_the_selection_follows_its_issue(view: IssueListView) -> None:
    view.select_row(4)
    change(view, [make_issue(96, 500), make_issue(200, 600), make_issue(3, 700)])
    assert view.current_id() == 96
    assert [issue.id for issue in view.selected()] == [96]
    assert view.currentIndex().row() == 2


def test_several_selected_rows_follow_their_issues(view: IssueListView) -> None:
    flag = QItemSelectionModel.SelectionFlag.Select
    for row in (1, 5, 9):
        view.selectionModel().select(view.model().index(row, 0), flag)
    change(view, [make_issue(95, 500), make_issue(201, 600)], (98, 97))
    assert {issue.id for issue in view.selected()} == {99, 95, 91}


@pytest.mark.parametrize(("gone", "successor"), [((96,), 95), ((96, 95, 94), 93), ((96, 94), 95)])
def test_the_next_row_follows_one_that_leaves(
    view: IssueListView, gone: tuple[int, ...], successor: int
) -> None:
    view.select_row(4)
    change(view, [], gone)
    assert view.current_id() == successor
    assert [issue.id for issue in view.selected()] == [successor]


def test_the_last_row_is_followed_by_the_one_above(view: IssueListView) -> None:
    view.select_row(99)
    change(view, [], (1,))
    assert view.current_id() == 2


def test_at_the_top_new_rows_become_visible(view: IssueListView) -> None:
    change(view, [make_issue(300, 900)])
    assert topmost(view) == 300


@pytest.mark.parametrize("offset", [0, 17])
def test_scrolled_down_the_visible_rows_do_not_move(view: IssueListView, offset: int) -> None:
    view.verticalScrollBar().setValue(20 * view.row_height + offset)
    top = topmost(view)
    place = view.rowViewportPosition(view.rowAt(0))
    for matching, gone in (
        ([make_issue(number, number) for number in range(300, 340)], ()),
        ([make_issue(50, 900), make_issue(85, 901)], ()),
        ([], (90, 91, 300)),
    ):
        change(view, matching, gone)
        QApplication.processEvents()
        assert topmost(view) == top
        assert view.rowViewportPosition(view.rowAt(0)) == place


def test_visible_rows_do_not_move_even_when_the_topmost_leaves(view: IssueListView) -> None:
    view.verticalScrollBar().setValue(20 * view.row_height)
    assert topmost(view) == 80
    change(view, [make_issue(80, 900)])
    assert topmost(view) == 79
    change(view, [], (79, 78))
    assert topmost(view) == 77


def test_near_the_end_more_rows_are_requested(qtbot: QtBot) -> None:
    model = IssueListModel()
    model.start([make_issue(number, number) for number in range(1, 1_001)], complete=False)
    view = IssueListView(model)
    qtbot.addWidget(view)
    view.resize(420, 8 * view.row_height)
    view.show()
    with qtbot.assertNotEmitted(model.more_requested):
        view.verticalScrollBar().setValue(700 * view.row_height)
    with qtbot.waitSignal(model.more_requested):
        view.verticalScrollBar().setValue(900 * view.row_height)


def test_a_menu_is_for_the_selected_rows(view: IssueListView, qtbot: QtBot) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(20, 20), QPoint(20, 20))
    with qtbot.assertNotEmitted(view.menu_requested):
        view.contextMenuEvent(event)
    view.select_row(0)
    with qtbot.waitSignal(view.menu_requested):
        view.contextMenuEvent(event)


def test_getting_the_focus_selects_nothing(view: IssueListView) -> None:
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.current_id() is None


def test_it_is_painted_in_both_themes(view: IssueListView, dressed: Theme) -> None:
    image = view.grab().toImage()
    assert image.pixelColor(2, 2) == dressed.window


def test_few_rows_are_read_however_many_there_are(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    model = IssueListModel()
    model.start([make_issue(number, number) for number in range(1, 20_001)], complete=True)
    view = IssueListView(model)
    qtbot.addWidget(view)
    view.resize(420, 8 * view.row_height)
    view.show()
    qtbot.waitExposed(view)
    calls = 0
    count = model.rowCount

    def counted(*given: Any) -> int:
        nonlocal calls
        calls += 1
        return count(*given)

    monkeypatch.setattr(model, "rowCount", counted)
    change(view, [make_issue(5, 99_999), make_issue(77_777, 99_998)], (400,))
    view.verticalScrollBar().setValue(5_000 * view.row_height)
    view.grab()
    assert 0 < calls < 500


def test_seen_and_selected_rows_are_held(view: IssueListView) -> None:
    assert view.held_rows() == (0, 8)
    view.verticalScrollBar().setValue(20 * view.row_height)
    assert view.held_rows() == (20, 28)
    model = view.model()
    for row in (10, 40):
        view.selectionModel().select(model.index(row, 0), QItemSelectionModel.SelectionFlag.Select)
    assert view.held_rows() == (10, 40)


def test_it_says_when_a_key_is_let_go_which_a_key_that_repeats_is_not(view: IssueListView) -> None:
    released: list[None] = []
    view.key_released.connect(lambda: released.append(None))
    for repeats, expected in ((True, 0), (False, 1)):
        key = QKeyEvent(QEvent.Type.KeyRelease, Key.Key_J, Qt.KeyboardModifier.NoModifier, "j", repeats)
        QApplication.sendEvent(view, key)
        assert len(released) == expected
