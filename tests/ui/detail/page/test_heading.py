"""Headings fold, and their controls act and are not copied."""

import pytest
from PySide6.QtWidgets import QApplication

from ui.detail.page.heading import Control, Heading
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.rows import MARGIN
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.page.typography import Typography


@pytest.fixture
def type_(qapp: QApplication) -> Typography:
    return PageTheme().type_


def test_a_heading_folds_and_its_controls_act(type_: Typography) -> None:
    done: list[str] = []
    control = Control("Copy", lambda: done.append("copy"))
    heading = Heading("Tags", "2", [control], opened=False, toggle=lambda: done.append("toggle"))
    zones = {zone.name: zone for zone in heading.sheet(type_, 600).zones}
    assert zones["Tags"].opened is False
    for name in ("Copy", "Tags"):
        zones[name].activate()
    assert done == ["copy", "toggle"]
    assert zones["Copy"].rect.right() <= 600 - MARGIN + 8


def test_nobody_copies_a_buttons_text(type_: Typography) -> None:
    control = Control("Search", lambda: None)
    assert Heading("Tags", "2", [control]).sheet(type_, 600).copied_text() == "Tags  2"
    pieces = [("3 locals", Font.SMALL, "text_muted")]
    line = TextLine("key", pieces, activate=lambda: None, opened=True, control=control)
    sheet = line.sheet(type_, 600)
    assert sheet.copied_text() == "3 locals"
    assert [zone.name for zone in sheet.zones] == ["3 locals", "Search"]
    assert [sheet.zones[span.zone].name for span in sheet.spans if span.zone is not None] == ["Search"]


def test_of_a_choice_the_alternative_that_holds_stands_on_a_ground_of_its_own(type_: Typography) -> None:
    choice = [
        Control("Newest first", lambda: None, on=True, joined=True),
        Control("Oldest first", lambda: None, on=False),
    ]
    sheet = Heading("Stack", "", choice).sheet(type_, 600)
    (ground,) = sheet.fills
    marked = next(span for span in sheet.spans if span.text == "Newest first")
    assert ground.rect.left() < marked.x
    assert ground.rect.right() > marked.x + marked.width


def test_controls_without_room_beside_the_name_stand_below_it(type_: Typography) -> None:
    heading = Heading("Stack trace", "", [Control(f"Choice {n}", lambda: None) for n in range(4)])
    assert heading.height(type_, 300) > heading.height(type_, 600)
    for width in (300, 600):
        sheet = heading.sheet(type_, width)
        name = next(span for span in sheet.spans if span.text == "Stack trace")
        for span in sheet.spans:
            beside = span.x >= name.x + name.width or span.baseline > name.baseline + 10
            assert span is name or beside, "nothing is painted over the name"
            assert MARGIN <= span.x <= width - MARGIN
