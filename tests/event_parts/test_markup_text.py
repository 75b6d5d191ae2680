"""XML, HTML and JSON in pieces: every character stays."""

from hypothesis import given
from hypothesis import strategies as st

from app.event_parts import markup_text
from app.event_parts.pieces import Piece, Role, text_of


def test_markup_has_tags_names_and_strings() -> None:
    (line,) = markup_text.markup_lines('<a b="c">text</a><!-- note -->')
    assert line == (
        Piece("<a", Role.KEYWORD),
        Piece(" "),
        Piece("b", Role.NAME),
        Piece("="),
        Piece('"c"', Role.STRING),
        Piece(">", Role.KEYWORD),
        Piece("text"),
        Piece("</a", Role.KEYWORD),
        Piece(">", Role.KEYWORD),
        Piece("<!-- note -->", Role.QUIET),
    )


def test_json_has_names_strings_numbers_and_words() -> None:
    (line,) = markup_text.json_lines('"a": "b", "c": -1.5, "d": null')
    roles = {piece.text: piece.role for piece in line}
    assert (roles['"a"'], roles['"b"'], roles["-1.5"], roles["null"]) == (
        Role.NAME,
        Role.STRING,
        Role.NUMBER,
        Role.KEYWORD,
    )


def test_a_long_line_is_broken_and_keeps_its_roles() -> None:
    line = (Piece("abc", Role.NAME), Piece("defgh"))
    assert markup_text.wrapped(line, 4) == [
        (Piece("abc", Role.NAME), Piece("d")),
        (Piece("efgh"),),
    ]
    assert markup_text.wrapped((), 4) == [()]


@given(st.text(alphabet="<>/\"='a! -{}[]:,\\1\n", max_size=200))
def test_no_character_is_lost(text: str) -> None:
    for split in (markup_text.markup_lines, markup_text.json_lines, markup_text.plain_lines):
        lines = split(text)
        assert "\n".join(map(text_of, lines)) == text
        assert "".join(
            text_of(part) for line in lines for part in markup_text.wrapped(line, 7)
        ) == text.replace("\n", "")
