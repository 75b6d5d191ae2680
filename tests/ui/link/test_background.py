"""Work off the UI thread: its result is delivered on the right thread, or not at all."""

import threading
from concurrent.futures import Future
from typing import Any

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from tests.ui.outcomes import never
from ui.link.background import Background, Interrupted, Interruption, Ticket


def test_the_result_arrives_on_the_thread_that_asked(background: Background, qtbot: QtBot) -> None:
    here = threading.current_thread()
    seen: list[Any] = []
    background.run(
        threading.current_thread, lambda worked_on: seen.append((worked_on, QThread.currentThread()))
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] is not here
    assert seen[0][1] is background.thread()


def test_an_error_goes_to_its_handler(background: Background, qtbot: QtBot) -> None:
    errors: list[BaseException] = []
    background.run(lambda: 1 // 0, never, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)


def test_an_error_without_a_handler_is_raised() -> None:
    future: Future[None] = Future()
    future.set_exception(KeyError("ours"))
    with pytest.raises(KeyError, match="ours"):
        Ticket(never, None).deliver(future)


def test_a_cancelled_result_never_arrives(background: Background, qtbot: QtBot) -> None:
    go_on = threading.Event()
    arrived: list[str] = []
    running = background.run(go_on.wait, lambda _result: arrived.append("cancelled while it ran"))
    background.run(go_on.wait, lambda _result: arrived.append("first"))
    waiting = background.run(lambda: None, lambda _result: arrived.append("cancelled before it began"))
    running.cancel()
    waiting.cancel()
    go_on.set()
    background.run(lambda: None, lambda _result: arrived.append("last"))
    qtbot.waitUntil(lambda: "last" in arrived and "first" in arrived)
    assert sorted(arrived) == ["first", "last"]


def test_stopping_waits_for_what_has_begun(qtbot: QtBot) -> None:
    threads = Background(threads=1)
    begun, ended = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        ended.set()

    threads.run(work, never)
    assert begun.wait(5)
    threads.stop()
    assert ended.is_set()


def test_work_requested_after_stop_is_dropped(qtbot: QtBot) -> None:
    threads = Background(threads=1)
    threads.stop()
    begun = threading.Event()
    assert threads.run(begun.set, never, never).cancelled
    assert not begun.is_set()


def test_cancelling_stops_what_can_be_interrupted(background: Background, qtbot: QtBot) -> None:
    began, stopped = threading.Event(), threading.Event()
    interruption = Interruption()

    def work() -> None:
        with interruption.by(stopped.set):
            began.set()
            stopped.wait()

    ticket = background.run(work, never, interruption=interruption)
    assert began.wait(60)
    ticket.cancel()
    assert stopped.wait(60)


def test_what_is_over_is_not_interrupted() -> None:
    interruption = Interruption()
    stops: list[str] = []
    with interruption.by(lambda: stops.append("it")):
        pass
    interruption.request()
    assert stops == []
    with pytest.raises(Interrupted), interruption.by(lambda: stops.append("it")):
        stops.append("never begun")
    assert stops == []
