"""Which events are the same bug. Versioned: a new algorithm is one more module beside `v2`, named here.

Keys that older algorithms gave stay in the store, so that an issue is still found by them.
"""

from collections.abc import Callable, Mapping

from app.digest.grouping import reasons, v1, v2
from app.model import Event, Grouping

CURRENT = v2
OLDER: Mapping[str, Callable[[Event], str]] = {v1.ALGORITHM: lambda event: v1.key(event)[0]}
"""How the algorithms before the current one made their keys, the newest first."""


def key(event: Event) -> str:
    """The grouping key by the current algorithm."""
    return CURRENT.key(event)


def group(event: Event) -> tuple[str, Grouping]:
    """The grouping key by the current algorithm, and why, in plain words."""
    return key(event), Grouping(algorithm=CURRENT.ALGORITHM, why=reasons.why(event))
