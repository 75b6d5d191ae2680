"""Plain text, as a terminal would show it."""

import pytest

from app.model import Event
from app.sharing.plain import as_text
from tests.sharing.events import HOSTILE, odd_events, with_text
from tests.ui.detail.samples import make_detail


def test_it_reads_like_a_traceback() -> None:
    detail = make_detail()
    text = as_text(detail.event, detail.issue)
    assert "Traceback (most recent call last):\n" in text
    assert '  File "/srv/app/shop/payment.py", line 42, in charge_card\n    step_42()\n' in text
    assert "\nCaused by:\n" in text
    assert "Release" in text
    assert "Locals in charge_card:\n  order_id = 4711\n" in text


@pytest.mark.parametrize("event", [*odd_events(), *map(with_text, HOSTILE)])
def test_nothing_acts_on_a_terminal(event: Event) -> None:
    text = as_text(event, None, whole=True)
    assert all(character.isprintable() or character in "\n\u3000\u202f\xa0" for character in text)


def test_the_whole_text_has_all_that_a_page_has() -> None:
    detail = make_detail()
    text = as_text(detail.event, detail.issue, whole=True)
    for name in (
        "Request headers:",
        "User:",
        "Contexts:",
        "Extra:",
        "Locals in checkout (shop/payment.py:10):",
    ):
        assert f"\n{name}\n" in text
        assert name not in as_text(detail.event, detail.issue)
