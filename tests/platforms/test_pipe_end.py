"""The type of one end of a pipe is what `multiprocessing` makes."""

import multiprocessing

from app.platforms.pipe_end import PipeEnd


def test_it_is_what_a_pipe_has() -> None:
    for end in multiprocessing.Pipe():
        assert isinstance(end, PipeEnd)
        end.close()
