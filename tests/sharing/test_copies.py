"""Every form can be copied, without what the rules hide."""

import pytest

from app.preferences import Preferences, ScrubPattern
from app.sharing import copies
from tests.ui.detail.samples import make_detail

OWN = Preferences(scrub_patterns=(ScrubPattern(pattern="4711"),))


@pytest.mark.parametrize(
    ("form", "what", "begin"),
    [
        ("markdown", "Markdown", "# `PaymentError"),
        ("text", "Text", "PaymentError: PaymentError happened\n"),
        ("test", "Failing test for pytest", '"""Fails as long as'),
        ("json", "JSON", "{\n"),
    ],
)
def test_each_form(form: str, what: str, begin: str) -> None:
    copied = copies.made(make_detail(), form, OWN)
    assert copied.what == what
    assert copied.text.startswith(begin)
    assert "4711" not in copied.text


def test_the_id() -> None:
    detail = make_detail()
    assert copies.made(detail, "id", Preferences()).text == detail.event.event_id


def test_further_lines_go_into_markdown() -> None:
    assert "by Ada" in copies.made(make_detail(), "markdown", Preferences(), ["by Ada"]).text


def test_the_title_goes_without_what_the_rules_find() -> None:
    rule = Preferences(scrub_patterns=(ScrubPattern(pattern="happened"),))
    assert copies.title(make_detail(), rule) == "PaymentError: PaymentError [Filtered]"
