"""Notification rules as sentences."""

import pytest

from app.happenings import Kind
from app.model import Level
from app.notifications.rules import QuietHours, Rule
from ui.notifications.rule_text import both, either, sentence


def test_every_property_of_a_rule_is_described() -> None:
    rule = Rule(
        kinds=(Kind.REGRESSED,),
        counts=(100,),
        projects=("shop", "mail"),
        level=Level.WARNING,
        environments=("production",),
        channels=(2, 9),
        quiet=QuietHours(23 * 60 + 5, 8 * 60),
        cooldown_minutes=5,
        most_per_hour=5,
    )
    assert sentence(rule, {2: "hook"}) == (
        "Tells the desktop and hook of resolved ones that come back and ones seen 100 times of shop or mail "
        "in production, level warning and worse. At most 5 an hour, an issue once in 5 min. "
        "Quiet from 23:05 until 8:00."
    )


def test_rules_without_recipients_or_without_events_are_described() -> None:
    assert sentence(Rule(desktop=False), {}).startswith("Tells nobody of")
    assert sentence(Rule(kinds=(), counts=()), {}) == "Tells of nothing."


@pytest.mark.parametrize(
    ("names", "message"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists_end_with_a_word(names: list[str], message: str) -> None:
    assert both(names) == message
    assert either(names) == message.replace("and", "or")
