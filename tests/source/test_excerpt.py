from hypothesis import given
from hypothesis import strategies as st

from app.model import Frame
from app.source.excerpt import LONGEST_LINE, MOST_LINES, lines_of


def marked(text: str, column: int | None) -> str:
    (line,) = lines_of(Frame(line=1, column=column, context=((1, text),)))
    return "" if line.mark is None else line.text[line.mark[0] : line.mark[1]]


def test_the_column_is_from_1_and_marks_the_word_that_it_is_in() -> None:
    assert marked("return price.amount", 1) == "return"
    assert marked("return price.amount", 14) == "amount"
    assert marked("return price.amount", 16) == "amount"
    assert marked("return price.amount", 13) == "."
    assert marked("\t\tfail()", 3) == "fail"
    for nowhere in (None, 0, -3, 99):
        assert marked("return price.amount", nowhere) == ""


def test_hidden_characters_are_shown_and_move_the_mark() -> None:
    assert marked("a\x1b = boom()", 6) == "boom"
    assert marked("a\u202e = boom()", 6) == "boom"


def test_of_a_megabyte_only_what_is_around_the_column_is_there() -> None:
    text = "x" * 500_000 + " BOOM " + "y" * 500_000
    (line,) = lines_of(Frame(line=1, column=500_002, context=((1, text),)))
    assert len(line.text) == LONGEST_LINE
    assert line.mark is not None
    assert line.text[slice(*line.mark)] == "BOOM"
    assert line.left_out_before + LONGEST_LINE + line.left_out_after == len(text)


def test_many_lines_are_cut_around_the_failing_one() -> None:
    context = tuple((n, f"line {n}") for n in range(1, 5_000))
    shown = lines_of(Frame(line=2_500, context=context))
    assert len(shown) == MOST_LINES
    assert any(line.number == 2_500 for line in shown)


@given(st.text(max_size=80), st.integers() | st.none())
def test_whatever_the_line_its_mark_is_in_it(text: str, column: int | None) -> None:
    (line,) = lines_of(Frame(line=1, column=column, context=((1, text),)))
    assert "\n" not in line.text
    if line.mark is not None:
        assert 0 <= line.mark[0] < line.mark[1] <= len(line.text)
