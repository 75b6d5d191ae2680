"""The terms of a search that a facet or the histogram reads and writes."""

from datetime import UTC, datetime, timedelta

from msgspec import Struct

from app.query import parser, syntax, values, writing

SEEN = "seen"
_TITLES = {
    "level": "Level",
    "project": "Project",
    "environment": "Environment",
    "release": "Release",
    "browser": "Browser",
    "user": "User",
    "os": "System",
    "device": "Device",
    "server_name": "Server",
    "transaction": "Transaction",
    "url": "Address",
}
_MINUTE, _MICROS = 60, 1_000_000


class Span(Struct, frozen=True):
    """Times from `begin` up to `end`, in seconds since 1970; the end is not part of it."""

    begin: int
    end: int


def title(facet: str) -> str:
    """What a facet is called; a tag of the person's own by its name."""
    return _TITLES.get(facet, facet)


def key_of(facet: str) -> str:
    """The key of the search for a facet; empty where none can be written."""
    return facet if facet in ("level", "project") else writing.key_of_tag(facet)


def toggled(text: str, facet: str, value: str) -> str:
    """The search with this value, or without it where it has it."""
    return writing.toggle(text, key_of(facet), value)


def excluding(text: str, facet: str, value: str) -> str:
    """The search without what has this value, or no longer so where it is excluded already."""
    key = key_of(facet)
    if writing.standing(text, key, value) == "excluded":
        return writing.toggle(writing.add(text, key, value), key, value)
    return writing.exclude(text, key, value)


def standing(text: str, facet: str, value: str) -> writing.Standing:
    """Whether the search asks for a value or excludes it."""
    return writing.standing(text, key_of(facet), value) if text else ""


def named(text: str, facet: str) -> tuple[str, ...]:
    """The values of a facet that stand in the search."""
    key, _dot, name = key_of(facet).partition(".")
    found = syntax.terms(parser.parse(text).root) if text else ()
    return tuple(
        dict.fromkeys(
            term.value for term in found if term.key == key and term.name == name and "*" not in term.value
        )
    )


def seen(text: str, now: int) -> Span | None:
    """When events are asked for; `now` is in microseconds."""
    for term in syntax.terms(parser.parse(text).root):
        if term.key == SEEN and (meant := values.moment(term, now)) is not None:
            last = now if meant.last is None else meant.last
            return Span((meant.first or 0) // _MICROS, last // _MICROS + 1)
    return None


def with_seen(text: str, span: Span | None) -> str:
    """The search for events at this time, and at no other; None: at any time."""
    without = text
    while True:
        terms = syntax.terms(parser.parse(without).root)
        gone = next((term for term in terms if term.key == SEEN), None)
        if gone is None:
            break
        without = writing.remove(without, gone)
    if span is None:
        return without
    return writing.add(without, SEEN, written(span))


def written(span: Span) -> str:
    """A time as a search says it: whole days by their dates, else to the minute, both ends included."""
    begin, end = (datetime.fromtimestamp(second, UTC).astimezone() for second in (span.begin, span.end))
    if begin.hour == begin.minute == end.hour == end.minute == 0:
        last = (end - timedelta(days=1)).date()
        return f"{begin.date()}" if last == begin.date() else f"{begin.date()}..{last}"
    last_minute = end - timedelta(seconds=_MINUTE)
    return f"{begin:%Y-%m-%dT%H:%M}..{last_minute:%Y-%m-%dT%H:%M}"
