"""SQL in colours and over lines, whatever a client calls a query."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.event_parts import sql_text
from app.event_parts.pieces import Piece, Role, text_of


def test_keywords_and_literals_have_their_roles() -> None:
    pieces = sql_text.coloured("SELECT \"a\".b FROM t WHERE c = 'x' AND d = 12")
    roles = {piece.text.strip(): piece.role for piece in pieces}
    assert roles["SELECT"] is roles["FROM"] is roles["AND"] is Role.KEYWORD
    assert roles["'x'"] is Role.STRING
    assert roles["12"] is Role.NUMBER
    assert roles['"a".b'] is Role.TEXT


def test_a_statement_is_set_out_by_its_clauses() -> None:
    lines = sql_text.set_out_in_lines("select a, b from t where x = 1 and y = 2")
    assert [text_of(line) for line in lines] == [
        "select a,",
        "       b",
        "from t",
        "where x = 1",
        "  and y = 2",
    ]
    assert lines[0][0] == Piece("select ", Role.KEYWORD)


@pytest.mark.parametrize(
    "text", ["(" * 8_000, "select " + "a," * 8_000, "'" * 9_001, "case " * 3_000, "/*" * 5_000]
)
def test_what_the_library_refuses_stays_as_it_is(text: str) -> None:
    assert "".join(sql_text.set_out(text).split()) == "".join(text.split())


def test_a_statement_too_long_is_not_set_out() -> None:
    text = "select 1 " * 10_000
    assert sql_text.set_out(text) == text


@settings(max_examples=60)
@given(st.text(max_size=400))
def test_no_character_is_lost(text: str) -> None:
    assert text_of(sql_text.coloured(text)) == text.replace("\r\n", "\n") or "\r" in text
    sql_text.set_out_in_lines(text)
    assert "\n" not in text_of(sql_text.coloured_line(text))
