"""What is printed reaches its reader in order, and never waits for it."""

import socket
from collections.abc import Iterator

import pytest

from app.runs import feed
from app.runs.feed import CommandEnded, Feed, Frame, NotBegun, Piece, Skipped

Pair = tuple[Feed, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Feed(ours), theirs


def read(to_feed: Feed, theirs: socket.socket, size: int = 1 << 16) -> list[Frame]:
    """All that is handed over by and by."""
    theirs.setblocking(False)
    buffer = bytearray()
    frames: list[Frame] = []
    while True:
        to_feed.flush()
        try:
            buffer += theirs.recv(size)
        except BlockingIOError:
            assert not buffer, "a frame was cut"
            return frames
        frames += feed.parse(buffer)


def fill(to_feed: Feed, count: int, size: int = 10_000) -> None:
    for number in range(count):
        to_feed.take(b"%d " % number + b"x" * size, "stdout", float(number))


@pytest.mark.parametrize("size", [1, 7, 1 << 16])
def test_frames_arrive_whatever_the_pieces(pair: Pair, size: int) -> None:
    to_feed, theirs = pair
    to_feed.take(b"out\n", "stdout", 1.5)
    to_feed.take(b"\xff", "stderr", 2.5)
    to_feed.end(-11, 1.0)
    assert read(to_feed, theirs, size) == [
        Piece(b"out\n", "stdout", 1.5),
        Piece(b"\xff", "stderr", 2.5),
        CommandEnded(-11),
    ]


def test_who_does_not_read_is_not_waited_for_and_misses_nothing(pair: Pair) -> None:
    to_feed, theirs = pair
    fill(to_feed, 300)
    assert to_feed.is_behind
    numbers = [int(frame.data.split()[0]) for frame in read(to_feed, theirs) if isinstance(frame, Piece)]
    assert numbers == list(range(300))
    assert not to_feed.is_behind


def test_the_oldest_goes_when_too_much_is_held(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MOST_HELD", 200_000)
    to_feed, theirs = pair
    fill(to_feed, 2_000)
    frames = read(to_feed, theirs)
    numbers = [int(frame.data.split()[0]) for frame in frames if isinstance(frame, Piece)]
    assert numbers == sorted(numbers)
    assert numbers[-1] == 1_999
    skipped = max(frame.size for frame in frames if isinstance(frame, Skipped))
    assert skipped >= (2_000 - len(numbers)) * 10_000


def test_a_reader_that_has_gone_stops_nothing(pair: Pair) -> None:
    to_feed, theirs = pair
    theirs.close()
    fill(to_feed, 10)
    to_feed.end(0, 1.0)
    assert not to_feed.is_behind
    assert to_feed.fileno() == -1


def test_a_command_that_could_not_be_started_is_told(pair: Pair) -> None:
    ours, theirs = pair
    ours.give_up()
    assert read(ours, theirs) == [NotBegun()]
