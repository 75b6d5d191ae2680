"""Which events are the same bug. Versioned: a new algorithm is one more module beside `v1`, named here.

Keys that older algorithms gave stay in the store, so that an issue is still found by them.
"""

from app.digest.grouping import v1
from app.model import Event, Grouping

CURRENT = v1


def group(event: Event) -> tuple[str, Grouping]:
    """The grouping key by the current algorithm, and why, in plain words."""
    return CURRENT.key(event)
