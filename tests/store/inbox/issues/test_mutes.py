"""A mute's rule: stored as JSON, described as text."""

import pytest

from app.model import MuteRule
from app.store.inbox.issues import mutes


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (MuteRule(more=1), "until 1 more event"),
        (MuteRule(more=2_000), "until 2,000 more events"),
        (MuteRule(per_hour=50, escalating=True), "until 50 come within an hour or it escalates"),
        (MuteRule(), ""),
    ],
)
def test_a_rule_is_read_as_it_was_stored_and_says_what_ends_it(rule: MuteRule, text: str) -> None:
    assert mutes.rule(mutes.text(rule)) == rule
    assert mutes.describe(rule) == text


def test_no_rule_is_stored_as_none() -> None:
    assert mutes.text(None) is None
    assert mutes.rule(None) is None
