from app.source.differences import between
from ui.detail.page.page_theme import PageTheme
from ui.detail.sections.stack.difference_lines import DifferenceLines


def test_what_went_and_what_came_have_grounds_of_their_own(qapp: object) -> None:
    row = DifferenceLines("key", between(["a", "b"], ["a", "c"]))
    sheet = row.sheet(PageTheme().type_, 600)
    assert [fill.colour for fill in sheet.fills] == ["code_background", "code_line", "code_added"]
    assert sheet.height == row.height(PageTheme().type_, 600)
    lines = [line.strip() for line in sheet.copied_text().split("\n")]
    assert lines == ["…line 1", "a", "-b", "+c"], "numbers are not copied"
