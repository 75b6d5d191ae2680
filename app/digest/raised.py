"""What listeners raised, until it is written down: once for each listener, place and error of a batch."""

import logging
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from app.digest.limited import TookTooLong
from app.store.listener_failures import NewFailure

log = logging.getLogger(__name__)

MOST = 100
LONGEST_ERROR = 500


class Raised:
    """Remembers failures of the code in `file`. `clock` gives microseconds since 1970."""

    def __init__(self, file: Path | None, clock: Callable[[], int] = lambda: time.time_ns() // 1_000) -> None:
        self._file = file
        self._clock = clock
        self._failures: dict[tuple[str, str, str], NewFailure] = {}

    def note(
        self, listener: str, error: Exception, act: Callable[..., object] | None, consequence: str = ""
    ) -> None:
        """`listener`, which is `act` if that could be loaded, has failed, with that `consequence` for it."""
        theirs = self._theirs(error.__traceback__)
        words = traceback.format_exception_only(error)[-1].strip()[:LONGEST_ERROR]
        stack = traceback.extract_tb(theirs)
        if isinstance(error, TookTooLong):
            words = str(error)
            stack = self._from_theirs(error.stack)
        text = "".join(traceback.format_exception(type(error), error, theirs))
        if isinstance(error, TookTooLong):
            text = "".join(("Where it was then (most recent call last):\n", *stack.format(), words, "\n"))
        self._add(listener, self._place(error, stack, act), words + consequence, text)

    def note_slow(self, listener: str, seconds: float, act: Callable[..., object]) -> None:
        """`listener` took its time, and the digest waited."""
        words = f"It took {seconds:.1f} s: the digest waits for it"
        self._add(listener, self._definition(act), words, words + ".\n")

    def take(self) -> list[NewFailure]:
        """What was noted since it was taken last."""
        taken, self._failures = list(self._failures.values()), {}
        return taken

    def _add(self, listener: str, place: str, error: str, text: str) -> None:
        key = (listener, place, error)
        if key not in self._failures and len(self._failures) < MOST:
            log.error("The listener %s failed at %s: %s", *key)
            self._failures[key] = NewFailure(
                at=self._clock(), listener=listener, place=place, error=error, traceback=text
            )

    def _theirs(self, raised: TracebackType | None) -> TracebackType | None:
        """The traceback from their first line on; ours, which called it, helps nobody."""
        inner = raised
        while inner is not None:
            if inner.tb_frame.f_code.co_filename == str(self._file):
                return inner
            inner = inner.tb_next
        return raised

    def _from_theirs(self, stack: traceback.StackSummary) -> traceback.StackSummary:
        first = next((n for n, frame in enumerate(stack) if frame.filename == str(self._file)), 0)
        return traceback.StackSummary.from_list(stack[first:])

    def _place(
        self, error: Exception, stack: traceback.StackSummary, act: Callable[..., object] | None
    ) -> str:
        """The last line of their file that was being run, as file:line; else where the function begins."""
        if isinstance(error, SyntaxError) and error.filename == str(self._file):
            return f"{error.filename}:{error.lineno}"
        line = next((frame.lineno for frame in reversed(stack) if frame.filename == str(self._file)), None)
        return self._definition(act) if line is None else f"{self._file}:{line}"

    def _definition(self, act: Callable[..., object] | None) -> str:
        code = getattr(act, "__code__", None)
        if code is None or code.co_filename != str(self._file):
            return str(self._file)
        return f"{self._file}:{code.co_firstlineno}"
