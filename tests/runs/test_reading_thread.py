"""A thread that hears what is printed and answers, as the process beside a run does elsewhere."""

import pytest

from app.runs.feed import CommandEnded, Piece
from app.runs.reading import Reader, ReadingFailed
from app.runs.reading_thread import ReadingThread


def test_it_hears_what_is_printed_and_answers() -> None:
    def work(reader: Reader) -> None:
        reader.say({"ready": True})
        text = ""
        for frame in reader.frames():
            if isinstance(frame, Piece):
                text += frame.data.decode()
            if isinstance(frame, CommandEnded):
                reader.say({"text": text, "code": frame.code})
                return

    thread = ReadingThread(work)
    assert thread.answer() == {"ready": True}
    for word in ("a", "b", "c"):
        thread.feed.take(word.encode(), "stdout", 1.0)
    thread.feed.end(3, 10.0)
    assert thread.answer() == {"text": "abc", "code": 3}
    thread.close()


def test_a_mistake_of_ours_in_it_is_told() -> None:
    def work(_reader: Reader) -> None:
        raise ZeroDivisionError

    thread = ReadingThread(work)
    with pytest.raises(ReadingFailed, match="ZeroDivisionError"):
        thread.answer()
    with pytest.raises(ReadingFailed, match="ended"):
        thread.answer()
    thread.close()
