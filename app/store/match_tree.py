"""What the text of an event has to have, as a tree, and as the expression of FTS5 that says the same.

Where a column has to be looked at as it is stored (`Stored`), SQL says so; the rest stays an expression.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from app.store.search_texts import LEVEL


class Phrase(Struct, frozen=True):
    """Words of the index that stand together, in one of these columns (none: in any of all).

    `begins`: the last one may be only the beginning of a word. There is at least one word.
    """

    words: tuple[str, ...]
    begins: bool = False
    columns: tuple[str, ...] = ()


class Stored(Struct, frozen=True):
    """A condition of SQL on the columns of the index, with a `?` for each of the values."""

    sql: str
    values: tuple[str, ...]


class Without(Struct, frozen=True):
    """What does not match."""

    of: "Match"


class AllOf(Struct, frozen=True):
    """What matches all of these; everything if there are none."""

    of: "tuple[Match, ...]" = ()


class AnyOf(Struct, frozen=True):
    """What matches at least one of these; nothing if there are none."""

    of: "tuple[Match, ...]" = ()


Match = Phrase | Stored | Without | AllOf | AnyOf

ANYTHING = AllOf()
NOTHING = AnyOf()
EVERY_EVENT = Phrase((LEVEL,), columns=("tags",))


def all_of(parts: list[Match]) -> Match:
    """All of these, as simple as it can be said."""
    flat: dict[Match, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.of if isinstance(part, AllOf) else (part,)))
    if NOTHING in flat:
        return NOTHING
    return next(iter(flat)) if len(flat) == 1 else AllOf(tuple(flat))


def any_of(parts: list[Match]) -> Match:
    """Any of these, as simple as it can be said."""
    flat: dict[Match, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.of if isinstance(part, AnyOf) else (part,)))
    if ANYTHING in flat:
        return ANYTHING
    return next(iter(flat)) if len(flat) == 1 else AnyOf(tuple(flat))


def without(part: Match) -> Match:
    """What does not match this, as simple as it can be said."""
    if part == ANYTHING:
        return NOTHING
    if part == NOTHING:
        return ANYTHING
    return part.of if isinstance(part, Without) else Without(part)


def is_indexed(match: Match) -> bool:
    """Whether the index alone answers it."""
    if isinstance(match, Phrase):
        return True
    if isinstance(match, Stored):
        return False
    if isinstance(match, Without):
        return is_indexed(match.of)
    return all(map(is_indexed, match.of))


def expression(match: Match) -> str:
    """The expression of FTS5 for a tree that `is_indexed`."""
    if isinstance(match, Phrase):
        text = '"' + " ".join(match.words).replace('"', '""') + '"' + (" *" if match.begins else "")
        if not match.columns:
            return text
        return f"{{{' '.join(match.columns)}}} : {text}"
    if isinstance(match, Without):
        # The operator NOT of FTS5 stands between what matches and what does not.
        return f"({expression(EVERY_EVENT)} NOT {expression(match.of)})"
    assert not isinstance(match, Stored)
    if not match.of:
        every = expression(EVERY_EVENT)
        return every if isinstance(match, AllOf) else f"({every} NOT {every})"
    if isinstance(match, AnyOf):
        return "(" + " OR ".join(map(expression, match.of)) + ")"
    wanted = [part for part in match.of if not isinstance(part, Without)]
    unwanted = [part.of for part in match.of if isinstance(part, Without)]
    found = " AND ".join(map(expression, wanted or [EVERY_EVENT]))
    if unwanted:
        found = f"({found}) NOT ({' OR '.join(map(expression, unwanted))})"
    return f"({found})"


class Condition(Struct, frozen=True):
    """A condition of SQL on rows of `event_search` from `:first` to `:before`, with its values."""

    sql: str
    values: dict[str, str]
    has_wildcards: bool = False


WITHIN = "event_search.rowid >= :first AND event_search.rowid < :before"


def condition(match: Match) -> Condition:
    """The condition for any tree. SQLite asks the index first, and what is stored only of what that finds."""
    values: dict[str, str] = {}

    def bound(value: str) -> str:
        name = f"v{len(values)}"
        values[name] = value
        return f":{name}"

    indexed, stored = parts(match)
    said = [WITHIN] if stored == ANYTHING else [WITHIN, _sql(stored, bound)]
    if indexed != ANYTHING or stored == ANYTHING:
        said.insert(0, f"event_search MATCH {bound(expression(indexed))}")
    return Condition(" AND ".join(said), values, has_wildcards=stored != ANYTHING)


def parts(match: Match) -> tuple[Match, Match]:
    """What the index answers alone, and what else has to be so."""
    found = match.of if isinstance(match, AllOf) else (match,)
    indexed = [part for part in found if is_indexed(part)]
    return all_of(indexed), all_of([part for part in found if part not in indexed])


def _sql(match: Match, bound: Callable[[str], str]) -> str:
    if is_indexed(match):
        asked = f"event_search MATCH {bound(expression(match))} AND rowid >= :first AND rowid < :before"
        return f"event_search.rowid IN (SELECT rowid FROM event_search WHERE {asked})"  # noqa: S608 - a name
    if isinstance(match, Stored):
        values = iter(match.values)
        return "(" + re.sub(r"\?", lambda _found: bound(next(values)), match.sql) + ")"
    if isinstance(match, Without):
        return f"NOT {_sql(match.of, bound)}"
    assert not isinstance(match, Phrase)
    joint = " AND " if isinstance(match, AllOf) else " OR "
    return "(" + joint.join(_sql(part, bound) for part in match.of) + ")"


def with_phrases(match: Match, change: Callable[[Phrase], Match]) -> Match:
    """The tree with each phrase changed."""
    if isinstance(match, Phrase):
        return change(match)
    if isinstance(match, Stored):
        return match
    if isinstance(match, Without):
        return without(with_phrases(match.of, change))
    join: Any = all_of if isinstance(match, AllOf) else any_of
    joined: Match = join([with_phrases(part, change) for part in match.of])
    return joined


def phrases(match: Match) -> Iterator[Phrase]:
    """The phrases of the tree."""
    if isinstance(match, Phrase):
        yield match
    elif isinstance(match, Without):
        yield from phrases(match.of)
    elif not isinstance(match, Stored):
        for part in match.of:
            yield from phrases(part)
