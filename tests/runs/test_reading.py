"""What passes between a run and what reads its output: pieces one way, lines of JSON the other."""

import socket

from app.runs.feed import Piece
from app.runs.reading import Reader, Reading


def test_pieces_go_there_and_answers_come_back() -> None:
    ours, theirs = socket.socketpair()
    reading, reader = Reading(ours), Reader(theirs)
    frames = reader.frames()
    reading.feed.take(b"printed", "stderr", 2.0)
    found = next(frame for frame in frames if frame is not None)
    assert found == Piece(b"printed", "stderr", 2.0)
    reader.say({"sent": 1, "lost": ["ä\nb"]})
    reader.say({"second": True})
    assert reading.answer() == {"sent": 1, "lost": ["ä\nb"]}
    assert reading.answer() == {"second": True}
    reading.close()
    assert [frame for frame in frames if frame is not None] == []
    theirs.close()


def test_a_pause_is_told() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert next(Reader(theirs).frames()) is None
