"""Two values next to each other."""

from tests.ui.detail.read_page import ReadPage
from ui.detail.comparison.sides_row import ABSENT, LONGEST_SIDE, SidesRow
from ui.detail.page.page_theme import PageTheme


def nothing() -> None:
    """Copies nothing."""


def sheet_of(page: ReadPage, one: str | None, other: str | None, *, differs: bool = True) -> list[str]:
    row = SidesRow("k", "region", one, other, differs=differs, copy=(nothing, nothing))
    sheet = row.sheet(PageTheme(page).type_, 700)
    assert len(sheet.fills) == (2 if differs else 0)
    return [span.text for span in sheet.spans]


def test_both_values_are_shown_and_a_missing_one_is_a_dash(page: ReadPage) -> None:
    assert sheet_of(page, "eu", None) == ["region", "eu", ABSENT]
    assert sheet_of(page, "", "us", differs=False) == ["region", "(empty)", "us"]


def test_a_long_value_is_cut_and_copies_whole(page: ReadPage) -> None:
    long = "word " * LONGEST_SIDE
    row = SidesRow("k", "body", long, "x", differs=True, copy=(nothing, nothing))
    sheet = row.sheet(PageTheme(page).type_, 700)
    assert sheet.spans[1].whole == long
    assert sheet.height < 400
