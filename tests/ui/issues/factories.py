"""Issues for tests that need no store."""

from datetime import timedelta
from typing import Any

import msgspec

from app.model import EPOCH, Issue, IssueState, Level


def make_issue(number: int, last_seen: int = 0, **fields: Any) -> Issue:
    """An issue whose last event came `last_seen` seconds after 1970."""
    issue = Issue(
        id=number,
        project="shop",
        title=f"KeyError: 'card {number}'",
        type="KeyError",
        value=f"'card {number}'",
        culprit="shop.checkout in charge_card",
        level=Level.ERROR,
        state=IssueState.OPEN,
        unread=True,
        count=1,
        users=0,
        first_seen=EPOCH,
        last_seen=EPOCH + timedelta(seconds=last_seen),
        revision=1,
    )
    return msgspec.structs.replace(issue, **fields)
