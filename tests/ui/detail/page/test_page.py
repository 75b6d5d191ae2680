import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import failure, frame, make_detail, make_event
from ui import theme
from ui.detail.sections.contents import sections_of
from ui.detail.sections.stack_trace import StackTraceSection


def test_what_fits_the_window_is_built_at_once_and_the_rest_when_idle(page: ReadPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.built):
        page.show_sections(sections_of(make_detail(), page))
        assert not page.complete
    assert page.complete


def test_tab_walks_to_a_frame_and_enter_folds_it(page: ReadPage, qtbot: QtBot) -> None:
    page.open(make_detail(), StackTraceSection)
    page.show()
    page.setFocus(Qt.FocusReason.TabFocusReason)
    while not page.accessibleDescription().startswith("charge_card"):
        QTest.keyClick(page, Qt.Key.Key_Tab)
    assert page.accessibleDescription().endswith("failed here, open")
    assert page.shows_focus
    before = len(page.stacking.rows)
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.accessibleDescription().endswith("closed")
    assert len(page.stacking.rows) < before
    QTest.keyClick(page, Qt.Key.Key_Space)
    assert len(page.stacking.rows) == before
    QTest.keyClick(page, Qt.Key.Key_Left)
    assert len(page.stacking.rows) < before
    QTest.keyClick(page, Qt.Key.Key_Left)
    assert len(page.stacking.rows) < before, "a folded frame stays folded"


def test_tab_reaches_every_zone_and_then_leaves(page: ReadPage) -> None:
    page.open(make_detail())
    reached = 0
    place = None
    while (place := page.stacking.next_place(place, 1)) is not None:
        reached += 1
    assert reached == len(page.zones()) > 20
    back = 0
    while (place := page.stacking.next_place(place, -1)) is not None:
        back += 1
    assert back == reached


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


def test_select_all_copies_cut_values_whole(page: ReadPage) -> None:
    long = "x" * 3_000
    event = make_event(exceptions=(failure("E", frame(vars={"long": long})),))
    page.open(make_detail(event), StackTraceSection)
    QTest.keyClick(page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert long in page.selected_text()
    assert "charge_card" in page.selected_text()


def test_a_click_on_a_frame_folds_it(page: ReadPage) -> None:
    page.open(make_detail(), StackTraceSection)
    page.show()
    place, zone = next((p, z) for p, z in page.zones() if z.name.startswith("charge_card"))
    index = page.stacking.find(place)
    assert index is not None
    point = QPoint(200, round(page.stacking.tops[index] + zone.rect.center().y()))
    QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert page.zone("charge_card").opened is False
    assert not page.shows_focus


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK])
@pytest.mark.parametrize("width", [320, 480, 1000])
def test_paints_in_light_and_dark_at_every_width(
    page: ReadPage, qapp: QApplication, colours: theme.Theme, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme.appearance(), "theme", colours)
    page.resize(width, 1200)
    page.open(make_detail())
    image = page.grab().toImage()
    assert image.pixelColor(2, 2) == colours.surface
    assert any(image.pixelColor(x, y) == colours.level_error for x in range(20, 40) for y in range(20, 60))


def test_narrower_wraps_and_keeps_the_rows(page: ReadPage) -> None:
    page.open(make_detail())
    page.show()
    rows, height = len(page.stacking.rows), page.stacking.height
    page.resize(360, 900)
    assert len(page.stacking.rows) == rows
    assert page.stacking.height > height
    assert page.stacking.width < 400


def test_going_to_another_event_keeps_the_place_on_the_page(page: ReadPage, qtbot: QtBot) -> None:
    page.open(make_detail())
    page.show()
    page.verticalScrollBar().setValue(700)
    page.show_sections(sections_of(make_detail(), page), keep_scroll=True)
    assert page.verticalScrollBar().value() == 700
    page.show_sections(sections_of(make_detail(), page))
    assert page.verticalScrollBar().value() == 0


def test_what_a_section_asked_for_does_not_arrive_on_another_event(page: ReadPage) -> None:
    later = []
    page._beside = lambda work, done: later.append((work, done))
    page.open(make_detail())
    arrived: list[int] = []
    page.in_background(lambda: 1, arrived.append)
    page.open(make_detail())
    page.in_background(lambda: 2, arrived.append)
    for work, done in later:
        done(work())
    assert arrived == [2]
