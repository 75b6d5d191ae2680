"""Few calls for many requests, one at a time, and the last request is never lost."""

import random

import pytest
from pytestqt.qtbot import QtBot

from ui.link.throttle import Throttle


class Work:
    """Work that the test finishes."""

    def __init__(self, pause_ms: int) -> None:
        self.calls = 0
        self.throttle = Throttle(self._act, pause_ms)

    def _act(self) -> None:
        self.calls += 1


@pytest.fixture
def work(qtbot: QtBot) -> Work:
    return Work(0)


@pytest.fixture
def unhurried(qtbot: QtBot) -> Work:
    """Work with a pause that no test outlasts."""
    return Work(3_600_000)


def test_the_first_request_is_carried_out_at_once(work: Work) -> None:
    work.throttle.request()
    assert work.calls == 1
    assert work.throttle.is_working


def test_a_burst_during_a_call_is_one_more_call_after_the_pause(work: Work, qtbot: QtBot) -> None:
    for _request in range(100):
        work.throttle.request()
    assert work.calls == 1
    work.throttle.finished()
    assert work.calls == 1, "the pause comes first"
    qtbot.waitUntil(lambda: work.calls == 2)
    work.throttle.finished()
    with qtbot.waitSignal(work.throttle._pause.timeout):
        pass
    assert work.calls == 2, "nothing was requested since"


def test_a_burst_within_the_pause_is_one_more_call(work: Work, qtbot: QtBot) -> None:
    work.throttle.request()
    work.throttle.finished()
    for _request in range(100):
        work.throttle.request()
    assert work.calls == 1
    qtbot.waitUntil(lambda: work.calls == 2)


def test_a_person_need_not_wait_for_the_pause(unhurried: Work) -> None:
    unhurried.throttle.request()
    unhurried.throttle.request_now()
    assert unhurried.calls == 1, "one at a time"
    unhurried.throttle.finished()
    unhurried.throttle.request()
    unhurried.throttle.request_now()
    assert unhurried.calls == 2
    unhurried.throttle.finished()
    assert unhurried.calls == 2, "what was requested in the pause is done"


def test_a_forgotten_request_is_not_carried_out(work: Work, qtbot: QtBot) -> None:
    work.throttle.request()
    work.throttle.request()
    work.throttle.forget()
    work.throttle.finished()
    with qtbot.waitSignal(work.throttle._pause.timeout):
        pass
    assert work.calls == 1


def test_a_stopped_throttle_does_nothing(work: Work) -> None:
    work.throttle.request()
    work.throttle.stop()
    work.throttle.finished()
    work.throttle.request()
    work.throttle.request_now()
    assert work.calls == 1
    assert not work.throttle._pause.isActive()


@pytest.mark.parametrize("seed", range(20))
def test_after_any_history_the_last_request_is_carried_out(seed: int, work: Work, qtbot: QtBot) -> None:
    chance = random.Random(seed)
    carried_out_at_request = 0
    for _step in range(100):
        match chance.randrange(3):
            case 0:
                before = work.calls
                work.throttle.request()
                carried_out_at_request = work.calls if work.calls > before else before + 1
            case 1:
                work.throttle.finished()
            case _ if work.throttle._pause.isActive():
                with qtbot.waitSignal(work.throttle._pause.timeout):
                    pass

    def is_done() -> bool:
        work.throttle.finished()
        return work.calls >= carried_out_at_request

    qtbot.waitUntil(is_done)
