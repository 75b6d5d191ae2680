"""The doorbell: at most ten times a second, and never silent about the last change."""

import threading

from app.engine.doorbell import Doorbell


def test_a_burst_is_merged_and_the_last_revision_is_told() -> None:
    heard: list[int] = []
    told = threading.Event()

    def answer(revision: int) -> None:
        heard.append(revision)
        if revision == 500:
            told.set()

    bell = Doorbell(answer)
    bell.start()
    for revision in range(1, 501):
        bell.ring(revision)
    assert told.wait(5)
    bell.stop()
    assert len(heard) < 10
    assert heard == sorted(set(heard))


def test_what_was_rung_before_the_stop_is_told() -> None:
    heard: list[int] = []
    bell = Doorbell(heard.append)
    bell.start()
    bell.ring(7)
    bell.stop()
    assert heard == [7]


def test_a_fresh_store_is_heard_from_its_first_revision_on() -> None:
    heard: list[int] = []
    told = threading.Event()

    def answer(revision: int) -> None:
        heard.append(revision)
        told.set()

    bell = Doorbell(answer)
    bell.start()
    bell.ring(60)
    assert told.wait(5)
    bell.begin_anew()
    bell.ring(1)
    bell.stop()
    assert heard == [60, 1]
