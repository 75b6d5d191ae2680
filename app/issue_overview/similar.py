"""Other issues that look like one: of the same type, raised in the same place, or with a similar message.

Candidates come from the search index, a few hundred of the newest events for each of some words, so that the
cost does not grow with the store; then each candidate is compared.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from app.model import Issue
from app.store.inbox.indexes import events_by_issue
from app.store.inbox.lists import events, issues

if TYPE_CHECKING:
    from app.store.database import Connection

MOST = 8
_EVENTS_PER_WORD = 300
_MOST_CANDIDATES = 60
_MOST_WORDS = 6
_LONGEST_MESSAGE = 2_000
# Of the points below, so many make a similar issue.
_ENOUGH = 3.0
_WORD = re.compile(r"[^\W\d_]{3,}")


class Similar(Struct, frozen=True, kw_only=True):
    """An issue that looks alike, and in what, as words for people."""

    issue: Issue
    alike: tuple[str, ...]


def of(connection: "Connection", issue_id: int, *, most: int = MOST) -> list[Similar]:
    """The issues that look most like this one, the likest first; none when it is no longer stored."""
    issue = issues.get(connection, issue_id)
    if issue is None:
        return []
    found: list[tuple[float, Similar]] = []
    for candidate in _candidates(connection, issue):
        score, alike = _likeness(issue, candidate)
        if score >= _ENOUGH:
            found.append((score, Similar(issue=candidate, alike=alike)))
    found.sort(key=lambda pair: (-pair[0], -pair[1].issue.last_seen.timestamp(), pair[1].issue.id))
    return [similar for _score, similar in found[:most]]


def _candidates(connection: "Connection", issue: Issue) -> Iterator[Issue]:
    ids: dict[int, None] = {}
    for words in _searches(issue):
        numbers = events.newest_with(connection, words, _EVENTS_PER_WORD)
        ids |= dict.fromkeys(events_by_issue.issues_of(connection, numbers).values())
        if len(ids) > _MOST_CANDIDATES:
            break
    for candidate in list(ids)[: _MOST_CANDIDATES + 1]:
        if candidate != issue.id and (other := issues.get(connection, candidate)) is not None:
            yield other


def _searches(issue: Issue) -> Iterator[tuple[str, ...]]:
    """What to look for, the most telling first; each a tuple of words that must all occur."""
    if issue.culprit:
        yield (issue.culprit[:200],)
    message = sorted(words_of(issue.value or issue.title), key=len, reverse=True)
    if len(message) > 1:
        yield tuple(message[:2])
    if issue.type:
        yield (issue.type[:200],)
    for word in message[:_MOST_WORDS]:
        yield (word,)


def words_of(text: str) -> frozenset[str]:
    """The words of a message, without numbers and what else differs from event to event."""
    return frozenset(word.lower() for word in _WORD.findall(text[:_LONGEST_MESSAGE]))


def _likeness(one: Issue, other: Issue) -> tuple[float, tuple[str, ...]]:
    score, alike = 0.0, []
    if one.type and one.type == other.type:
        score += 2
        alike.append("same type")
    if one.culprit and one.culprit == other.culprit:
        score += 2
        alike.append("same place")
    words, others = words_of(one.value or one.title), words_of(other.value or other.title)
    common = len(words & others) / len(words | others) if words | others else 0.0
    if common >= 0.5:
        score += 3 * common
        alike.append("similar message" if common < 1 else "same message")
    if one.project == other.project:
        score += 0.5
    return score, tuple(alike)
