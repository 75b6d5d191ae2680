"""Files by what they contain, not by what their names claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.event_parts import files
from app.event_parts.pieces import Role, text_of
from tests.protocols.minidumps.dumps import Made


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n0", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"GIF89a", "image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image"),
        (b"BM\x00", "image"),
        (b'<svg xmlns="x"><image href="http://evil/"/></svg>', "markup"),
        (b'{"a": 1}', "JSON"),
        (b'{"a": 1', "text"),
        (b"2026-11-30 INFO started\n", "text"),
        ("Grüße".encode("utf-16"), "text"),
        (bytes(range(256)), "binary"),
        (b"", "empty"),
        (Made().content(), "minidump"),
    ],
)
def test_kinds(content: bytes, kind: str) -> None:
    assert files.preview(content).kind == kind


def test_text_is_bounded_and_says_so() -> None:
    found = files.preview(b"line\n" * 200_000)
    assert len(found.lines) == files.LONGEST_TEXT // 5
    assert found.note == "The first 500,000 of 1,000,000 bytes."
    assert text_of(files.preview(b"a\r\nb\r\n").lines[1]) == "b"


def test_bytes_are_bounded_and_say_so() -> None:
    found = files.preview(bytes(5_000))
    assert (len(found.lines), found.note) == (64, "The first 1,024 of 5,000 bytes.")


def test_secrets_are_hidden() -> None:
    assert text_of(files.preview(b"login password=hunter22\n").lines[0]) == "login password=[Filtered]"
    assert files.preview(b'{"password": "hunter22", "a": [1]}').values == {"password": "[Filtered]", "a": [1]}


def test_markup_is_coloured_and_not_interpreted() -> None:
    (line,) = files.preview(b'<svg onload="x()"/>').lines
    assert line[0].role is Role.KEYWORD
    assert text_of(line) == '<svg onload="x()"/>'


@given(st.binary(max_size=300))
def test_any_bytes_have_a_preview(content: bytes) -> None:
    assert files.preview(content).kind
