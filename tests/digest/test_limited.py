"""Others' code is called for so long and no longer."""

import threading
import time

import pytest

from app.digest.limited import Limited, TookTooLong

LIMIT = 0.05
ENOUGH = 30.0


def test_what_it_returns_and_raises_comes_back() -> None:
    limited = Limited()
    assert limited.call(lambda: 1 + 1, ENOUGH) == 2
    with pytest.raises(ZeroDivisionError):
        limited.call(lambda: 1 / 0, ENOUGH)
    with pytest.raises(RuntimeError, match="SystemExit"):
        limited.call(lambda: exit(3), ENOUGH)  # noqa: PLR1722 - it is what others write
    assert limited.call(lambda: "goes on", ENOUGH) == "goes on"


def test_what_waits_for_ever_is_left_behind_and_the_next_call_is_made() -> None:
    limited, never = Limited(), threading.Event()
    with pytest.raises(TookTooLong, match=r"0\.05 s") as told:
        limited.call(never.wait, LIMIT)
    assert "wait" in told.value.stack[-1].name
    assert limited.call(lambda: "goes on", ENOUGH) == "goes on"
    never.set()


def test_a_loop_that_is_left_behind_ends() -> None:
    limited, ended = Limited(), threading.Event()

    def loop() -> None:
        try:
            while True:
                time.monotonic()
        finally:
            ended.set()

    with pytest.raises(TookTooLong):
        limited.call(loop, LIMIT)
    assert ended.wait(ENOUGH)


def test_an_answer_that_comes_too_late_is_nobodys() -> None:
    limited, go = Limited(), threading.Event()

    def late() -> str:
        go.wait(ENOUGH)
        return "late"

    with pytest.raises(TookTooLong):
        limited.call(late, LIMIT)
    go.set()
    assert limited.call(lambda: "mine", ENOUGH) == "mine"
