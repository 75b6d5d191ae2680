"""Runs a command with the terminal as it was, and hands what it prints to a `Feed`.

A stream of ours that is a terminal is one for the command, too: a pseudo-terminal, of the same size, to which
all that is typed is passed on; so it draws colours and menus as ever. Another stream stays what it is: stdin
itself, and pipes for stdout and stderr. Signals and the exit code pass through.

In a pipeline (`… | less`) and in the background the keys are not ours to take: there the command has our own
terminal as its stdin, and its Ctrl-C and Ctrl-Z.

See pty(7) and termios(3); `session` has the command's own session.
"""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from types import FrameType

import psutil

from app.runs import session, terminal
from app.runs.cannot_run import NOT_FOUND, NOT_RUNNABLE, CannotRun
from app.runs.feed import Feed

# `pipe_relay` is for what has no pseudo-terminals.
assert sys.platform != "win32"

_Process = session.Session | subprocess.Popen[bytes]

TERMINAL, OUT, ERR = "terminal", "stdout", "stderr"

TICK_SECONDS = 0.05
KILL_SECONDS = 5.0
_PIECE = 1 << 16
# What the command has started may hold its streams open for ever: after its end, what a pipe holds is read.
_MOST_HELD_BY_A_PIPE = 1 << 20
_MOST_TYPED_AHEAD = 1 << 16
_FORWARDED = (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2)
_FROM_THE_TERMINAL = (signal.SIGINT, signal.SIGQUIT)


class Relay:
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
        self._terminals = {name: os.isatty(fd) for fd, name in ((1, OUT), (2, ERR))}
        self._has_pty = any(self._terminals.values())
        self._types = os.isatty(0) and self._terminals[OUT] and terminal.is_in_foreground()
        self._process: _Process | None = None
        self._sources: dict[int, tuple[str, int]] = {}
        self._pseudo = -1
        self._typed = b""
        self._settings: list[object] = []
        self._looked_at = 0.0
        self._kill_at: float | None = None
        self.was_ended = False

    def run(self) -> int:
        """Run it to its end. Its exit code, or less than 0: minus the number of the signal that ended it.

        Raises `CannotRun`.
        """
        with ExitStack() as stack:
            stack.enter_context(self._forwarding())
            stack.callback(self._close)
            process = self._start()
            if self._types:
                self._settings = stack.enter_context(terminal.passing_keys())
            self._pass_on(process)
        return process.wait()

    def _start(self) -> _Process:
        theirs: dict[str, int] = {}
        if self._has_pty:
            self._pseudo, theirs[TERMINAL] = terminal.open_pair(is_controlling=self._types)
            self._sources[self._pseudo] = (TERMINAL, 1 if self._terminals[OUT] else 2)
        for name, ours in ((OUT, 1), (ERR, 2)):
            if not self._terminals[name]:
                source, theirs[name] = os.pipe()
                self._sources[source] = (name, ours)
        pseudo = theirs.get(TERMINAL, -1)
        out, err = theirs.get(OUT, pseudo), theirs.get(ERR, pseudo)
        process: _Process
        try:
            if self._types:
                process = session.Session(self._command, self._environment, pseudo, out, err)
            else:
                process = subprocess.Popen(  # noqa: S603 - to run it is what was asked for
                    self._command, env=self._environment, stdout=out, stderr=err
                )
        except FileNotFoundError as error:
            raise CannotRun(f"{self._command[0]}: command not found.", NOT_FOUND) from error
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise CannotRun(f"{self._command[0]}: {why}.", NOT_RUNNABLE) from error
        finally:
            for end in theirs.values():
                os.close(end)
        self._process = process
        return process

    def _close(self) -> None:
        for source in tuple(self._sources):
            self._forget(source)

    def _forget(self, source: int) -> None:
        del self._sources[source]
        os.close(source)
        if source == self._pseudo:
            self._pseudo = -1

    def _pass_on(self, process: _Process) -> None:
        """Pass on what is printed and typed, until nothing is left of it, or the command has ended."""
        left: int | None = None
        keys = [0] if self._types else []
        while self._sources:
            has_room = len(self._typed) < _MOST_TYPED_AHEAD
            takers = [self._feed.fileno()] if self._feed.is_behind else []
            if self._typed and self._pseudo >= 0:
                takers.append(self._pseudo)
            wait = TICK_SECONDS if left is None else 0.0
            ready, free, _ = select.select([*self._sources, *(keys if has_room else [])], takers, [], wait)
            heard = 0
            for source in ready:
                if source == 0 and keys:
                    keys = keys if self._type() else []
                elif source in self._sources:
                    heard += self._hear(source)
            if self._pseudo in free:
                self._hand_over_typed()
            if self._feed.is_behind:
                self._feed.flush()
            if left is not None:
                left -= heard
                if not heard or left <= 0:
                    return
            elif self._has_ended(process):
                left = _MOST_HELD_BY_A_PIPE

    def _hear(self, source: int) -> int:
        """Pass on a piece of what was printed; how much it was."""
        name, ours = self._sources[source]
        try:
            data = os.read(source, _PIECE)
        except BlockingIOError:
            return 0
        except OSError:
            # Linux says so (EIO) when the last program has closed the terminal.
            data = b""
        if not data:
            self._forget(source)
            return 0
        if not _write(ours, data):
            # Our reader has gone (`… | head`): the command is to notice that as it always does.
            self._forget(source)
        self._feed.take(data, name, time.time())
        return len(data)

    def _type(self) -> bool:
        """Take what was typed; False when nothing more can be."""
        try:
            data = os.read(0, _PIECE)
        except OSError:
            return False
        self._typed += data
        self._hand_over_typed()
        return bool(data)

    def _hand_over_typed(self) -> None:
        """Pass on what was typed, as far as the command's terminal takes it now."""
        with suppress(OSError):
            while self._typed and self._pseudo >= 0:
                self._typed = self._typed[os.write(self._pseudo, self._typed) :]

    def _has_ended(self, process: _Process) -> bool:
        """Whether the command has ended. While it is stopped (Ctrl-Z), so is this process."""
        now = time.monotonic()
        if now < self._looked_at + TICK_SECONDS:
            return False
        self._looked_at = now
        if process.poll() is not None:
            return True
        if isinstance(process, session.Session) and process.is_stopped():
            self._stop_too(process)
        self._end_in_time(process, now)
        return False

    def _end_in_time(self, process: _Process, now: float) -> None:
        """When it is over, end the command and what it has started; kill what does not end."""
        if self._kill_at is None:
            if self._is_over is not None and self._is_over():
                self.was_ended = True
                self._kill_at = now + KILL_SECONDS
                _signal_all(process.pid, signal.SIGTERM)
        elif now > self._kill_at:
            self._kill_at = float("inf")
            _signal_all(process.pid, signal.SIGKILL)

    def _stop_too(self, process: session.Session) -> None:
        with terminal.as_before(self._settings):
            os.kill(os.getpid(), signal.SIGSTOP)
        terminal.copy_size(self._pseudo)
        process.go_on()

    @contextmanager
    def _forwarding(self) -> Iterator[None]:
        """Signals go to the command, which decides what they mean; a terminal sends Ctrl-C to it itself."""

        def forward(number: int, _frame: FrameType | None) -> None:
            process = self._process
            if process is not None and process.returncode is None:
                with suppress(ProcessLookupError):
                    os.kill(process.pid, number)

        def typed(number: int, frame: FrameType | None) -> None:
            # With a terminal of its own the command gets what is typed there, and we get only what was sent
            # to us.
            if self._types or not terminal.is_in_foreground():
                forward(number, frame)

        def resize(number: int, frame: FrameType | None) -> None:
            if self._pseudo >= 0:
                terminal.copy_size(self._pseudo)
                if not self._types:
                    forward(number, frame)

        handlers: dict[int, Callable[[int, FrameType | None], None]] = dict.fromkeys(_FORWARDED, forward)
        handlers |= dict.fromkeys(_FROM_THE_TERMINAL, typed)
        handlers[signal.SIGWINCH] = resize
        before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _signal_all(pid: int, number: int) -> None:
    """Send a signal to a process and to all that it has started."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for each in [process, *process.children(recursive=True)]:
            with suppress(psutil.Error):
                each.send_signal(number)


def _write(fd: int, data: bytes) -> bool:
    """Write all of it; False when its reader, or the terminal, has gone."""
    view = memoryview(data)
    while view:
        try:
            view = view[os.write(fd, view) :]
        except BlockingIOError:
            select.select([], [fd], [])
        except OSError:
            return False
    return True
