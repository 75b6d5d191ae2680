import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.wire import near_json

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(codec="utf-8"), max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc_", min_size=1), inner, max_size=4)
    ),
    max_leaves=20,
)
DOCUMENTS = st.dictionaries(st.text("abcdef", min_size=1, max_size=5), VALUES, min_size=1, max_size=4)
PIECES = st.sampled_from(
    [
        '"',
        "'",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        ",",
        ":",
        "a",
        "\\",
        "\n",
        "/*",
        "*/",
        "//",
        "#",
        " ",
        "1",
        "“",
        "=>",
    ]
)


def read(text: str) -> Any:
    rewritten = near_json.rewrite(text)
    return None if rewritten is None else json.loads(rewritten.text)


@pytest.mark.parametrize(
    ("text", "value", "fault"),
    [
        (r'{"m": "a \x41 b"}', {"m": "a A b"}, r"the escape \x41"),
        (r'{"m": "a \u1f b"}', {"m": r"a \u1f b"}, r"the escape \u"),
        (r'{"m": "C:\qux\ok"}', {"m": r"C:\qux\ok"}, r"the escape \q"),
        (r'{"m": "it\'s"}', {"m": "it's"}, r"the escape \'"),
        ('{"m": 1,}', {"m": 1}, "a comma too many"),
        ('{"m": [1,,2,]}', {"m": [1, 2]}, "a comma too many"),
        ('{"m": 1 "n": 2}', {"m": 1, "n": 2}, "a missing comma"),
        (
            '{"m": True, "n": None, "o": undefined, "p": False}',
            {"m": True, "n": None, "o": None, "p": False},
            "the word True",
        ),
        ('{"m": NaN, "n": -Infinity}', {"m": "NaN", "n": "-Infinity"}, "NaN, which is not"),
        ("{'m': 'say \"x\"', u'n': b'y'}", {"m": 'say "x"', "n": "y"}, "single quotes"),
        ("{'m': 'it's'}", {"m": "it's"}, "single quotes"),
        ('{"m": "say "hi" now", "n": 1}', {"m": 'say "hi" now', "n": 1}, "a quote within a text"),
        ("{m: 'a', n-1: error}", {"m": "a", "n-1": "error"}, "a name without quotes"),
        ('{/* one */ "m": 1, // two\n "n": 2 # three\n}', {"m": 1, "n": 2}, "a comment"),
        (
            '{"m": 0x1F, "n": +1, "o": .5, "p": 5., "q": 007}',
            {"m": 31, "n": 1, "o": 0.5, "p": 5, "q": 7},
            "the number 0x1F",
        ),
        ('{"m": (1, 2), "n": <Foo at 0x1>}', {"m": [1, 2], "n": "<Foo at 0x1>"}, "round brackets"),
        (
            '{"m": datetime.datetime(2026, 1, 1)}',
            {"m": "datetime.datetime(2026, 1, 1)"},
            "a text without quotes",
        ),
        ('{"m" => "a", "n" = 1}', {"m": "a", "n": 1}, "=> for a colon"),
        ('{"m": [1, 2}', {"m": [1, 2]}, "a missing ]"),
        ('{"m": “a”}', {"m": "a"}, "curly quotes"),
        ('{"m": ' + "9" * 400 + "}", {"m": "9" * 400}, "a text without quotes"),
    ],
)
def test_what_is_nearly_json_is_read_and_the_fault_is_named(text: str, value: Any, fault: str) -> None:
    rewritten = near_json.rewrite(text)

    assert rewritten is not None
    assert json.loads(rewritten.text) == value
    assert any(named.startswith(fault) for named in rewritten.faults)


def test_bare_control_characters_in_a_text_stay() -> None:
    assert read('{"m": "a\n\x01b"}') == {"m": "a\n\x01b"}


@pytest.mark.parametrize(
    "text", ["{braces} something", "[ERROR] it failed", "[2026-01-01 10:00] x", "", "{", "{,}"]
)
def test_text_in_brackets_is_no_json(text: str) -> None:
    assert near_json.rewrite(text) is None


@given(DOCUMENTS)
def test_what_is_json_stays_what_it_is(document: dict[str, Any]) -> None:
    for ascii_only in (True, False):
        assert read(json.dumps(document, ensure_ascii=ascii_only)) == document or not document


@given(DOCUMENTS)
def test_what_python_prints_is_read(document: dict[str, Any]) -> None:
    text = repr(document)
    if "'" not in "".join(str(document).split("'")[1::2]):
        rewritten = near_json.rewrite(text)
        assert rewritten is not None
        assert list(json.loads(rewritten.text)) == list(document)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=40))
def test_any_text_is_rewritten_or_not(text: str) -> None:
    rewritten = near_json.rewrite("{a:" + text)

    assert rewritten is None or rewritten.text


@pytest.mark.parametrize(
    "piece",
    [
        "'\"",
        "(",
        "{(",
        "(:",
        "\\x",
        "\\",
        '"" ',
        "'\\'",
        "/*",
        "a:1,",
        '"a" ',
        "}{",
        ",",
        ":",
        "a(",
        "“",
        "a b ",
        '"\n',
        "1-",
        "=>",
        "ub'",
    ],
)
def test_hostile_text_of_the_largest_size_comes_to_an_end(piece: str) -> None:
    near_json.rewrite(('{"a": [' + piece * near_json.LARGEST)[: near_json.LARGEST])


def test_escapes_of_any_length_of_text_are_mended() -> None:
    text, faults = near_json.mend_escapes(r'{"a": "\x41 \n \u00e9 \u1f \q", "b": "\\"}')

    assert json.loads(text) == {"a": "\\x41 \n é \\u1f \\q", "b": "\\"}
    assert faults
