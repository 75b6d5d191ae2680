from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail, make_event
from ui import theme
from ui.detail.sections.contents import sections_of
from ui.detail.sections.overview import OverviewSection
from ui.detail.sections.raw import RawSection
from ui.detail.sections.stack.stack_trace import StackTraceSection


def test_visible_sections_are_built_at_once_and_the_rest_when_idle(page: ReadPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.built):
        page.show_sections(sections_of(make_detail(), page))
        assert not page.complete
    assert page.complete


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


def test_a_narrower_page_wraps_the_same_rows(page: ReadPage) -> None:
    page.open(make_detail())
    page.show()
    rows, height = len(page.stacking.rows), page.stacking.height
    page.resize(360, 900)
    assert len(page.stacking.rows) == rows
    assert page.stacking.height > height
    assert page.stacking.width < 400


def test_another_event_of_the_issue_is_shown_at_the_same_scroll_position(
    page: ReadPage, qtbot: QtBot
) -> None:
    page.open(make_detail())
    page.show()
    page.verticalScrollBar().setValue(700)
    page.show_sections(sections_of(make_detail(), page), keep_scroll=True)
    assert page.verticalScrollBar().value() == 700
    page.show_sections(sections_of(make_detail(), page))
    assert page.verticalScrollBar().value() == 0


def test_a_sections_result_is_dropped_once_another_event_is_shown(page: ReadPage) -> None:
    later = []
    page._run_in_background = lambda work, done: later.append((work, done))
    page.open(make_detail())
    arrived: list[int] = []
    page.in_background(lambda: 1, arrived.append)
    page.open(make_detail())
    page.in_background(lambda: 2, arrived.append)
    for work, done in later:
        done(work())
    assert arrived == [2]


def test_a_jump_opens_what_is_folded_and_goes_there_once_it_has_arrived(page: ReadPage) -> None:
    later: list[tuple[Any, Any]] = []
    page._run_in_background = lambda work, done: later.append((work, done))
    body = b"\n".join(b"line %d" % number for number in range(200))
    page.open(make_detail(make_event(protocol="plain"), raw_body=body))
    page.show()
    raw = next(number for number, section in enumerate(page.sections) if isinstance(section, RawSection))
    page.jump_to(raw)
    top = page.stacking.tops[page.stacking.starts[raw]]
    assert page.verticalScrollBar().value() < round(top), "what makes the page long enough is still read"
    while later:
        work, done = later.pop(0)
        done(work())
    assert page.verticalScrollBar().value() == round(page.stacking.tops[page.stacking.starts[raw]]) + 16


def test_the_menu_of_a_chip_comes_before_that_of_its_row(page: ReadPage) -> None:
    page.open(make_detail(), OverviewSection)
    index = next(i for i in range(len(page.stacking.rows)) if "customer" in page.stacking.sheet(i).text())
    labels = [action.text() for action in page.menu_for(index, page.zone("customer")).actions()]
    assert labels[:4] == ["Show issues with this", "Exclude from the search", "Copy value", "Copy name"]
    assert "Copy value" not in [action.text() for action in page.menu_for(index).actions()]


def test_a_row_is_revealed_with_the_focus_on_it(page: ReadPage) -> None:
    page.show()
    page.open(make_detail())
    section = next(section for section in page.sections if isinstance(section, StackTraceSection))
    row = next(row for row in page.stacking.rows if row.key == ("type", 0))
    page.reveal(section, row.key)
    top = page.stacking.tops[page.stacking.rows.index(row)]
    assert 0 < top - page.verticalScrollBar().value() < 100
    zone = page.zone_of(page.current)
    assert zone is not None
    assert zone.name.startswith("Caused by KeyError")
    before = page.current
    page.reveal(section, "no such row")
    assert page.current == before


def test_what_a_section_asked_for_is_not_begun_once_another_event_is_shown(page: ReadPage) -> None:
    later = []
    page._run_in_background = lambda work, done: later.append(work)
    page.open(make_detail())
    later.clear()
    begun: list[int] = []
    page.in_background(lambda: begun.append(1), lambda _nothing: None)
    page.open(make_detail())
    page.in_background(lambda: begun.append(2), lambda _nothing: None)
    for work in (later[0], later[-1]):
        work()
    assert begun == [2]
