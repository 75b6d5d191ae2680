"""Runs a command without a pseudo-terminal, as on Windows, and hands what it prints to a `Feed`.

What the command prints comes by pipes, which a thread each reads: `select` knows no pipes there. Its stdin is
ours, so keys and Ctrl-C reach it as ever. It sees that its output is no terminal, and may print without
colours, or draw no menus; Python is told to hold nothing back.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from queue import Empty, Queue
from threading import Event, Thread
from typing import IO

from app.platforms import processes
from app.runs.cannot_run import NOT_FOUND, NOT_RUNNABLE, CannotRun
from app.runs.feed import Feed

OUT, ERR = "stdout", "stderr"
TICK_SECONDS = 0.05
_PIECE = 1 << 16
# So many pieces may wait: then the pipe fills, and the command waits, as it would for a slow terminal.
_MOST_WAITING = 16
# What the command has started may hold its pipes open for ever: so long they are read after its end.
_LINGER_SECONDS = 1.0
# More than may wait here and in the pipes when the command ends.
_MOST_AFTER_THE_END = 4 << 20
_UNBUFFERED = "PYTHONUNBUFFERED"


class PipeRelay:
    """Runs one command.

    `is_over` is asked twenty times a second whether to end the command; `was_ended` tells whether it was.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        feed: Feed,
        *,
        is_over: Callable[[], bool] | None = None,
    ) -> None:
        self._command = command
        self._environment = environment
        self._feed = feed
        self._is_over = is_over
        self._printed: Queue[tuple[bytes, _Pipe]] = Queue(_MOST_WAITING)
        self.was_ended = False

    def run(self) -> int:
        """Run it to its end; its exit code. Raises `CannotRun`."""
        with _leaving_ctrl_c():
            process = self._start()
            assert process.stdout is not None
            assert process.stderr is not None
            # Each thread closes its own pipe: one that is being read cannot be closed on Windows.
            pipes = [
                _Pipe(process.stdout, OUT, 1, self._printed),
                _Pipe(process.stderr, ERR, 2, self._printed),
            ]
            try:
                self._pass_on(process, pipes)
            finally:
                for pipe in pipes:
                    pipe.let_go()
            return process.wait()

    def _start(self) -> "subprocess.Popen[bytes]":
        environment = dict(self._environment)
        if os.isatty(1) or os.isatty(2):
            environment.setdefault(_UNBUFFERED, "1")
        # As a shell of Windows finds it: scripts such as npm.cmd, too.
        program = shutil.which(self._command[0], path=environment.get("PATH"))
        if program is None:
            raise CannotRun(f"{self._command[0]}: command not found.", NOT_FOUND)
        try:
            return subprocess.Popen(  # noqa: S603 - to run it is what was asked for
                [program, *self._command[1:]],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment,
                bufsize=0,
            )
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise CannotRun(f"{self._command[0]}: {why}.", NOT_RUNNABLE) from error

    def _pass_on(self, process: "subprocess.Popen[bytes]", pipes: "list[_Pipe]") -> None:
        """Pass on what is printed, until nothing is left of it, or the command has ended."""
        left: int | None = None
        wait = TICK_SECONDS
        while not (self._printed.empty() and all(pipe.has_ended.is_set() for pipe in pipes)):
            try:
                data, pipe = self._printed.get(timeout=wait)
            except Empty:
                if left is not None:
                    return
            else:
                pipe.pass_on(data)
                self._feed.take(data, pipe.name, time.time())
                left = None if left is None else left - len(data)
            self._feed.flush()
            if left is not None and left <= 0:
                return
            if left is None and process.poll() is not None:
                left, wait = _MOST_AFTER_THE_END, _LINGER_SECONDS
            self._end_in_time(process)

    def _end_in_time(self, process: "subprocess.Popen[bytes]") -> None:
        """When it is over, end the command and what it has started: Windows asks no program to end."""
        if self._is_over is not None and not self.was_ended and self._is_over():
            self.was_ended = True
            processes.kill_group(process, has_groups=False)


class _Pipe:
    """One pipe of the command, with the thread that reads it, and our own stream `ours`."""

    def __init__(self, pipe: IO[bytes], name: str, ours: int, printed: "Queue[tuple[bytes, _Pipe]]") -> None:
        self.name = name
        self.has_ended = Event()
        self._pipe, self._ours, self._printed = pipe, ours, printed
        self._is_wanted = True
        Thread(target=self._read, name=f"run-{name}", daemon=True).start()

    def pass_on(self, data: bytes) -> None:
        """Write a piece to our own stream, if that is still read."""
        view = memoryview(data)
        try:
            while view and self._is_wanted:
                view = view[os.write(self._ours, view) :]
        except OSError:
            # Our reader has gone (`… | more`): the command is to notice that as it always does.
            self._is_wanted = False

    def let_go(self) -> None:
        """Read no more: what still comes is nobody's."""
        self._is_wanted = False
        while not self._printed.empty():
            self._printed.get_nowait()

    def _read(self) -> None:
        try:
            while self._is_wanted and (data := os.read(self._pipe.fileno(), _PIECE)):
                self._printed.put((data, self))
        except OSError:
            # It was closed at our end.
            pass
        finally:
            self._pipe.close()
            self.has_ended.set()


@contextmanager
def _leaving_ctrl_c() -> Iterator[None]:
    """A console sends Ctrl-C to us and to the command alike, which decides what it means."""
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
