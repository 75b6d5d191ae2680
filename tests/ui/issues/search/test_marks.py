"""What is coloured in a search."""

from app.query import parser
from ui.issues.search.marks import LONGEST, as_format, marks
from ui.theme import theme


def test_keys_and_signs_are_coloured_and_mistakes_underlined() -> None:
    text = "-level:>=eror (a or b)"
    found = marks(text, parser.parse(text).problems)
    assert [(text[each.start : each.end], each.is_wave) for each in found] == [
        ("-", False),
        ("(", False),
        ("or", False),
        (")", False),
        ("level:>=", False),
        ("eror", True),
    ]
    assert as_format(found[-1]).underlineColor() == theme().danger
    assert as_format(found[0]).foreground().color() == theme().accent


def test_what_was_pasted_is_not_coloured() -> None:
    assert marks("level:error " * LONGEST) == []
