"""A line of text in pieces, each with the role that it has: the window gives each role a colour."""

from enum import Enum, auto

from msgspec import Struct


class Role(Enum):
    """What a piece of a line is."""

    TEXT = auto()
    QUIET = auto()
    NAME = auto()
    KEYWORD = auto()
    STRING = auto()
    NUMBER = auto()
    GOOD = auto()
    BAD = auto()


class Piece(Struct, frozen=True):
    """Part of a line."""

    text: str
    role: Role = Role.TEXT


Line = tuple[Piece, ...]


def text_of(line: Line) -> str:
    """The line as text."""
    return "".join(piece.text for piece in line)
