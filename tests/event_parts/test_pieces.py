"""A line in pieces."""

from app.event_parts.pieces import Piece, Role, text_of


def test_the_pieces_are_the_line() -> None:
    assert text_of((Piece("GET ", Role.NAME), Piece("/"))) == "GET /"
