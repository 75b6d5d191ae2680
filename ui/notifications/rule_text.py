"""Notification rules as sentences."""

from collections.abc import Mapping, Sequence

from app.happenings import Kind
from app.notifications.rules import QuietHours, Rule

KINDS = {
    Kind.NEW: "new issues",
    Kind.REGRESSED: "resolved ones that come back",
    Kind.ESCALATING: "ones that escalate",
    Kind.UNMUTED: "ones whose mute has ended",
}
DESKTOP = "the desktop"


def sentence(rule: Rule, channels: Mapping[int, str]) -> str:
    """The rule as a sentence; `channels` are the names of those there are."""
    what = [text for kind, text in KINDS.items() if kind in rule.kinds]
    if rule.counts:
        times = "once" if rule.counts == (1,) else f"{either([f'{count:,}' for count in rule.counts])} times"
        what.append(f"ones seen {times}")
    if not what:
        return "Tells of nothing."
    names = ([DESKTOP] if rule.desktop else []) + [
        channels[number] for number in rule.channels if number in channels
    ]
    who = f"Tells {both(names)}" if names else "Tells nobody"
    worse = f"{rule.level} and worse" if rule.level != "fatal" else "fatal"
    where = f" of {either(rule.projects)}" if rule.projects else ""
    where += f" in {either(rule.environments)}" if rule.environments else ""
    text = f"{who} of {both(what)}{where}, level {worse}. At most {rule.most_per_hour:,} an hour"
    if rule.cooldown_minutes:
        text += f", an issue once in {rule.cooldown_minutes} min"
    return text + (f". Quiet from {hours(rule.quiet)}." if rule.quiet else ".")


def hours(quiet: QuietHours) -> str:
    """Quiet hours as text."""
    return f"{_clock(quiet.begins)} until {_clock(quiet.ends)}"


def both(parts: Sequence[str]) -> str:
    """A list that ends with “and”."""
    return _joined(parts, "and")


def either(parts: Sequence[str]) -> str:
    """A list that ends with “or”."""
    return _joined(parts, "or")


def _joined(parts: Sequence[str], last: str) -> str:
    return f" {last} ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"
