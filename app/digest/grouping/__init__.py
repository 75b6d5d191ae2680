"""Decides which events are the same bug. Versioned: a new algorithm is another module like `v2`, listed here.

Keys of older algorithms stay in the store, so that issues are still found by them.
"""

from collections.abc import Callable, Mapping, Sequence

from app.digest.grouping import reasons, v1, v2
from app.digest.grouping import rules as user_rules
from app.digest.grouping.rules import GroupingRule
from app.model import Event, Grouping

CURRENT = v2
OLDER: Mapping[str, Callable[[Event], str]] = {v1.ALGORITHM: lambda event: v1.key(event)[0]}
"""How the algorithms before the current one made their keys, the newest first."""


def key(event: Event, rules: Sequence[GroupingRule] = ()) -> str:
    """The grouping key by the current algorithm and the user's rules."""
    return user_rules.key(event, rules, CURRENT.key) if rules else CURRENT.key(event)


def keeps_apart(event: Event, rules: Sequence[GroupingRule]) -> bool:
    """Whether one of the rules separates the event from others with its key."""
    return user_rules.keeps_apart(event, rules, CURRENT.key)


def group(event: Event, rules: Sequence[GroupingRule] = ()) -> tuple[str, Grouping]:
    """The grouping key by the current algorithm and the user's rules, and the reasons for people."""
    shown, said = user_rules.reasons(event, rules, CURRENT.key)
    why = (*said, *reasons.why(shown))
    return key(event, rules), Grouping(algorithm=CURRENT.ALGORITHM, why=why)
