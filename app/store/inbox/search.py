"""What a person types into the search field, and the conditions it becomes.

Words are beginnings of words, all of which must occur; "quoted words" must stand together. `level:`,
`project:`, `is:` (a state, `unread` or `pinned`), `type:` and `culprit:` search a field; any other
`key:value` searches a tag.
"""

import re

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, false, func, true

from app.model import IssueState
from app.store import schema as t
from app.store.inbox import descriptions, projects

_TERM = re.compile(r'(?:(?P<key>[\w.\-]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+)|(?<=:)(?=\s|$))')


class Query(Struct, frozen=True):
    """A search, taken apart. `fields` and `tags` are (name, value).

    Words and tags are those of events, and fields those of issues.
    """

    words: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    tags: tuple[tuple[str, str], ...] = ()


FIELDS = frozenset({"level", "project", "is", "type", "culprit"})


def parse(text: str) -> Query:
    """Take the search apart; there is no text that cannot be searched for."""
    words: list[str] = []
    fields: list[tuple[str, str]] = []
    tags: list[tuple[str, str]] = []
    # SQLite ends a text at its first NUL.
    for term in _TERM.finditer(text.replace("\0", " ")):
        key, value = term["key"], term["quoted"] or term["plain"] or ""
        if not key or value.startswith("//"):
            words.append(term[0].strip('"'))
        elif not value:
            # Still being typed.
            continue
        elif key in FIELDS:
            fields.append((key, value))
        else:
            tags.append((key, value))
    searchable = tuple(word for word in words if re.search(r"\w", word))
    return Query(searchable, tuple(fields), tuple(tags))


def issue_condition(query: Query) -> ColumnElement[bool]:
    """The condition on issues with their description (`descriptions.DESCRIBED`) for a search's fields."""
    return and_(true(), *(_field(name, value) for name, value in query.fields))


def event_condition(query: Query) -> ColumnElement[bool]:
    """The condition on `events` joined with their issues (`descriptions.DESCRIBED`) for the same."""
    conditions = [
        t.events.c.level == value.lower() if name == "level" else _field(name, value)
        for name, value in query.fields
    ]
    return and_(true(), *conditions)


def _field(name: str, value: str) -> ColumnElement[bool]:
    match name:
        case "level":
            level = descriptions.LEVEL
            return level == value.lower()
        case "project":
            return t.issues.c.project_id.in_(projects.named(value))
        case "is":
            return _state(value.lower())
        case "type":
            return func.lower(descriptions.TYPE) == value.lower()
        case _:
            return descriptions.CULPRIT.contains(value, autoescape=True)


def _state(word: str) -> ColumnElement[bool]:
    match word:
        case "unread":
            return t.issues.c.unread.is_(True)
        case "read":
            return t.issues.c.unread.is_(False)
        case "pinned":
            return t.issues.c.pinned.is_(True)
        case "open":
            return t.issues.c.state.in_([IssueState.OPEN, IssueState.REGRESSED])
        case "regressed" | "resolved" | "muted":
            return t.issues.c.state == word
        case _:
            return false()
