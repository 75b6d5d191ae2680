"""An issue in words: how long ago, how often, and all of it for those who listen instead of looking."""

from datetime import UTC, datetime

from app.model import Issue, IssueState

_UNITS = ((7 * 86_400, "w"), (86_400, "d"), (3_600, "h"), (60, "m"), (1, "s"))
_STATES = {IssueState.REGRESSED: "came back", IssueState.RESOLVED: "resolved", IssueState.MUTED: "muted"}


def age(moment: datetime, now: datetime) -> str:
    """How long ago, in a short word: `now`, `12s`, `3m`, `5h`, `2d`, `7w`; `now` if their clock is ahead."""
    seconds = (now - moment).total_seconds()
    for size, unit in _UNITS:
        if seconds >= max(size, 2):
            return f"{int(seconds // size)}{unit}"
    return "now"


def count(number: int) -> str:
    """A number that fits a narrow column: `999`, `1,204`, `45k`, `3.1M`."""
    if number < 10_000:
        return f"{number:,}"
    if number < 1_000_000:
        return f"{number // 1_000}k"
    return f"{number // 100_000 / 10:g}M"


def plural(number: int, word: str) -> str:
    """`1 issue`, `3 issues`, `1,204 issues`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def state_words(state: IssueState) -> str:
    """What a row says of the issue's state; nothing while it is simply open."""
    return _STATES.get(state, "")


def headline(issue: Issue) -> tuple[str, str]:
    """The first line in two parts: what kind of error, and what it said. Line breaks become spaces."""
    if issue.type:
        return one_line(issue.type), one_line(issue.value or "")
    return one_line(issue.title), ""


def one_line(text: str, limit: int = 300) -> str:
    """The beginning of a text on one line: messages may have megabytes, rows show a hundred letters."""
    return " ".join(text[:limit].split())


def spoken(issue: Issue, now: datetime | None = None) -> str:
    """The whole row as a sentence for screen readers."""
    parts = [
        "unread" if issue.unread else "",
        issue.level.value,
        one_line(issue.title),
        f"in {one_line(issue.culprit)}" if issue.culprit else "",
        f"project {issue.project}",
        plural(issue.count, "time"),
        f"last seen {age(issue.last_seen, now or datetime.now(UTC))}",
        state_words(issue.state),
    ]
    return ", ".join(part for part in parts if part)
