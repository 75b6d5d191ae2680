"""The text of a row that is laid out."""

from ui.detail.page.sheet import Font, Sheet, Span


def test_the_text_of_a_row_is_its_copied_text() -> None:
    cut = Span(0, 10, 20, "lo…", Font.CODE, "text", whole="long value")
    below = Span(0, 30, 20, "more", Font.SMALL, "text", before="\n")
    assert (
        Sheet(spans=[Span(0, 10, 20, "name", Font.CODE, "text"), cut, below]).text()
        == "name  long value\nmore"
    )


def test_an_empty_whole_is_not_the_shown_text() -> None:
    assert Sheet(spans=[Span(0, 10, 20, "empty", Font.CODE, "text", whole="")]).text() == ""
