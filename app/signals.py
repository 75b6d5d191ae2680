"""Where listeners attach: something has been filed, and it is committed.

A listener is called in the digest's process, after the commit, with the values named below. What it
raises is logged, and harms neither the digest nor the next listener.
"""

import logging
from typing import Any

from blinker import Signal

log = logging.getLogger(__name__)

event_created = Signal("event: Event, issue_id: int")
issue_created = Signal("event: Event (its first one), issue_id: int")
issue_regressed = Signal("event: Event (the one that brought it back), issue_id: int")


def anybody_listens() -> bool:
    """Whether any of the signals has a listener."""
    return any(signal.receivers for signal in (event_created, issue_created, issue_regressed))


def send(signal: Signal, **values: Any) -> None:
    """Call every listener of `signal`, whatever the others do."""
    for listener in list(signal.receivers_for(None)):
        try:
            listener(None, **values)
        except Exception:
            log.exception("A listener of %r failed", signal.__doc__)
