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
        patterns = [_pattern(term) for term in _texts(parser.parse(text).root)[:_MOST_TERMS]]
        found = "|".join(sorted({each for each in patterns if each}, key=len, reverse=True))
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


def _pattern(term: Term) -> str:
    """The words of a value: each begins a word, and between those that stand together there are none."""
    parts = [[re.escape(word) for word in _WORD.findall(_folded(piece))] for piece in values.pieces(term)]
    pieces = [r"\W+".join(words) for words in parts if words]
    if not pieces:
        return ""
    begins = r"(?<!\w)" if term.is_quoted or not term.value.startswith("*") else ""
    # What stands for anything in a value is at most the rest of a word here.
    return begins + r"\w*".join(pieces)


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
