import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name

from app.model import Frame
from app.source import colours, language
from app.source.colours import LONGEST_COLOURED, coloured
from app.source.excerpt import Line, lines_of


def read(text: str, spoken: str, failing: int) -> list[dict[str, str]]:
    """For each line: its coloured parts and their kinds."""
    context = tuple(enumerate(text.split("\n"), 1))
    lines = coloured(lines_of(Frame(line=failing, context=context)), spoken, failing)
    return [{line.text[first:last]: kind for first, last, kind in line.runs} for line in lines]


def test_a_line_is_coloured_by_its_language() -> None:
    (line,) = read('def pay(n):  return "tea", 12  # both', "python", 1)
    assert line == {
        "def": "keyword",
        "pay": "name",
        "return": "keyword",
        '"tea"': "string",
        "12": "number",
        "# both": "comment",
    }


@pytest.mark.parametrize(
    ("spoken", "text"),
    [
        ("python", 'It isn\'t simple:\n    see below.\n"""\nimport shop\nraise Oops("x")'),
        ("python", "It is simple:\n'''\nimport shop\nraise Oops(\"x\")"),
        ("javascript", '   * It isn\'t simple.\n   */\nimport shop;\nthrow new Oops("x");'),
        ("java", ' * It isn\'t simple.\n */\nclass A {\nthrow new Oops("x");'),
        ("ruby", 'It isn\'t simple.\n=end\nmodule Shop\nraise Oops, "x"'),
    ],
)
def test_what_began_before_the_first_line_does_not_colour_the_code(spoken: str, text: str) -> None:
    count = text.count("\n") + 1
    *_, failing = read(text, spoken, count)
    assert failing.get('"x"') == "string"
    assert "keyword" in failing.values() or spoken == "ruby"
    first = read(text, spoken, count)[0]
    assert set(first.values()) <= {"string", "comment"}


def test_a_string_that_the_failing_line_is_in_may_be_one() -> None:
    lines = read('query = """\nSELECT a\nFROM b\n"""', "python", 2)
    assert lines[1] == {"SELECT a": "string"}


def test_of_a_long_line_only_a_part_is_coloured() -> None:
    lines = lines_of(Frame(line=1, column=500_000, context=((1, "var a=1;" * 125_000),)))
    (line,) = coloured(lines, "javascript", 1)
    assert line.mark is not None
    assert line.runs[0][0] <= line.mark[0] <= line.runs[-1][1]
    assert line.runs[-1][1] - line.runs[0][0] <= LONGEST_COLOURED


def test_too_much_and_an_unknown_language_stay_as_they_are() -> None:
    many = tuple(Line(number=n, text="x = 1; " * 20) for n in range(400))
    assert coloured(many, "python", 3) is many
    few = (Line(number=1, text="x = 1"),)
    assert coloured(few, None, 1) is few
    assert coloured(few, "no such language", 1) is few


@given(
    st.lists(st.text(max_size=40), min_size=1, max_size=8), st.sampled_from(["python", "javascript", "php"])
)
def test_whatever_the_text_the_runs_are_within_their_lines(texts: list[str], spoken: str) -> None:
    lines = lines_of(Frame(line=1, context=tuple(enumerate(texts, 1))))
    for line in coloured(lines, spoken, 1):
        at = 0
        for first, last, kind in line.runs:
            assert at <= first < last <= len(line.text)
            assert kind in (colours.KEYWORD, colours.STRING, colours.COMMENT, colours.NUMBER, colours.NAME)
            at = last


def test_every_language_that_is_named_is_there() -> None:
    for name in {*language._BY_ENDING.values(), *language._BY_PLATFORM.values()}:
        assert get_lexer_by_name(name), name
