"""How text from outside is made plain for labels and terminals, as a block or on one line."""

import ast
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app
from app.plain_text import breakable, clipped, elided, one_line, plain, say
from tests.hostile import UNSHOWN

anything = st.text(st.characters(codec=None, exclude_categories=()))


def test_a_block_has_no_terminal_colours() -> None:
    assert clipped("\x1b[1;31mred\x1b[0m\nplain", 100) == ("red\nplain", 0)
    assert clipped("\x1b]0;title\x07", 100)[0].startswith("‹1B›")


@given(anything)
def test_no_invisible_character_is_left(text: str) -> None:
    for shown in (plain(text), one_line(text), elided(text, 20)):
        assert not UNSHOWN.search(shown)
        assert plain(shown) == shown
    assert "\n" not in one_line(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m and \x9b32mgreen", "red and green"),
        ("\x1b]0;title\x07", "‹1B›]0;title‹07›"),
        ("pass\u200dword", "pass‹200D›word"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("\u0301alone", "\u25cc\u0301alone"),
        ("z" + "\u0301" * 6, "z" + "\u0301" * 4 + "‹301›‹301›"),
        ("a\u3164b", "a‹3164›b"),
        ("one\r\ntwo\rthree", "one two three"),
    ],
)
def test_on_one_line(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_long_texts() -> None:
    assert elided("x" * 10_000, 20) == "x" * 19 + "…"
    assert elided("x" * 20, 20) == "x" * 20
    assert breakable("y" * 90).replace("\u200b", "") == "y" * 90
    assert max(map(len, breakable("y" * 90).split("\u200b"))) <= 40
    name = "com.example.enterprise.shop.orders.internal.VeryLongOrderNotFoundException"
    assert breakable(name).split("\u200b")[0] == "com.example.enterprise.shop.orders."
    assert breakable("example.com/short/path") == "example.com/short/path"


def test_say_escapes_characters_that_the_stream_cannot_encode(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = io.BytesIO()
    stream = io.TextIOWrapper(sent, encoding="ascii")
    monkeypatch.setattr("sys.stdout", stream)
    say("Grüße \ud800 \x1b", flush=True)
    assert sent.getvalue() == b"Gr\\xfc\\xdfe \\ufffd \\u20391B\\u203a\n"


def test_app_prints_only_by_say_or_as_json() -> None:
    """A plain `print` is allowed for what `as_json` has escaped."""
    for path in Path(app.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print":
                assert path.name == "plain_text.py" or ast.unparse(node.args[0]).startswith("as_json("), path
