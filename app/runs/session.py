"""A command in a session of its own, with a pseudo-terminal that controls it, where it can be stopped.

The kernel lets a terminal stop (Ctrl-Z) only a process group whose parent is in the same session: so the
session is led by a small process of ours, as a shell leads one, and the command is its foreground group. When
the command is stopped, so is the leader, and who waits for that can see it; when the leader is continued, so
is the command.

See setsid(2), tcsetpgrp(3), and POSIX on orphaned process groups.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import FrameType
from typing import NoReturn

# `pipe_relay` is for what has no pseudo-terminals.
assert sys.platform != "win32"

_MOST_FILES = 1 << 16
_IGNORED = (signal.SIGTTOU, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGTSTP)


class Session:
    """Runs `command`, with the pseudo-terminal `terminal` as its stdin. Raises `OSError` when it cannot run.

    `pid` is the command's, `returncode` its exit code, or minus the number of the signal that ended it.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        terminal: int,
        out: int,
        err: int,
    ) -> None:
        self.returncode: int | None = None
        self._told, ours = os.pipe()
        self._leader = os.fork()
        if self._leader == 0:
            os.close(self._told)
            _lead(command, environment, (terminal, out, err), ours)
        os.close(ours)
        begun = self._read()
        if "errno" in begun:
            os.close(self._told)
            os.waitpid(self._leader, 0)
            raise OSError(begun["errno"], os.strerror(begun["errno"]), command[0])
        self.pid: int = begun["pid"]

    def poll(self) -> int | None:
        """How the command has ended; None while it has not."""
        return self.returncode if self.returncode is not None else self._reap(os.WNOHANG)

    def wait(self) -> int:
        """Wait for the command's end, and tell how it ended."""
        while self.returncode is None:
            self._reap(0)
        return self.returncode

    def is_stopped(self) -> bool:
        """Whether the command has been stopped since this was asked last."""
        if self.returncode is not None:
            return False
        # Not `waitid`, which would leave an end to be told later: Python has it on macOS only since 3.13.
        pid, status = os.waitpid(self._leader, os.WNOHANG | os.WUNTRACED)
        if pid and not os.WIFSTOPPED(status):
            self._end(status)
        return bool(pid) and os.WIFSTOPPED(status)

    def go_on(self) -> None:
        """Continue the stopped command."""
        with suppress(ProcessLookupError):
            os.kill(self._leader, signal.SIGCONT)

    def _reap(self, options: int) -> int | None:
        pid, status = os.waitpid(self._leader, options)
        if pid:
            self._end(status)
        return self.returncode

    def _end(self, status: int) -> None:
        ended = self._read()
        os.close(self._told)
        self.returncode = ended.get("code", os.waitstatus_to_exitcode(status))

    def _read(self) -> dict[str, int]:
        """What the leader says next; nothing when it was killed."""
        line = b""
        while not line.endswith(b"\n"):
            piece = os.read(self._told, 1)
            if not piece:
                return {}
            line += piece
        said: dict[str, int] = json.loads(line)
        return said


def _lead(
    command: Sequence[str], environment: Mapping[str, str], streams: tuple[int, int, int], told: int
) -> NoReturn:
    """Lead the session, in a process of its own, which ends with the command."""
    try:
        _run(command, environment, streams, told)
    finally:
        os._exit(1)


def _run(
    command: Sequence[str], environment: Mapping[str, str], streams: tuple[int, int, int], told: int
) -> None:
    terminal, out, err = streams
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    before = {number: signal.signal(number, signal.SIG_IGN) for number in _IGNORED}

    def begin() -> None:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        for number, handler in before.items():
            signal.signal(number, handler if handler == signal.SIG_IGN else signal.SIG_DFL)

    try:
        process = subprocess.Popen(  # noqa: S603 - to run it is what was asked for
            command,
            stdin=terminal,
            stdout=out,
            stderr=err,
            env=environment,
            preexec_fn=begin,  # noqa: PLW1509 - this process has one thread
        )
    except OSError as error:
        _say(told, {"errno": error.errno or 0})
        return

    def hang_up(_number: int, _frame: FrameType | None) -> None:
        # Of a terminal that is closed the kernel tells the leader alone.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGHUP)
            os.killpg(process.pid, signal.SIGCONT)

    signal.signal(signal.SIGHUP, hang_up)
    _close_all_but(terminal, told)
    _say(told, {"pid": process.pid})
    while True:
        _pid, status = os.waitpid(process.pid, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            break
        os.kill(os.getpid(), signal.SIGSTOP)
        with suppress(OSError):
            os.tcsetpgrp(terminal, process.pid)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGCONT)
    # With the leader's end the foreground group is hung up: what the command has left running is to stay.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with suppress(OSError):
        os.tcsetpgrp(terminal, os.getpgrp())
    _say(told, {"code": os.waitstatus_to_exitcode(status)})


def _say(told: int, message: dict[str, int]) -> None:
    with suppress(OSError):
        os.write(told, json.dumps(message).encode() + b"\n")


def _close_all_but(*kept: int) -> None:
    """Hold nothing open: whoever reads from a pipe waits for its last holder."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        if stream not in kept:
            os.dup2(nowhere, stream)
    begin = 3
    for fd in sorted(kept):
        os.closerange(begin, fd)
        begin = max(begin, fd + 1)
    os.closerange(begin, _MOST_FILES)
