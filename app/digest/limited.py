"""Calls what others wrote, for so long and no longer, in a thread of its own.

A thread, not a signal: it works on every platform, wherever the digest runs, whatever the other waits for.
One that takes too long is left behind. It is told to end, which a loop of Python's obeys; what hangs in a
call of the system stays until the process ends, and costs nothing but memory.
"""

import ctypes
import sys
import threading
import traceback
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple


class TookTooLong(Exception):
    """The call is left behind; `stack` tells where it was then, the outermost call first."""

    def __init__(self, seconds: float, stack: traceback.StackSummary) -> None:
        super().__init__(f"It took longer than {seconds:g} s, and was left behind")
        self.stack = stack


class _LeftBehind(BaseException):
    """Ends a thread that nobody waits for."""


class _Answer(NamedTuple):
    result: Any
    error: Exception | None


Calls = SimpleQueue[Callable[[], Any] | None]
Answers = SimpleQueue[_Answer]


class Limited:
    """Owns a thread, made when it is first needed."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._calls: Calls = SimpleQueue()
        self._answers: Answers = SimpleQueue()

    def call(self, act: Callable[[], Any], seconds: float) -> Any:
        """What `act` returns or raises. Raises `TookTooLong` when it does neither in time."""
        thread = self._thread or self._begin()
        self._calls.put(act)
        try:
            answer = self._answers.get(timeout=seconds)
        except Empty:
            stack = traceback.extract_stack(sys._current_frames().get(thread.ident or 0))
            self._leave_behind(thread)
            raise TookTooLong(seconds, stack) from None
        if answer.error is not None:
            raise answer.error
        return answer.result

    def _begin(self) -> threading.Thread:
        self._calls, self._answers = SimpleQueue(), SimpleQueue()
        arguments = (self._calls, self._answers)
        self._thread = threading.Thread(target=_work, args=arguments, name="listeners", daemon=True)
        self._thread.start()
        return self._thread

    def _leave_behind(self, thread: threading.Thread) -> None:
        self._calls.put(None)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident or 0), ctypes.py_object(_LeftBehind)
        )
        self._thread = None


def _work(calls: Calls, answers: Answers) -> None:
    try:
        while (act := calls.get()) is not None:
            answers.put(_answer(act))
    except _LeftBehind:
        # It came to its end by itself at the very moment it was left behind.
        return


def _answer(act: Callable[[], Any]) -> _Answer:
    try:
        return _Answer(act(), None)
    except Exception as error:  # noqa: BLE001 - it is raised again by `call`
        return _Answer(None, error)
    except BaseException as error:  # noqa: BLE001 - others' code may even ask the process to exit: it may not
        raised = RuntimeError(f"It raised {error!r}")
        return _Answer(None, raised.with_traceback(error.__traceback__))
