"""SQL made readable: its pieces by their roles, and set out over lines, by sqlparse.

Bounded: its grammar takes 2 ms for an ordinary statement, and more than linear time for a long one.
"""

from collections.abc import Iterator

import sqlparse
from sqlparse import lexer
from sqlparse import tokens as kinds
from sqlparse.exceptions import SQLParseError

from app.event_parts.pieces import Line, Piece, Role
from app.plain_text import one_line, plain

LONGEST_COLOURED = 4_000
LONGEST_SET_OUT = 20_000


def coloured(statement: str) -> Line:
    """The statement in pieces, keywords and literals apart; what is behind the limit is one piece."""
    pieces = [*_pieces(statement[:LONGEST_COLOURED])]
    if rest := statement[LONGEST_COLOURED:]:
        pieces.append(Piece(rest))
    return tuple(pieces)


def coloured_line(statement: str) -> Line:
    """The same on one line."""
    return coloured(" ".join(one_line(statement, LONGEST_COLOURED).split()))


def set_out(statement: str) -> str:
    """The statement with each clause on a line of its own; as it came where it is too long or no SQL."""
    if len(statement) > LONGEST_SET_OUT:
        return statement
    try:
        return str(sqlparse.format(statement, reindent=True)).strip()
    except SQLParseError:
        return statement


def set_out_in_lines(statement: str) -> tuple[Line, ...]:
    """`set_out`, its lines coloured. A literal of several lines has its role on each."""
    lines: list[list[Piece]] = [[]]
    for piece in coloured(plain(set_out(statement))):
        first, *others = piece.text.split("\n")
        lines[-1].append(Piece(first, piece.role))
        lines += [[Piece(part, piece.role)] for part in others]
    return tuple(tuple(piece for piece in line if piece.text) for line in lines)


def _pieces(text: str) -> Iterator[Piece]:
    """Neighbours of one role are one piece."""
    pending, role = "", Role.TEXT
    for kind, part in lexer.tokenize(text):  # type: ignore[no-untyped-call]
        new = _role(kind)
        if new is role or (pending and part.isspace() and new is Role.TEXT):
            pending += part
            continue
        if pending:
            yield Piece(pending, role)
        pending, role = part, new
    if pending:
        yield Piece(pending, role)


def _role(kind: "kinds._TokenType") -> Role:
    if kind in kinds.Keyword:
        return Role.KEYWORD
    if kind in kinds.Literal.String.Symbol:  # a quoted name
        return Role.TEXT
    if kind in kinds.Literal.String:
        return Role.STRING
    if kind in kinds.Literal.Number:
        return Role.NUMBER
    return Role.QUIET if kind in kinds.Comment else Role.TEXT
