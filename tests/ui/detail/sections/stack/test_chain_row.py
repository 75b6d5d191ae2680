"""One exception in the overview."""

from app.model import ExceptionInfo
from tests.ui.detail.read_page import ReadPage
from ui.detail.page.rows import INDENT, MARGIN
from ui.detail.sections.stack.chain_row import DEEPEST, ChainRow
from ui.detail.sections.stack.exception_chain import Link


def test_it_says_type_message_and_what_it_is(page: ReadPage) -> None:
    row = ChainRow(Link(0, relation="Caused by"), ExceptionInfo(type="E", value="a\nb"), lambda: None)
    sheet = row.sheet(page.theme.type_, 760)
    assert [span.text for span in sheet.spans] == ["E", "a b", "Caused by"]
    assert sheet.zones[0].name == "Go to E"
    assert not sheet.fills


def test_lines_lead_to_a_member_and_end_at_the_last(page: ReadPage) -> None:
    def rails(*goes_on: bool) -> list[tuple[float, float]]:
        row = ChainRow(Link(0, len(goes_on), "", goes_on), ExceptionInfo(type="E"), lambda: None)
        sheet = row.sheet(page.theme.type_, 760)
        return [(fill.rect.x() - MARGIN, fill.rect.height() / sheet.height) for fill in sheet.fills]

    assert rails(True)[0][1] == 1
    assert rails(False)[0][1] == 0.5
    assert [x for x, _ in rails(False, True)] == [INDENT + 4, INDENT + 4]


def test_a_very_deep_one_stays_within_the_page_and_says_how_deep_it_is(page: ReadPage) -> None:
    deep = Link(0, 50, "Member 1 of 2", (True,) * 50)
    sheet = ChainRow(deep, ExceptionInfo(type="E", value="x" * 10_000), lambda: None).sheet(
        page.theme.type_, 760
    )
    assert sheet.spans[0].x == MARGIN + DEEPEST * INDENT
    assert sheet.spans[-1].text == "Member 1 of 2 · level 50"
    assert all(span.x + span.width <= 760 for span in sheet.spans)
