"""The page's keyboard: moving from zone to zone, folding, selecting, copying."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, failure, frame, make_detail, make_event
from ui.detail.requests import OpenFrame
from ui.detail.sections.overview import OverviewSection
from ui.detail.sections.stack.stack_trace import StackTraceSection


def test_tab_moves_to_a_frame_space_folds_it_and_enter_opens_it(page: ReadPage, qtbot: QtBot) -> None:
    page.open(make_detail(), StackTraceSection)
    page.show()
    page.setFocus(Qt.FocusReason.TabFocusReason)
    while not page.accessibleDescription().startswith("charge_card"):
        QTest.keyClick(page, Qt.Key.Key_Tab)
    assert page.accessibleDescription().endswith("failed here, open")
    assert page.shows_focus
    before = len(page.stacking.rows)
    with qtbot.waitSignal(page.requested) as asked:
        QTest.keyClick(page, Qt.Key.Key_Return)
    assert asked.args == [OpenFrame(frame())]
    assert len(page.stacking.rows) == before
    QTest.keyClick(page, Qt.Key.Key_Space)
    assert page.accessibleDescription().endswith("closed")
    assert len(page.stacking.rows) < before
    QTest.keyClick(page, Qt.Key.Key_Space)
    assert len(page.stacking.rows) == before
    QTest.keyClick(page, Qt.Key.Key_Left)
    assert len(page.stacking.rows) < before
    QTest.keyClick(page, Qt.Key.Key_Left)
    assert len(page.stacking.rows) < before, "a folded frame stays folded"


def test_select_all_copies_cut_values_whole(page: ReadPage) -> None:
    long = "x" * 3_000
    event = make_event(exceptions=(failure("E", frame(vars={"long": long})),))
    page.open(make_detail(event), StackTraceSection)
    QTest.keyClick(page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert long in page.selected_text()
    assert "charge_card" in page.selected_text()


def test_it_takes_the_key_that_selects_all_before_the_window_does(page: ReadPage) -> None:
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    asked.ignore()
    QCoreApplication.sendEvent(page, asked)
    assert asked.isAccepted()


def test_without_a_selection_the_current_line_is_copied(page: ReadPage) -> None:
    page.open(make_detail(bare_event(tags={"customer": "gold", "level": "error"})), OverviewSection)
    page.focus_on(page.stacking.next_place(None, 1))
    QTest.keyClick(page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert page.clipboard_text() == "customer: gold\nlevel: error"


def test_end_and_home_scroll_to_the_ends(page: ReadPage) -> None:
    page.open(make_detail())
    page.show()
    QTest.keyClick(page, Qt.Key.Key_End)
    assert page.verticalScrollBar().value() == page.verticalScrollBar().maximum() > 0
    QTest.keyClick(page, Qt.Key.Key_Home)
    assert page.verticalScrollBar().value() == 0
