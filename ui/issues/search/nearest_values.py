"""Stored values that are like what a search asks for in vain. Call it off the UI thread."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from app import store
from app.query import parser, writing
from app.query.fields import FIELDS, Kind
from app.query.syntax import Term, terms

if TYPE_CHECKING:
    from app.store.database import Connection

MOST_TERMS = 4
# `prd` is like `production`: there are few values to be confused with.
_NEAR = 0.4


def searches(connection: "Connection", text: str) -> Iterator[tuple[str, str]]:
    """The search with a value that is stored in place of one that is not, and the term with it."""
    asked = [term for term in terms(parser.parse(text).root) if _is_of_store(term)]
    for term in asked[:MOST_TERMS]:
        value = _nearest(connection, term)
        if value is not None:
            written = text[term.start : term.value_start] + writing.quoted_if_needed(value)
            yield text[: term.start] + written + text[term.end :], written


def _is_of_store(term: Term) -> bool:
    return bool(term.key) and FIELDS[term.key].kind in (Kind.TAG, Kind.PROJECT) and "*" not in term.value


def _nearest(connection: "Connection", term: Term) -> str | None:
    name = FIELDS[term.key].tag or term.name
    counts = store.value_counts
    if FIELDS[term.key].kind is Kind.PROJECT:
        known = counts.projects(connection)
    else:
        known = counts.of_tag(connection, name)
    typed = term.value.lower()
    values = {value.lower(): value for value, _count in known.values}
    if any(value.startswith(typed) for value in values):
        return None
    near = get_close_matches(typed, values, 1, _NEAR)
    return values[near[0]] if near else None
