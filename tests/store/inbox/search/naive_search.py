"""Searches answered without any index, from plain values: what the store is compared with."""

import re
from collections.abc import Iterable

from msgspec import Struct

from app.query.fields import FIELDS, Kind
from app.query.syntax import All, Either, Node, Not, Operator, Term

LEVELS = ("debug", "info", "warning", "error", "fatal")
TEXTS = {
    "type": ("type",),
    "file": ("files",),
    "function": ("functions", "culprit"),
    "module": ("modules",),
    "url": ("url",),
    "message": ("words",),
}


class NaiveEvent(Struct, kw_only=True):
    """The texts of an event by column, one a line, and its tags, its level among them."""

    number: int
    texts: dict[str, str]
    tags: dict[str, str]
    has: frozenset[str]


class NaiveIssue(Struct, kw_only=True):
    """An issue with its events."""

    number: int
    project: str
    events: list[NaiveEvent]
    state: str = "open"
    unread: bool = True
    count: int = 0


def issues_found(root: Node | None, issues: Iterable[NaiveIssue]) -> list[int]:
    """The numbers of the issues that have an event which matches, or no event and match without."""
    return sorted(
        issue.number for issue in issues if any(_is(root, each, issue) is not False for each in issue.events)
    )


def events_found(root: Node | None, issues: Iterable[NaiveIssue]) -> list[int]:
    """The numbers of the events that match, the newest first."""
    found = [each.number for issue in issues for each in issue.events if _is(root, each, issue) is not False]
    return sorted(found, reverse=True)


def _is(node: Node | None, event: NaiveEvent, issue: NaiveIssue) -> bool | None:
    """Whether an event matches; None where that is not asked."""
    match node:
        case None:
            return None
        case Not():
            inside = _is(node.of, event, issue)
            return None if inside is None else not inside
        case All():
            known = [each for part in node.of if (each := _is(part, event, issue)) is not None]
            return all(known) if known else None
        case Either():
            known = [each for part in node.of if (each := _is(part, event, issue)) is not None]
            return any(known) if known else None
        case Term():
            return _matches(node, event, issue)


def _matches(term: Term, event: NaiveEvent, issue: NaiveIssue) -> bool | None:
    value = term.value.lower()
    if not term.key:
        columns = [*event.texts.values(), *(_line(*tag) for tag in event.tags.items())]
        if "*" in value and not term.is_quoted:
            return any(_has_wildcard(column, value) for column in columns)
        return _any_phrase(columns, value)
    field = FIELDS[term.key]
    match field.kind:
        case Kind.STATE:
            states = {"open": issue.state in ("open", "regressed"), "unread": issue.unread}
            return states.get(value, issue.state == value) if value != "read" else not issue.unread
        case Kind.PROJECT:
            return (
                issue.project.startswith(value) if term.operator is Operator.HAS else issue.project == value
            )
        case Kind.NUMBER:
            wanted = int(value)
            return issue.count > wanted if term.operator is Operator.MORE else issue.count == wanted
        case Kind.LEVEL:
            at, level = LEVELS.index(value), LEVELS.index(event.tags["level"])
            return level >= at if term.operator is Operator.AT_LEAST else level == at
        case Kind.YES_OR_NO:
            return event.tags.get("handled") == value
        case Kind.HAS:
            return term.name in event.has or term.name in event.tags
        case Kind.TAG:
            known = event.tags.get(field.tag or term.name)
            return known is not None and _is_tag(known.lower(), value, term)
        case _:
            columns = [event.texts[name] for name in TEXTS[term.key]]
            if term.operator is Operator.IS:
                return any(value == line.lower() for column in columns for line in column.split("\n"))
            if "*" in value:
                return any(_has_wildcard(column, value) for column in columns)
            return _any_phrase(columns, value, is_field=True)


def _is_tag(known: str, value: str, term: Term) -> bool:
    if term.operator is Operator.IS:
        return known == value
    if "*" in value:
        first, *_others = value.split("*")
        return known.startswith(first) and _has_wildcard(known, value)
    words = _words(value)
    begins = value[-1].isalnum() and not words[-1].isdecimal()
    return _phrase_at(_words(known), words, 0, begins=begins)


def _line(key: str, value: str) -> str:
    is_field = key in ("level", "handled", "environment", "release", "user", "browser", "os", "device")
    return value if is_field else f"{key} {value}"


def _any_phrase(columns: Iterable[str], value: str, *, is_field: bool = False) -> bool | None:
    words = _words(value)
    if not words:
        return None
    begins = value[-1].isalnum() and not (is_field and words[-1].isdecimal())
    texts = [_words(column) for column in columns]
    return any(_phrase_at(text, words, place, begins=begins) for text in texts for place in range(len(text)))


def _phrase_at(text: list[str], words: list[str], place: int, *, begins: bool) -> bool:
    part = text[place : place + len(words)]
    if len(part) < len(words) or part[:-1] != words[:-1]:
        return False
    return part[-1].startswith(words[-1]) if begins else part[-1] == words[-1]


def _has_wildcard(column: str, value: str) -> bool:
    begin = "" if value.startswith("*") else r"(?<![^\W_])"
    end = "" if value.endswith("*") else r"(?![^\W_])"
    pattern = begin + ".*".join(map(re.escape, value.split("*"))) + end
    return any(re.search(pattern, line) for line in column.lower().split("\n"))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())
