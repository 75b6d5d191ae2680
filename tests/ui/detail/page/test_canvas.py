"""The scrolling area of the page: what is copied, what has the focus, and what is visible."""

from pytestqt.qtbot import QtBot

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, make_detail
from ui.detail.page.layout import Place
from ui.detail.page.selection import Caret
from ui.detail.sections.head.header import HeaderSection


def test_a_lone_surrogate_reaches_the_clipboard_as_a_question_mark(page: ReadPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.copied) as copied:
        page.copy("a\ud800b", "Value")
    assert copied.args == ["Value"]
    assert page.clipboard_text() == "a?b"


def test_the_focus_scrolls_its_row_into_view_and_is_announced(page: ReadPage) -> None:
    page.open(make_detail())
    page.show()
    page.focus_on(page.stacking.next_place(None, -1))
    index = page.stacking.find(page.current) if page.current is not None else None
    assert index is not None
    scrolled = page.verticalScrollBar().value()
    assert scrolled <= page.stacking.tops[index] < scrolled + page.viewport().height()
    assert page.accessibleDescription() == "Raw, closed"


def test_a_place_that_is_gone_has_no_zone(page: ReadPage) -> None:
    page.open(make_detail())
    assert page.zone_of(Place(0, "no such row")) is None
    page.focus_on(Place(0, "no such row"))
    assert page.accessibleDescription() == ""


def test_a_selection_may_begin_at_its_end(page: ReadPage) -> None:
    page.open(make_detail(bare_event(message="Disk almost full")), HeaderSection)
    page.select(Caret(len(page.stacking.rows), 0, 0), Caret(0, 0, 0))
    assert "Disk almost full" in page.selected_text()
    page.select_nothing()
    assert page.selected_text() == ""


def test_warming_up_changes_nothing_that_is_seen(page: ReadPage) -> None:
    page.open(make_detail())
    before = page.grab().toImage()
    page.warm_up()
    assert page.grab().toImage() == before
