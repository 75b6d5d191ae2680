import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.plain_text import plain
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Font
from ui.detail.page.typography import Typography


@pytest.fixture(scope="module")
def type_(qapp: QApplication) -> Typography:
    return PageTheme().type_


@settings(deadline=None)  # the first character of a script loads a font
@given(text=st.text(max_size=400), font=st.sampled_from([Font.BODY, Font.CODE]))
def test_wrapped_lines_join_to_the_text(type_: Typography, text: str, font: Font) -> None:
    shown = plain(text)
    lines, complete = type_.wrap(shown, font, 2_000, 1_000)
    assert complete
    assert "".join(lines) == shown


def test_no_line_is_wider_than_asked(type_: Typography) -> None:
    for text in ("x" * 500, "words and words " * 40, "東京" * 100, "👩‍👩‍👧 family " * 30):
        for font in (Font.BODY, Font.CODE):
            lines, _ = type_.wrap(text, font, 200, 100)
            assert len(lines) > 2
            assert all(type_.advance(line.rstrip(), font) <= 201 for line in lines)


def test_more_lines_than_the_most_are_reported(type_: Typography) -> None:
    assert type_.wrap("a\nb\nc", Font.BODY, 200, 2) == (["a\n", "b\n"], False)
    assert type_.wrap("", Font.BODY, 200, 2) == ([""], True)


def test_eliding_keeps_the_end_of_a_path(type_: Typography) -> None:
    cut = type_.elide("/very/long/" * 5_000 + "file.py:42", Font.CODE, 200, Qt.TextElideMode.ElideLeft)
    assert cut.endswith("file.py:42")
    assert type_.advance(cut, Font.CODE) <= 201


@pytest.mark.parametrize("font", [Font.BODY, Font.CODE, Font.TITLE])
def test_finds_the_character_at_a_point(type_: Typography, font: Font) -> None:
    text = "charge_card failed"
    for index in range(len(text) + 1):
        assert type_.character_at(text, font, type_.advance(text[:index], font) + 0.2) == index
    assert type_.character_at(text, font, 10_000) == len(text)


def test_a_dotted_name_is_wrapped_between_its_parts(type_: Typography) -> None:
    name = "com.example.enterprise.shop.orders.internal.handlers.OrderNotFoundException"
    lines, complete = type_.wrap(name, Font.TITLE, 300, 10)
    assert complete
    assert "".join(lines) == name
    assert all(line.endswith(".") for line in lines[:-1])
