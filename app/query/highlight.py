"""Where the words of a search stand in a text that a person reads."""

import re
import unicodedata

from app.query import parser, values
from app.query.fields import FIELDS, Kind
from app.query.syntax import All, Either, Node, Term

Range = tuple[int, int]

# Of a long text only the beginning is painted.
_LONGEST = 20_000
_MOST_TERMS = 20
_WORD = re.compile(r"\w+")


class Highlighter:
    """Finds the words of one search. Those of terms that must not match are none of them."""

    def __init__(self, text: str = "") -> None:
        terms = _texts(parser.parse(text).root)[:_MOST_TERMS]
        patterns = {each for term in terms for each in _patterns(term)}
        found = "|".join(sorted(patterns, key=len, reverse=True))
        self._words = re.compile(found) if found else None

    def __bool__(self) -> bool:
        return self._words is not None

    def ranges(self, text: str) -> list[Range]:
        """Where they stand in `text`, each from its start to its end, in order and apart from each other."""
        if self._words is None:
            return []
        return [found.span() for found in self._words.finditer(_folded(text[:_LONGEST])) if found[0]]


def _texts(node: Node | None) -> list[Term]:
    """The terms that ask for a text, but for those that are negated."""
    if isinstance(node, Term):
        is_text = not node.key or FIELDS[node.key].kind is Kind.TEXT
        return [node] if is_text else []
    if isinstance(node, All | Either):
        return [term for each in node.of for term in _texts(each)]
    return []


def _patterns(term: Term) -> list[str]:
    """The words of a value: the first begins a word, and between those that stand together there are none.

    What stands around a wildcard is found by itself: a pattern of several wildcards may take very long.
    """
    pieces = [_WORD.findall(_folded(piece)) for piece in values.pieces(term)]
    begins = ["" if place else r"(?<!\w)" for place in range(len(pieces))]
    return [
        begin + r"\W+".join(map(re.escape, words))
        for begin, words in zip(begins, pieces, strict=True)
        if words
    ]


def _folded(text: str) -> str:
    """The text without case and accents, each character in its place."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold, text))


def _fold(character: str) -> str:
    if character.isascii():
        return character.lower()
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character
