"""Messages: what in them is code or an address, and how they are wrapped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Font, Sheet
from ui.detail.page.typography import Typography
from ui.detail.sections.head.message import Message, parts_of


@pytest.fixture(scope="module")
def type_(qapp: QApplication) -> Typography:
    return PageTheme().type_


def laid_out(text: str, type_: Typography, width: int = 500, most_lines: int = 400) -> Sheet:
    return Message("text", text, Font.BODY, lambda _url: None, most_lines=most_lines).lay_out(type_, width)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("cannot call `pay(now)` twice", ["`pay(now)`"]),
        ("charge_card() failed", ["charge_card()"]),
        ("shop.errors.NoFee was raised", ["shop.errors.NoFee"]),
        ("std::vector::Out of range", ["std::vector::Out"]),
        ("no column user_id in table", ["user_id"]),
        ("in ./shop/payment.py:42:7 today", ["./shop/payment.py:42:7"]),
        ("Plain words, 1.5 of them; e.g. and/or.", []),
        ("mail ada@example.com", []),
        ("see https://example.com/a_b for more", ["https://example.com/a_b"]),
    ],
)
def test_code_and_addresses_are_found(text: str, code: list[str]) -> None:
    assert [text[part.start : part.end] for part in parts_of(text)] == code


def test_code_is_in_the_code_font_and_addresses_can_be_activated(type_: Typography) -> None:
    sheet = laid_out("call `pay` or see https://example.com/x.", type_)
    assert [(span.text, span.font) for span in sheet.spans] == [
        ("call ", Font.BODY),
        ("`pay`", Font.CODE),
        (" or see ", Font.BODY),
        ("https://example.com/x", Font.BODY),
        (".", Font.BODY),
    ]
    assert [zone.name for zone in sheet.zones] == ["Open https://example.com/x"]
    assert sheet.spans[3].zone == 0


@pytest.mark.parametrize("width", [160, 300, 900])
def test_wrapped_text_is_copied_as_it_was_and_nothing_leaves_the_page(type_: Typography, width: int) -> None:
    text = (
        "call `pay_now()` 👍 or https://example.com/"
        + "a/" * 40
        + "x with user_id\nand shop.Error then 👍 x_y"
    )
    sheet = laid_out(text, type_, width)
    assert sheet.text() == text
    assert max(span.x + span.width for span in sheet.spans) <= width
    assert sheet.height > 0


@given(st.text(alphabet="ab_.`:/()👍\n שé", max_size=200))
def test_any_text_is_copied_as_it_was(type_: Typography, text: str) -> None:
    sheet = laid_out(text, type_, 120)
    assert sheet.text() == text


def test_what_is_left_out_is_counted(type_: Typography) -> None:
    text = "\n".join(f"user_id {n}" for n in range(50))
    message = Message("text", text, Font.BODY, lambda _url: None, most_lines=3, more=lambda: None)
    sheet = message.lay_out(type_, 500)
    folded = message.folded()
    assert folded is not None
    assert folded.text().count("user_id") == 47
    assert [zone.name for zone in sheet.zones] == ["Show more"]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "a_" * 5_000,
        "a." * 5_000,
        "a/" * 5_000,
        "`" * 10_000,
        "https://" * 1_200,
    ],
)
def test_no_text_is_too_hard(type_: Typography, text: str) -> None:
    assert laid_out(text, type_).height > 0


def test_text_from_right_to_left_is_left_to_qt(type_: Typography) -> None:
    sheet = laid_out("שגיאה ב user_id", type_)
    assert len(sheet.spans) == 1
