"""Searches that ask for less than one that finds nothing."""

from msgspec import Struct

from app.query import parser, writing
from app.query.syntax import All, Node, Not, Term

MOST_PARTS = 8


class Relaxed(Struct, frozen=True):
    """A search without one of its parts, and that part."""

    text: str
    without: str


def relaxed(text: str) -> list[Relaxed]:
    """The search without each of the parts that must all match; none for a search of one part."""
    root = parser.parse(text).root
    if not isinstance(root, All) or len(root.of) > MOST_PARTS:
        return []
    return [_without(text, root, part) for part in root.of]


def parts(text: str) -> list[str]:
    """The parts of a search that must all match, each a search of its own."""
    root = parser.parse(text).root
    return [writing.written(part) for part in root.of[:MOST_PARTS]] if isinstance(root, All) else []


def _without(text: str, root: All, part: Node) -> Relaxed:
    term = part.of if isinstance(part, Not) else part
    if isinstance(term, Term):
        left = writing.remove(text, term)
    else:
        others = tuple(each for each in root.of if each is not part)
        left = writing.written(others[0] if len(others) == 1 else All(others))
    return Relaxed(left, writing.written(part))
