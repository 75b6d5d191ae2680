"""The signals that a user's listeners connect to. Each is sent after the commit that it reports.

A listener is called in a process of its own (`listeners.process`) as `listener(sender, **values)`, with the
values named below; the sender is None. What it raises is shown to the user, and affects neither the digest
nor the next listener. Delivery is at most once: a crash between commit and call loses the call.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import blinker

F = TypeVar("F", bound=Callable[..., Any])


class Signal(blinker.Signal):
    """Refers to its listeners strongly: one that was defined inside a function would be collected at once."""

    def connect(self, receiver: F, sender: Any = blinker.ANY, weak: bool = False) -> F:
        """Call `receiver` from now on; can be used as a decorator."""
        return super().connect(receiver, sender, weak)


event_created = Signal("event: Event, issue_id: int")
event_assigned = Signal("event: Event, issue: Issue (as it is after the commit)")
issue_created = Signal("event: Event (its first one), issue_id: int")
issue_regressed = Signal("event: Event (the one that brought it back), issue_id: int")
notification_created = Signal("notice: Notice (one for each channel)")

ALL = {
    "event_created": event_created,
    "event_assigned": event_assigned,
    "issue_created": issue_created,
    "issue_regressed": issue_regressed,
    "notification_created": notification_created,
}
