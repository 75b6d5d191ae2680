"""A preview in sentences: which events would move where, and how many those are."""

from app.model import Issue
from app.plain_text import plural
from app.regrouping.plans import Change, Plan, changes

MOST_SHOWN = 200
_LONGEST = 80


def sentences(plan: Plan) -> list[str]:
    """One sentence for each part that would move, the largest first."""
    found = changes(plan)
    shown = [_sentence(change) for change in found[:MOST_SHOWN]]
    if len(found) > MOST_SHOWN:
        shown.append(f"… and {len(found) - MOST_SHOWN:,} more")
    return shown


def summary(plan: Plan) -> str:
    """What would happen in all, and what was not read."""
    found = changes(plan)
    merged = {change.issue for change in found if change.whole}
    split = {change.issue for change in found} - merged
    parts = []
    if merged:
        parts.append(f"{plural(len(merged), 'issue')} would be merged into others")
    if split:
        parts.append(f"{plural(len(split), 'issue')} would be split")
    text = " and ".join(parts) or "No stored event would move; new ones would follow"
    if plan.left_out:
        text += (
            f". Only the newest events were read: {plural(plan.left_out, 'older one')} would stay where "
            f"{'it is' if plan.left_out == 1 else 'they are'}"
        )
    return text + "."


def of_merge(issue: Issue, into: Issue) -> str:
    """What a merge does, and to which issue."""
    where = f"to issue {into.id}, “{_short(into.title)}”"
    return f"Issue {issue.id}, “{_short(issue.title)}”, with {plural(issue.count, 'event')}: {where}"


def _sentence(change: Change) -> str:
    title, events = _short(change.title), plural(change.events, "event")
    where = "an issue of its own"
    if change.into is not None:
        where = f"issue {change.into}, “{_short(change.into_title)}”"
    if change.whole:
        return f"Issue {change.issue}, “{title}”, with {events}: to {where}"
    value = f", with “{_short(change.value)}”" if change.value and change.value != change.title else ""
    return f"{events} of issue {change.issue}, “{title}”{value}: to {where}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
