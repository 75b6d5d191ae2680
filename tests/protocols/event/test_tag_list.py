"""Tags that are words."""

import pytest

from app.model import Level
from app.protocols.event import tag_list


def test_each_word_is_a_tag() -> None:
    assert tag_list.tags(["vip", " new ", "", "vip"]) == {"vip": "true", "new": "true"}


@pytest.mark.parametrize(
    ("words", "level"),
    [
        (["vip", "Warning Log", "error"], Level.WARNING),
        (["CRITICAL"], Level.FATAL),
        (["debug"], Level.DEBUG),
        (["panic", "Captain's Log", "log"], None),
        ([], None),
    ],
)
def test_the_first_word_that_is_a_level_counts(words: list[str], level: Level | None) -> None:
    assert tag_list.level(words) is level
