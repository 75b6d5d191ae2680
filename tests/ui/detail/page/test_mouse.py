"""The page's mouse: clicking what folds, selecting by dragging and by a double click."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, frame, make_detail
from ui.detail.requests import OpenFrame
from ui.detail.sections.head.header import HeaderSection
from ui.detail.sections.stack.stack_trace import StackTraceSection


def test_dragging_selects_text_and_copy_copies_it(page: ReadPage) -> None:
    page.open(make_detail(), StackTraceSection)
    page.show()
    index = next(i for i in range(len(page.stacking.rows)) if "step_37" in page.stacking.sheet(i).text())
    span = next(s for s in page.stacking.sheet(index).spans if "step_37" in s.text)
    y = round(page.stacking.tops[index] + span.baseline - 3)
    start, end = QPoint(round(span.x), y), QPoint(round(span.x + span.width) + 1, y)
    viewport = page.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    assert page.selected_text() == "step_37()"
    QTest.keyClick(page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "step_37()"
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.selected_text() == ""


def test_a_click_on_a_frame_folds_it(page: ReadPage) -> None:
    page.open(make_detail(), StackTraceSection)
    page.show()
    place, zone = next((p, z) for p, z in page.zones() if z.name.startswith("charge_card"))
    index = page.stacking.find(place)
    assert index is not None
    point = QPoint(60, round(page.stacking.tops[index] + zone.rect.center().y()))
    QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert page.zone("charge_card").opened is False
    assert not page.shows_focus


def test_a_click_on_file_and_line_opens_it(page: ReadPage, qtbot: QtBot) -> None:
    page.open(make_detail(), StackTraceSection)
    page.show()
    place, zone = next((p, z) for p, z in page.zones() if z.name.startswith("Open shop/payment.py:42"))
    index = page.stacking.find(place)
    assert index is not None
    point = QPoint(round(zone.rect.center().x()), round(page.stacking.tops[index] + zone.rect.center().y()))
    with qtbot.waitSignal(page.requested) as asked:
        QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert asked.args == [OpenFrame(frame())]
    assert page.zone("charge_card").opened is True
    assert zone.tooltip == "/srv/app/shop/payment.py\nOpen in the editor (O)"


def test_a_double_click_selects_the_word(page: ReadPage) -> None:
    page.open(make_detail(bare_event(message="Disk almost full")), HeaderSection)
    page.show()
    index = next(i for i in range(len(page.stacking.rows)) if "Disk" in page.stacking.sheet(i).text())
    span = next(s for s in page.stacking.sheet(index).spans if "Disk" in s.text)
    inside = span.x + page.stacking.type_.advance("Disk alm", span.font)
    point = QPoint(round(inside), round(page.stacking.tops[index] + span.baseline - 3))
    QTest.mouseDClick(page.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert page.selected_text() == "almost"


def test_the_zone_below_the_mouse_is_marked_until_it_leaves(page: ReadPage) -> None:
    page.open(make_detail(), StackTraceSection)
    page.show()
    place, zone = next((p, z) for p, z in page.zones() if z.name.startswith("charge_card"))
    index = page.stacking.find(place)
    assert index is not None
    QTest.mouseMove(page.viewport(), QPoint(60, round(page.stacking.tops[index] + zone.rect.center().y())))
    assert page.hovered == (index, zone)
    QApplication.sendEvent(page.viewport(), QEvent(QEvent.Type.Leave))
    assert page.hovered is None
