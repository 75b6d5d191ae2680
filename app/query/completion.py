"""What may be meant where the cursor is: keys, and the values of the key that was typed.

Values that only the store knows are asked for by `wanted`, and given to `suggestions`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from app.query import parser, writing
from app.query.fields import FIELDS, LEVELS, RUNS, STATES, Kind
from app.query.syntax import Term

MOST = 12
_NO_HINTS: Mapping[str, str] = {}
_TAG_NAME = re.compile(r"tag\.([\w.\-]*)", re.IGNORECASE)
_OPERATOR = re.compile(r"[<>]=?")
# A word of so many letters may be a value whose key was left out.
_SHORTEST_WORD = 3

_STATES = {
    "open": "to be looked at",
    "resolved": "done",
    "muted": "left out of the inbox",
    "regressed": "came back after it was resolved",
    "escalating": "happens far more often than before",
    "new": "first seen today",
    "unread": "not looked at yet",
    "read": "looked at",
    "pinned": "kept at hand",
}
_TIMES = {
    "<10m": "in the last ten minutes",
    "<1h": "in the last hour",
    "<1d": "in the last day",
    "today": "",
    "yesterday": "",
    ">7d": "more than a week ago",
}
_NUMBERS = {">1": "more than one", ">10": "more than ten", ">100": "more than a hundred"}
_RUNS = {"last": "the run that began last", "current": "all that have not ended"}
_FIXED: dict[Kind, dict[str, str]] = {
    Kind.STATE: {state: _STATES[state] for state in STATES},
    Kind.LEVEL: {**dict.fromkeys(LEVELS[::-1], ""), ">=warning": "and what is more severe"},
    Kind.YES_OR_NO: {"yes": "", "no": ""},
    Kind.RUN: {run: _RUNS[run] for run in RUNS},
    Kind.TIME: _TIMES,
    Kind.NUMBER: _NUMBERS,
    Kind.HAS: dict.fromkeys(("user", "release", "url", "browser", "os", "device", "function", "file"), ""),
}


class Wanted(Struct, frozen=True):
    """Values that the store knows: of the tag `name`, or where it is empty of the kind.

    `kind` is TAG, PROJECT, RUN, HAS, which is for names of tags, or TEXT, for types of errors. `part` is in
    each.
    """

    kind: Kind
    name: str
    part: str


class Suggestion(Struct, frozen=True):
    """Puts `text` in place of what is typed from `start` to `end`. `is_whole`: the term is then finished."""

    shown: str
    text: str
    start: int
    end: int
    hint: str = ""
    count: int | None = None
    is_whole: bool = True


class _Place(Struct, frozen=True):
    """What is typed at the cursor, a value of a known key or a word, and from where to where it is replaced.

    Of numbers, times and levels, the operator is part of what is typed.
    """

    typed: str
    start: int
    end: int
    key: str = ""
    name: str = ""
    is_tag_name: bool = False


def wanted(text: str, cursor: int) -> Wanted | None:
    """What the store is to be asked for, for this place; None where nothing it knows is of use."""
    place = _place(text, cursor)
    if place is None:
        return None
    if place.is_tag_name:
        return Wanted(Kind.HAS, "", place.typed)
    if not place.key:
        return None
    field = FIELDS[place.key]
    if field.kind is Kind.TAG:
        return Wanted(Kind.TAG, field.tag or place.name, place.typed.removeprefix("="))
    if field.kind in (Kind.PROJECT, Kind.HAS, Kind.RUN) or place.key == "type":
        return Wanted(field.kind, "", place.typed)
    return None


def suggestions(
    text: str,
    cursor: int,
    known: Sequence[tuple[str, int]] = (),
    hints: Mapping[str, str] = _NO_HINTS,
) -> list[Suggestion]:
    """What fits this place, the best first. `known` are the values that were `wanted`, with their counts.

    `hints` say what some of these are.
    """
    place = _place(text, cursor)
    if place is None:
        return []
    if place.is_tag_name:
        found = [
            Suggestion(f"tag.{name}:", f"tag.{name}:", place.start, place.end, count=count, is_whole=False)
            for name, count in known
            if writing.key_of_tag(name) == f"tag.{name}"
        ]
    elif place.key:
        found = list(_values(place, known, hints))
    else:
        found = [*_keys(place), *_words(place)] if place.typed else []
    # What is there already is no suggestion.
    typed = text[place.start : place.end]
    return [each for each in found if each.text != typed][:MOST]


def all_keys(cursor: int) -> list[Suggestion]:
    """Every key, for an empty place."""
    return list(_keys(_Place("", cursor, cursor)))


def _place(text: str, cursor: int) -> _Place | None:
    for term in parser.typed_terms(text):
        if term.start <= cursor <= term.end:
            return _place_in(term, text, cursor)
    return _Place("", cursor, cursor)


def _place_in(term: Term, text: str, cursor: int) -> _Place | None:
    if term.key:
        if cursor < term.value_start:
            return None
        typed = text[term.value_start : cursor].lstrip('"').replace('""', '"')
        operator = term.operator[1:]
        return _Place(operator + typed, term.value_start - len(operator), term.end, term.key, term.name)
    if term.is_quoted or cursor != term.end:
        return None
    name = _TAG_NAME.fullmatch(term.value)
    if name is not None:
        return _Place(name[1], term.start, term.end, is_tag_name=True)
    return _Place(term.value, term.start, term.end)


def _keys(place: _Place) -> Iterator[Suggestion]:
    typed = place.typed.lower()
    for key, field in FIELDS.items():
        if key.startswith(typed):
            shown = f"{key}." if key == "tag" else f"{key}:"
            yield Suggestion(shown, shown, place.start, place.end, field.hint, is_whole=False)


def _words(place: _Place) -> Iterator[Suggestion]:
    """Terms whose value begins with the word."""
    typed = place.typed.lower()
    if len(typed) < _SHORTEST_WORD:
        return
    for key in ("is", "level"):
        for value, hint in _FIXED[FIELDS[key].kind].items():
            if value.startswith(typed):
                yield Suggestion(f"{key}:{value}", f"{key}:{value}", place.start, place.end, hint)


def _values(
    place: _Place, known: Sequence[tuple[str, int]], hints: Mapping[str, str]
) -> Iterator[Suggestion]:
    typed = place.typed.lower()
    counts = dict(known)
    kind = FIELDS[place.key].kind
    fixed = _FIXED.get(kind, {})
    if kind is Kind.LEVEL and (operator := _OPERATOR.match(typed)):
        fixed = {operator[0] + level: "" for level in LEVELS[::-1]}
    for value, hint in fixed.items():
        if value.startswith(typed) and value not in counts:
            yield Suggestion(value, value, place.start, place.end, hint)
    for value, count in known:
        if typed.removeprefix("=") in value.lower():
            written = typed[: typed.startswith("=")] + writing.quoted_if_needed(value)
            hint = hints.get(value, "")
            yield Suggestion(value, written, place.start, place.end, hint, count=count)
