"""Lines out of pieces."""

from hypothesis import given
from hypothesis import strategies as st

from app.printed.printed_line import LONGEST
from app.printed.stream_lines import ENTER_SCREEN, LEAVE_SCREEN, StreamLines


@given(st.lists(st.binary(max_size=20).map(lambda data: data.replace(b"x", b"\n")), max_size=20))
def test_nothing_is_lost_between_pieces(pieces: list[bytes]) -> None:
    lines = StreamLines()
    complete = [lines.complete(piece) for piece in pieces]
    assert all(not part or part.endswith(b"\n") for part in complete)
    assert b"".join(complete) + lines.rest() == b"".join(pieces)


def test_a_line_without_an_end_is_held_in_little() -> None:
    lines = StreamLines()
    for _piece in range(100):
        assert lines.complete(b"x" * 10_000) == b""
    assert len(lines.rest()) == 4 * LONGEST


def test_lines_of_a_whole_screen_are_none() -> None:
    lines = StreamLines()
    asked = (
        b"a",
        b"b" + ENTER_SCREEN,
        b"drawn",
        LEAVE_SCREEN + b"$",
        b"c",
        ENTER_SCREEN + b"x" + LEAVE_SCREEN,
    )
    assert [lines.is_shown(line) for line in asked] == [True, False, False, False, True, True]
    assert not lines.has_screen
