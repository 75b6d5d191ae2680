"""A stored row of an issue as an `Issue`. Loads no SQLAlchemy, which the first rows do not wait for."""

from functools import lru_cache
from sys import intern
from typing import Any

from app.model import Issue, IssueState, Level, from_micros
from app.secrets_in_text import hide
from app.store.inbox.issues import mutes

OPEN_STATES = (IssueState.OPEN, IssueState.REGRESSED)

_hidden = lru_cache(maxsize=2048)(hide)


@lru_cache(maxsize=4096)
def _shared(text: str) -> str:
    """A text of many issues, and of one issue again with each of its events."""
    return intern(hide(text))


def issue_of(row: Any) -> Issue:
    """The issue in a row of `schema.issues`, with its description and the name of its project."""
    return Issue(
        id=row.id,
        # Many issues share these: 50,000 rows of a list take 9 MB less.
        project=intern(row.project),
        # Titles that were filed by versions that did not hide secrets still hold them.
        title=_hidden(row.title),
        type=row.type and _shared(row.type),
        value=row.value and hide(row.value),
        culprit=row.culprit and _shared(row.culprit),
        place=row.place and _shared(row.place),
        environment=row.environment and _shared(row.environment),
        level=Level(row.level),
        state=IssueState(row.state),
        unread=bool(row.unread),
        count=row.count,
        users=row.users,
        first_seen=from_micros(row.first_seen),
        last_seen=from_micros(row.last_seen),
        revision=row.revision,
        muted_until=None if row.muted_until is None else from_micros(row.muted_until),
        mute_rule=mutes.rule(row.mute_rule),
        resolved_in=row.resolved_in,
        resolved_commit=row.resolved_commit,
        escalated_at=None if row.escalated_at is None else from_micros(row.escalated_at),
        pinned=bool(row.pinned),
    )
