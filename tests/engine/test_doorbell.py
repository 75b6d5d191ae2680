"""The doorbell merges bursts, and never omits the last change."""

import threading

from app.engine.doorbell import Doorbell

PATIENCE_SECONDS = 30


def test_a_burst_during_an_answer_is_one_more_answer_with_the_last_revision() -> None:
    answered: list[int] = []
    begun, go_on = threading.Event(), threading.Event()

    def answer(revision: int) -> None:
        answered.append(revision)
        begun.set()
        assert go_on.wait(PATIENCE_SECONDS)

    bell = Doorbell(answer)
    bell.start()
    bell.ring(1)
    assert begun.wait(PATIENCE_SECONDS)
    for revision in range(2, 501):
        bell.ring(revision)
    go_on.set()
    bell.stop()
    assert answered == [1, 500]


def test_what_was_rung_before_the_stop_is_answered() -> None:
    answered: list[int] = []
    bell = Doorbell(answered.append)
    bell.start()
    bell.ring(7)
    bell.stop()
    assert answered == [7]


def test_a_fresh_store_is_answered_from_its_first_revision_on() -> None:
    answered: list[int] = []
    begun = threading.Event()

    def answer(revision: int) -> None:
        answered.append(revision)
        begun.set()

    bell = Doorbell(answer)
    bell.start()
    bell.ring(60)
    assert begun.wait(PATIENCE_SECONDS)
    bell.begin_anew()
    bell.ring(1)
    bell.stop()
    assert answered == [60, 1]
