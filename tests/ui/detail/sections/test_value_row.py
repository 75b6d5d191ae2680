"""A name and its value, on the page."""

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, make_detail
from ui.detail.page.rows import LONGEST_SHOWN
from ui.detail.sections.context import ExtraSection
from ui.detail.sections.value_row import ValueRow


def open_extra(page: ReadPage, **extra: object) -> ReadPage:
    return page.open(make_detail(bare_event(extra=extra)), ExtraSection)


def colours(page: ReadPage) -> dict[str, str]:
    sheets = [page.stacking.sheet(number) for number in range(len(page.stacking.rows))]
    return {span.text: span.colour for sheet in sheets for span in sheet.spans}


def test_a_number_and_its_digits_in_a_string_differ(page: ReadPage) -> None:
    open_extra(page, a=42, b="42", c=None)
    assert page.lines()[1:] == ["a  42", 'b  "42"', "c  null"]
    found = colours(page)
    assert (found["42"], found['"42"'], found["null"]) == ("syntax_number", "syntax_string", "syntax_keyword")


def test_a_megabyte_opens_in_slices(page: ReadPage) -> None:
    open_extra(page, long="word " * 200_000)
    page.activate("long")
    row = page.stacking.rows[1]
    assert isinstance(row, ValueRow)
    first = row.height(page.stacking.type_, page.stacking.width)
    assert "more · 1,000,000 characters in all" in page.lines()
    page.activate("More of long")
    row = page.stacking.rows[1]
    assert row.height(page.stacking.type_, page.stacking.width) > 1.9 * first
    assert (
        sum(len(span.text) for span in row.sheet(page.stacking.type_, 760).spans) <= 2 * LONGEST_SHOWN + 100
    )


def test_terminal_colours_are_left_out_and_copied(page: ReadPage) -> None:
    text = "\x1b[31mred\x1b[0m\nplain"
    open_extra(page, ansi=text)
    assert page.stacking.sheet(1).spans[1].text == '"red plain"'
    page.activate("ansi")
    assert page.lines()[1:] == ["ansi  red", "plain"]
    page.menu("ansi")["Copy value"]()
    assert page.clipboard_text() == text


def test_what_cannot_be_seen_is_made_visible(page: ReadPage) -> None:
    open_extra(page, odd="a\u202eb\x07")
    assert page.stacking.sheet(1).spans[1].text == '"a‹202E›b‹07›"'


def test_an_opened_value_says_only_how_much_it_holds(page: ReadPage) -> None:
    open_extra(page, cart={"a": 1, "b": 2})
    assert page.lines()[1] == "cart  object · 2  {a: 1, b: 2}"
    page.activate("cart")
    assert page.lines()[1:] == ["cart  object · 2", "a  1", "b  2"]


def test_what_does_not_fit_ends_with_a_mark_within_the_page(page: ReadPage) -> None:
    for width in range(300, 420, 7):
        page.resize(width, 400)
        open_extra(page, huge={f"k{number}": number for number in range(1_000)})
        last = page.stacking.sheet(1).spans[-1]
        assert last.text.endswith("…")
        assert last.x + last.width <= page.viewport().width() - 24
