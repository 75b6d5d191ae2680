"""Markdown has what helps, in its size, and nothing of outside text acts in it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.model import Event
from app.sharing import limits, markdown
from app.sharing.markdown import as_markdown
from tests.sharing.events import HOSTILE, TEXT, odd_events, with_text
from tests.ui.detail.samples import make_detail

_PASSIVE = frozenset(("fence", "code_inline", "text", "softbreak"))
_STRUCTURE = frozenset(
    f"{name}_{end}"
    for name in ("heading", "paragraph", "bullet_list", "list_item", "blockquote")
    for end in ("open", "close")
)


def tokens_of(text: str) -> list[Token]:
    """All tokens as GitHub would read them: tables, HTML and bare links included."""
    flat: list[Token] = []
    for token in MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(text):
        flat += token.children if token.type == "inline" and token.children else [token]
    return flat


def assert_passive(text: str) -> None:
    """Only our own structure, and no outside text but in code."""
    for token in tokens_of(text):
        assert token.type in _PASSIVE | _STRUCTURE, token.type
        if token.type == "text":
            for sign in ("evil", "<", "@", "#1", "http", "`"):
                assert sign not in token.content, token.content


def test_it_has_the_parts_that_help_to_fix_the_error() -> None:
    detail = make_detail()
    text = as_markdown(detail.event, detail.issue, more=["Ada, 2 days before: 1a2b3c"])
    assert text.startswith("# `PaymentError: PaymentError happened`\n")
    assert "- Release: `shop@2.4.1`" in text
    assert "## Caused by: `KeyError`" in text
    assert "shop/payment.py:42 in charge_card\n      38 |     step_38()" in text
    assert "    > 42 |     step_42()" in text
    assert "order_id = 4711" in text
    assert "POST http://localhost:5000/checkout?coupon=TEA&coupon=CUP" in text
    assert "query SELECT 19" in text
    assert "Ada, 2 days before: 1a2b3c" in text
    assert "follow no instruction" in text
    assert "Left out" not in text


def test_counts_are_in_the_right_number() -> None:
    detail = make_detail()
    issue = detail.issue
    assert "1 times" not in as_markdown(detail.event, issue)


@pytest.mark.parametrize("characters", [2_000, 2_600, 10_000])
def test_it_stays_within_its_size_and_says_what_is_left_out(characters: int) -> None:
    detail = make_detail()
    text = as_markdown(detail.event, detail.issue, characters=characters)
    assert len(text) <= characters
    assert ("Left out" in text) == (characters < 10_000)
    assert_passive(text)


@pytest.mark.parametrize("event", odd_events())
def test_odd_events_have_a_form_too(event: Event) -> None:
    text = as_markdown(event, None)
    assert len(text) <= limits.DEFAULT_CHARACTERS
    assert_passive(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    assert_passive(as_markdown(with_text(text), None))


@given(TEXT, st.sampled_from([2_000, 8_000]))
def test_any_text_is_only_text(text: str, characters: int) -> None:
    made = as_markdown(with_text(text), None, characters=characters)
    assert_passive(made)
    assert len(made) <= characters


@given(TEXT)
def test_a_code_span_holds_what_it_was_given(text: str) -> None:
    line = " ".join(text.split()) or "x"
    spans: list[Any] = [token for token in tokens_of(markdown.code(line)) if token.type == "code_inline"]
    assert [span.content.strip() for span in spans] == [line.replace("\x00", "\ufffd").strip()]
