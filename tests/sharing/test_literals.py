"""Outside text in a literal of each language is only text."""

import ast
import json
import re

import pytest
from hypothesis import given

from app.sharing import literals
from tests.sharing.events import HOSTILE, TEXT

_WHOLE = re.compile(r'"(?:[^"\\\n\r]|\\[^\n\r])*"')
_JAVA_CONTROL = re.compile(r"\\u00[0-7]")


@given(TEXT)
def test_python_and_javascript_read_it_back(text: str) -> None:
    assert ast.literal_eval(literals.python(text)) == text
    assert json.loads(literals.javascript(text)) == text
    assert "</" not in literals.javascript(text)


@pytest.mark.parametrize("make", [literals.java, literals.go, literals.ruby, literals.php, literals.csharp])
@given(TEXT)
def test_a_literal_ends_where_it_ends(make: "type[str]", text: str) -> None:
    written = make(text)
    assert written.isascii()
    assert _WHOLE.fullmatch(written)


@given(TEXT)
def test_java_has_no_escape_that_is_read_before_the_literal(text: str) -> None:
    assert not _JAVA_CONTROL.search(literals.java(text).replace("\\\\", ""))


@pytest.mark.parametrize("text", [*HOSTILE, "#{x} #$x #@x ${x} {$x} $x"])
def test_nothing_is_interpolated(text: str) -> None:
    assert "#" not in literals.ruby(text).replace("\\\\", "").replace("\\#", "")
    assert "$" not in literals.php(text).replace("\\\\", "").replace("\\$", "")


def test_characters_beyond_the_first_plane() -> None:
    assert literals.java("😀") == '"\\ud83d\\ude00"'
    assert literals.go("😀") == literals.csharp("😀") == '"\\U0001f600"'
    assert literals.ruby("😀") == literals.php("😀") == '"\\u{1f600}"'
