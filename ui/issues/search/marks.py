"""How a search is coloured while it is typed: keys and signs, and waves under what is wrong."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtGui import QTextCharFormat

from app.query import parser
from app.query.syntax import Problem
from ui.theme import theme

# A text of this length was pasted, and is no sentence of the language.
LONGEST = 2_000


class Mark(Struct, frozen=True):
    """A part of the text and the token of its colour, or of the wave under it."""

    start: int
    end: int
    token: str
    is_wave: bool = False


def marks(text: str, problems: Sequence[Problem] = ()) -> list[Mark]:
    """What is coloured in this search."""
    if len(text) > LONGEST:
        return []
    found = [Mark(start, end, "accent") for start, end in parser.signs(text)]
    found += [Mark(term.start, term.value_start, "accent") for term in parser.typed_terms(text) if term.key]
    found += [
        Mark(problem.start, problem.end, "level_warning" if problem.is_doubt else "danger", is_wave=True)
        for problem in problems
        if problem.end <= len(text)
    ]
    return found


def as_format(mark: Mark) -> QTextCharFormat:
    """The mark in the colours of the theme."""
    colour = getattr(theme(), mark.token)
    made = QTextCharFormat()
    if mark.is_wave:
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        made.setUnderlineColor(colour)
    else:
        made.setForeground(colour)
    return made
