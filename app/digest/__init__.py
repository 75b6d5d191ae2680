"""From reports to issues: understand each report, group its events, file them in one transaction."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.digest import grouping as grouping
    from app.digest import known_rules as known_rules
    from app.digest import pipeline as pipeline
    from app.digest import scrubbing as scrubbing
    from app.digest import understanding as understanding
    from app.digest import user_agent as user_agent
    from app.digest.grouping import rules as rules

__getattr__ = lazy_door(
    __name__,
    {
        "": "grouping known_rules pipeline scrubbing understanding user_agent",
        "grouping": "rules",
    },
)
