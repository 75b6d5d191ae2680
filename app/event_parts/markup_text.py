"""XML, HTML and JSON as text in pieces by their roles. It reads tokens only: no document is ever built."""

import re
from collections.abc import Iterator, Sequence

from app.event_parts.pieces import Line, Piece, Role

# Linear: each alternative ends at a character that it may not contain.
_MARKUP = re.compile(
    r"(?P<quiet><!--.*?(?:-->|\Z)|<[!?][^>]{0,10000}>?)|(?P<tag></?[A-Za-z][\w:.-]{0,200}|/?>)"
    r"|(?P<string>(?<==)(?:\"[^\"<]{0,10000}\"?|'[^'<]{0,10000}'?))|(?P<name>(?<=\s)[\w:.@-]{1,200}(?==))",
    re.DOTALL,
)
_MARKUP_ROLES = {"quiet": Role.QUIET, "tag": Role.KEYWORD, "string": Role.STRING, "name": Role.NAME}
_JSON = re.compile(
    r"(?P<name>\"(?:[^\"\\\n]|\\.)*\"(?=\s{0,10}:))|(?P<string>\"(?:[^\"\\\n]|\\.)*\"?)"
    r"|(?P<number>-?\d[\d.eE+-]*)|(?P<word>\b(?:true|false|null)\b)"
)
_JSON_ROLES = {"name": Role.NAME, "string": Role.STRING, "number": Role.NUMBER, "word": Role.KEYWORD}


def markup_lines(text: str) -> tuple[Line, ...]:
    """The lines of XML or HTML."""
    return _lines(text, _MARKUP, _MARKUP_ROLES)


def json_lines(text: str) -> tuple[Line, ...]:
    """The lines of JSON that has been set out, or of its beginning."""
    return _lines(text, _JSON, _JSON_ROLES)


def plain_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text of no language."""
    return tuple((Piece(line),) for line in text.split("\n"))


def _lines(text: str, pattern: re.Pattern[str], roles: dict[str, Role]) -> tuple[Line, ...]:
    lines: list[list[Piece]] = [[]]
    for piece in _pieces(text, pattern, roles):
        first, *others = piece.text.split("\n")
        lines[-1].append(Piece(first, piece.role))
        lines += [[Piece(part, piece.role)] for part in others]
    return tuple(tuple(piece for piece in line if piece.text) for line in lines)


def _pieces(text: str, pattern: re.Pattern[str], roles: dict[str, Role]) -> Iterator[Piece]:
    at = 0
    for found in pattern.finditer(text):
        if found.start() > at:
            yield Piece(text[at : found.start()])
        yield Piece(found[0], roles[found.lastgroup or ""])
        at = found.end()
    if at < len(text):
        yield Piece(text[at:])


def wrapped(line: Line, columns: int) -> Sequence[Line]:
    """The line broken after each `columns` characters, its pieces kept."""
    lines: list[list[Piece]] = [[]]
    room = columns
    for piece in line:
        text = piece.text
        while len(text) > room:
            lines[-1].append(Piece(text[:room], piece.role))
            text, room = text[room:], columns
            lines.append([])
        if text:
            lines[-1].append(Piece(text, piece.role))
            room -= len(text)
    return [tuple(pieces) for pieces in lines]
