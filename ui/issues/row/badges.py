"""The badges of a row: what is special about an issue, in a word or two."""

from datetime import datetime
from enum import Enum

from msgspec import Struct

from app.model import Issue, IssueState
from ui.issues.issue_text import is_escalating, is_new, state_text


class Tone(Enum):
    """How loud a badge is."""

    QUIET = "text_muted"
    NEWS = "accent"
    ALARM = "danger"


class Badge(Struct, frozen=True):
    """A word on a chip."""

    text: str
    tone: Tone


def badges_of(issue: Issue, now: datetime) -> tuple[Badge, ...]:
    """The badges of an issue, the most important one first."""
    badges = []
    if issue.state in (IssueState.MUTED, IssueState.RESOLVED):
        return (Badge(state_text(issue, now), Tone.QUIET),)
    if issue.state is IssueState.REGRESSED:
        badges.append(Badge("regressed", Tone.ALARM))
    if is_escalating(issue, now):
        badges.append(Badge("escalating", Tone.ALARM))
    if not badges and is_new(issue, now):
        badges.append(Badge("new", Tone.NEWS))
    return tuple(badges)
