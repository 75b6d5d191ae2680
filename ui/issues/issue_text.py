"""An issue as text: its headline, its state, and a full sentence for screen readers."""

import re
from datetime import UTC, datetime, timedelta

from app import plain_text
from app.model import Issue, IssueState
from app.plain_text import compact_line, plural
from ui.wording import age, clock

_OPEN = (IssueState.OPEN, IssueState.REGRESSED)
_FRESH = timedelta(hours=6)
_NEW = timedelta(days=1)
_LONGEST_RELEASE = 20
_FILE_NAME = re.compile(r"[/\\]")
_LINE_NUMBER = re.compile(r":\d+\Z")
SHORT_HASH = 9


def state_text(issue: Issue, now: datetime | None = None) -> str:
    """The issue's state as a row shows it; empty while it is simply open."""
    moment = now or datetime.now(UTC)
    if issue.state is IssueState.RESOLVED and issue.resolved_commit:
        return f"resolved at {issue.resolved_commit[:SHORT_HASH]}"
    if issue.state is IssueState.RESOLVED:
        return f"resolved in {_short(issue.resolved_in)}" if issue.resolved_in else "resolved"
    if issue.state is IssueState.MUTED:
        return f"muted{_mute_end(issue, moment)}"
    parts = ["regressed"] if issue.state is IssueState.REGRESSED else []
    if is_escalating(issue, moment):
        parts.append("escalating")
    return ", ".join(parts)


def is_alarming(issue: Issue, now: datetime | None = None) -> bool:
    """Whether the state is to be shown in the colour of an alarm."""
    return issue.state is IssueState.REGRESSED or is_escalating(issue, now or datetime.now(UTC))


def is_escalating(issue: Issue, now: datetime) -> bool:
    """Whether an open issue rose well above its usual a short while ago."""
    at = issue.escalated_at
    return issue.state in _OPEN and at is not None and now - at < _FRESH


def is_new(issue: Issue, now: datetime) -> bool:
    """Whether an open issue came for the first time since a day ago, and was not read since."""
    return issue.state is IssueState.OPEN and issue.unread and now - issue.first_seen < _NEW


def _mute_end(issue: Issue, now: datetime) -> str:
    rule, until = issue.mute_rule, issue.muted_until
    if until is not None:
        return f" until {clock(until, now)}"
    if rule is None:
        return ""
    if rule.more is not None:
        return f" until {rule.more:,} more"
    if rule.per_hour is not None:
        return f" until {rule.per_hour:,} an hour"
    return " until it escalates" if rule.escalating else ""


def _short(release: str) -> str:
    return plain_text.elided(release, _LONGEST_RELEASE)


def headline(issue: Issue) -> tuple[str, str]:
    """The first line in two parts: the type of the error, and its message. Line breaks become spaces."""
    if issue.type:
        return compact_line(issue.type), compact_line(issue.value or "")
    return compact_line(issue.title), ""


def transaction(issue: Issue) -> str | None:
    """The issue's culprit where it says something else than the place does: the client's transaction."""
    if not issue.culprit or not issue.place:
        return None
    file, _word, function = issue.place.rpartition(" in ")
    if file:
        says_the_same = issue.culprit.endswith(f" in {function}")
    else:
        # A call without a function: the culprit is the path that the place has the end of.
        says_the_same = _FILE_NAME.split(issue.culprit)[-1] == _LINE_NUMBER.sub("", issue.place)
    return None if says_the_same or issue.culprit == issue.place else issue.culprit


def spoken(issue: Issue, now: datetime | None = None) -> str:
    """The whole row as a sentence for screen readers."""
    moment = now or datetime.now(UTC)
    parts = [
        "unread" if issue.unread else "",
        issue.level.value,
        compact_line(issue.title),
        f"in {compact_line(place)}" if (place := issue.place or issue.culprit) else "",
        f"transaction {compact_line(during)}" if (during := transaction(issue)) else "",
        f"project {compact_line(issue.project)}",
        f"environment {compact_line(issue.environment)}" if issue.environment else "",
        plural(issue.count, "time"),
        plural(issue.users, "user") if issue.users else "",
        f"last seen {age(issue.last_seen, moment)}",
        state_text(issue, now) or ("new" if is_new(issue, moment) else ""),
    ]
    return ", ".join(part for part in parts if part)
