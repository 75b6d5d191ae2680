"""Runs a command with the terminal as it was, and hears what it prints.

A stream of ours that is a terminal is one for the command, too: a pseudo-terminal, of the same size, to which
all that is typed is passed on; so it draws colours and menus as ever. Another stream stays what it is: stdin
itself, and pipes for stdout and stderr. Signals and the exit code pass through.

See pty(7), termios(3), and setsid(2) on how a terminal comes to control a session.
"""

import errno
import fcntl
import os
import select
import signal
import subprocess
import termios
import time
import tty
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

Heard = Callable[[bytes, str], None]
"""Is given each piece that was printed, and the name of its stream."""

TERMINAL, OUT, ERR = "terminal", "stdout", "stderr"
NOT_FOUND, NOT_RUNNABLE = 127, 126

_TICK_SECONDS = 0.05
_PIECE = 1 << 16
# What the command has started may hold its streams open for ever: so long they are read after its end.
_LINGER_SECONDS = 0.2
_FORWARDED = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)


class CannotRun(Exception):
    """The command cannot be started: a sentence, and the exit code that a shell gives then."""

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


class Relay:
    """Runs one command. `heard` is called with all that it prints, `tick` twenty times a second."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        heard: Heard,
        tick: Callable[[], None] = lambda: None,
    ) -> None:
        self._command = command
        self._environment = environment
        self._heard = heard
        self._tick = tick
        self._terminals = {name: os.isatty(fd) for fd, name in ((1, OUT), (2, ERR))}
        self._has_pty = any(self._terminals.values())
        self._types = self._has_pty and os.isatty(0)
        self._process: subprocess.Popen[bytes] | None = None
        self._sources: dict[int, tuple[str, int]] = {}
        self._master = -1

    def run(self) -> int:
        """Run it to its end. Its exit code, or less than 0: minus the number of the signal that ended it.

        Raises `CannotRun`.
        """
        with self._forwarding():
            self._start()
            with self._raw_terminal():
                self._pass_on()
        assert self._process is not None
        return self._process.wait()

    @property
    def pid(self) -> int | None:
        """The command's process."""
        return None if self._process is None else self._process.pid

    def _start(self) -> None:
        slave = -1
        if self._has_pty:
            self._master, slave = os.openpty()
            self._copy_size()
        streams: dict[str, Any] = {
            name: slave if is_terminal else subprocess.PIPE for name, is_terminal in self._terminals.items()
        }
        try:
            self._process = subprocess.Popen(  # noqa: S603 - to run it is what was asked for
                self._command,
                stdin=slave if self._types else None,
                env=self._environment,
                start_new_session=self._types,
                # It only asks the kernel, and takes no lock that a thread of ours may hold.
                preexec_fn=_control_terminal if self._types else None,  # noqa: PLW1509
                **streams,
            )
        except FileNotFoundError as error:
            raise CannotRun(f"{self._command[0]}: command not found.", NOT_FOUND) from error
        except OSError as error:
            raise CannotRun(f"{self._command[0]}: {error.strerror or error}.", NOT_RUNNABLE) from error
        finally:
            if slave >= 0:
                os.close(slave)
        if self._has_pty:
            self._sources[self._master] = (TERMINAL, 1 if self._terminals[OUT] else 2)
        for pipe, name, ours in ((self._process.stdout, OUT, 1), (self._process.stderr, ERR, 2)):
            if pipe is not None:
                self._sources[pipe.fileno()] = (name, ours)

    def _pass_on(self) -> None:
        assert self._process is not None
        ends_at: float | None = None
        types = self._types
        while self._sources:
            wanted = [*self._sources, *([0] if types else [])]
            ready, _, _ = select.select(wanted, [], [], _TICK_SECONDS)
            for source in ready:
                if source == 0:
                    types = self._type()
                else:
                    self._hear(source)
            self._tick()
            if ends_at is None and self._has_ended():
                ends_at = time.monotonic() + _LINGER_SECONDS
            if ends_at is not None and (time.monotonic() > ends_at or not ready):
                return

    def _hear(self, source: int) -> None:
        name, ours = self._sources[source]
        try:
            data = os.read(source, _PIECE)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            # Linux says so that the last program has closed the terminal.
            data = b""
        if not data:
            del self._sources[source]
            return
        if not _write(ours, data):
            # Our reader has gone (`… | head`): the command is to notice that as it always does.
            os.close(source)
            del self._sources[source]
        self._heard(data, name)

    def _type(self) -> bool:
        """Pass on what was typed; False when nothing more can be."""
        data = os.read(0, _PIECE)
        if data:
            _write(self._master, data)
        return bool(data)

    def _has_ended(self) -> bool:
        """Whether the command has ended. While it is stopped (Ctrl-Z), so is this process."""
        assert self._process is not None
        if self._process.poll() is not None:
            return True
        if self._types and _is_stopped(self._process.pid):
            self._stop_too()
        return False

    def _stop_too(self) -> None:
        assert self._process is not None
        with self._cooked_terminal():
            os.kill(os.getpid(), signal.SIGSTOP)
        self._copy_size()
        os.killpg(self._process.pid, signal.SIGCONT)

    @contextmanager
    def _raw_terminal(self) -> Iterator[None]:
        """Our terminal passes on every key: the command's own makes of it what it wants."""
        if not self._types:
            yield
            return
        self._saved = termios.tcgetattr(0)
        tty.setraw(0, termios.TCSADRAIN)
        try:
            yield
        finally:
            termios.tcsetattr(0, termios.TCSADRAIN, self._saved)

    @contextmanager
    def _cooked_terminal(self) -> Iterator[None]:
        termios.tcsetattr(0, termios.TCSADRAIN, self._saved)
        try:
            yield
        finally:
            tty.setraw(0, termios.TCSADRAIN)

    @contextmanager
    def _forwarding(self) -> Iterator[None]:
        """Signals go to the command, which decides what they mean; a terminal sends Ctrl-C to it itself."""

        def forward(number: int, _frame: FrameType | None) -> None:
            if self._process is not None and self._process.returncode is None:
                with suppress(ProcessLookupError):
                    os.kill(self._process.pid, number)

        def leave(_number: int, _frame: FrameType | None) -> None:
            pass

        def resize(_number: int, _frame: FrameType | None) -> None:
            self._copy_size()

        handlers: dict[int, Callable[[int, FrameType | None], None]] = dict.fromkeys(_FORWARDED, forward)
        # The terminal sends Ctrl-C to us and the command alike, unless the command has its own.
        handlers[signal.SIGINT] = forward if self._types or not os.isatty(0) else leave
        handlers[signal.SIGWINCH] = resize
        before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _copy_size(self) -> None:
        if self._master < 0:
            return
        for ours in (1, 2, 0):
            if os.isatty(ours):
                size = fcntl.ioctl(ours, termios.TIOCGWINSZ, b"\0" * 8)
                with suppress(OSError):
                    fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)
                return


def _control_terminal() -> None:
    """In the child: the pseudo-terminal, its stdin, controls its session."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _is_stopped(pid: int) -> bool:
    """Whether a child has been stopped, without taking its end from who waits for that."""
    found = os.waitid(os.P_PID, pid, os.WSTOPPED | os.WNOHANG)
    return found is not None and found.si_code == os.CLD_STOPPED


def _write(fd: int, data: bytes) -> bool:
    """Write all of it; False when its reader has gone."""
    view = memoryview(data)
    while view:
        try:
            view = view[os.write(fd, view) :]
        except BrokenPipeError:
            return False
        except BlockingIOError:
            select.select([], [fd], [])
    return True
