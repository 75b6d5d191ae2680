"""What the events of an issue have in common, where they differ, and which other issues look alike.

All of it is computed when a person opens it, from the stored reports and the issue's counters.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.issue_overview import differences as differences
    from app.issue_overview import distribution as distribution
    from app.issue_overview import event_lines as event_lines
    from app.issue_overview import similar as similar
    from app.issue_overview import usual as usual
    from app.issue_overview import whole_events as whole_events

__getattr__ = lazy_door(__name__, {"": "differences distribution event_lines similar usual whole_events"})
