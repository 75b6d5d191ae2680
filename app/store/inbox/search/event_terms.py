"""What a term of a search asks of an event, as what its texts have to have.

A text is asked for by the words that it consists of, which have to stand together. The last one may be begun
only, unless something follows it in the text, or it is the number at the end of a field's value.
"""

import re

from app.query import values
from app.query.fields import ALIASES, FIELDS, LEVELS, Field, Kind
from app.query.syntax import Operator, Term
from app.store import match_tree, search_texts, wildcards
from app.store.match_tree import ANYTHING, EVERY_EVENT, NOTHING, Match, Phrase, Stored
from app.store.search_index import words_of
from app.store.search_texts import COLUMNS, EMPTY

# The columns of the index that have the texts of a field.
TEXT_COLUMNS = {
    "type": ("type",),
    "file": ("files",),
    "function": ("functions", "culprit"),
    "module": ("modules",),
    "url": ("url",),
    "message": ("words",),
}
_TAGS = ("tags",)
# `app.js:10:15`: the column is not in the index.
_WITH_COLUMN = re.compile(r"(.*\D:\d+):\d+:?")


def match(term: Term) -> Match | None:
    """What the term asks for; None where it says nothing: a sign, or a value that is yet to be typed."""
    if not term.value:
        return None
    if not term.key:
        return _words(term)
    field = FIELDS[term.key]
    if field.kind is Kind.HAS:
        return _has(term.name)
    if field.kind is Kind.LEVEL:
        return _level(term)
    if field.kind is Kind.YES_OR_NO:
        return _yes_or_no(term)
    if term.operator not in (Operator.HAS, Operator.IS):
        return NOTHING
    if field.kind is Kind.TAG:
        return _tag(field.tag or term.name, term)
    return _text(term)


def _words(term: Term) -> Match | None:
    pieces = _pieces(term)
    if len(pieces) > 1:
        return _stored(COLUMNS, wildcards.pattern(pieces)) if any(pieces) else None
    with_column = _WITH_COLUMN.fullmatch(term.value)
    if with_column is not None and not term.is_quoted:
        found = [_phrase(term.value), _phrase(with_column[1])]
        return match_tree.any_of([each for each in found if each is not None])
    return _phrase(pieces[0])


def _text(term: Term) -> Match | None:
    columns = TEXT_COLUMNS[term.key]
    pieces = _pieces(term)
    if not any(pieces):
        return _has(term.key)
    if term.operator is Operator.IS:
        exact = [_stored(columns, wildcards.pattern(pieces, is_at_start=True, is_at_end=True))]
        if term.key == "file":
            # The line stands behind the file.
            line = (*pieces[:-1], f"{pieces[-1]}:", "")
            exact.append(_stored(columns, wildcards.pattern(line, is_at_start=True)))
        wanted = _phrase(pieces[0], columns, is_field=True) if len(pieces) == 1 else None
        return match_tree.all_of([wanted or ANYTHING, match_tree.any_of(exact)])
    if len(pieces) > 1:
        return _stored(columns, wildcards.pattern(pieces))
    return _phrase(pieces[0], columns, is_field=True)


def _tag(key: str, term: Term) -> Match | None:
    pieces = _pieces(term)
    beginning = search_texts.tag_beginning(key)
    has_key = Phrase(words_of(beginning), columns=_TAGS)
    if not any(pieces):
        return has_key
    if term.operator is Operator.IS or len(pieces) > 1:
        first, *others = pieces
        wanted = wildcards.pattern(
            (f"{beginning} {first}", *others), is_at_start=True, is_at_end=term.operator is Operator.IS
        )
        return match_tree.all_of([has_key, _stored(_TAGS, wanted)])
    value = search_texts.plain(pieces[0])
    return _phrase(f"{beginning} {value}", _TAGS, is_field=True) or has_key


def _level(term: Term) -> Match:
    levels = values.levels(term)
    if levels is None:
        levels = tuple(level for level in LEVELS if level.startswith(term.value.lower()))
    return match_tree.any_of([_field("level", level) for level in levels])


def _yes_or_no(term: Term) -> Match:
    answer = values.yes_or_no(term)
    return NOTHING if answer is None else _field(term.key, "yes" if answer else "no")


def _field(key: str, value: str) -> Match:
    return Phrase(words_of(f"{search_texts.tag_beginning(key)} {value}"), columns=_TAGS)


def _has(name: str) -> Match:
    key = ALIASES.get(name.lower(), name.lower())
    field: Field | None = FIELDS.get(key)
    if key in TEXT_COLUMNS:
        return match_tree.without(Phrase((EMPTY + key,), columns=_TAGS))
    if field is not None and (field.kind is Kind.LEVEL or field.is_of_issue):
        return EVERY_EVENT
    tag = field.tag if field is not None and field.tag else name.removeprefix("tag.")
    return Phrase(words_of(search_texts.tag_word(tag)), columns=_TAGS)


def _pieces(term: Term) -> tuple[str, ...]:
    """The texts between wildcards. A wildcard at the end of a word says what is so anyway."""
    pieces = values.pieces(term)
    first = pieces[0]
    is_beginning = len(pieces) == 2 and not pieces[1] and first[:1].isalnum() and first[-1:].isalnum()
    return pieces[:1] if is_beginning and term.operator is Operator.HAS else pieces


def _phrase(text: str, columns: tuple[str, ...] = (), *, is_field: bool = False) -> Match | None:
    words = words_of(text)
    if not words:
        return None
    begins = text[-1].isalnum() and not (is_field and words[-1].isdecimal())
    return Phrase(words, begins, columns)


def _stored(columns: tuple[str, ...], wanted: str) -> Match:
    text = " || char(10) || ".join(f"event_search.{column}" for column in columns)
    return Stored(f"has_wildcard({text}, ?)", (wanted,))
