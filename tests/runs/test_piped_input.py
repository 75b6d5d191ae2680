"""Stdin as a pipe: what is there, what is not there yet, and its end."""

import os

from app.runs.piped_input import PipedInput


def test_a_pipe_is_read_as_it_is_written() -> None:
    reading, writing = os.pipe()
    piped = PipedInput(reading)
    assert not piped.is_ready(0.01)
    os.write(writing, b"one")
    assert piped.is_ready(20)
    assert piped.is_ready(0)
    assert piped.read() == b"one"
    assert not piped.is_ready(0.01)
    os.write(writing, b"two")
    assert piped.read() == b"two"
    os.close(writing)
    assert piped.is_ready(20)
    assert piped.read() == b""
    assert piped.is_ready(0), "the end stays the end"
    assert piped.read() == b""
    os.close(reading)
