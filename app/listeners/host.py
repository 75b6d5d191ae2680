"""Owns the process of `listeners.py`: starts it, sends requests, kills it when it does not answer.

The time limit holds whatever the process does: it is killed, with all that it has started. Before that it is
made to dump its stack; `faulthandler` does so from C, even while a regular expression or another call holds
the interpreter. `ProcessEnded` says how and where it ended.
"""

import linecache
import multiprocessing
import os
import re
import signal
import socket
import struct
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.context import SpawnProcess
from multiprocessing.util import Finalize
from pathlib import Path

import msgspec

from app import platforms
from app.listeners import process
from app.listeners.frames import Answer, Calling, Done, Ready, Request, answers, encode
from app.platforms.pipe_end import PipeEnd

START_SECONDS = 60.0
STEP_SECONDS = 0.1
# On a machine that is too busy to run it, a call may take this multiple of its limit.
MOST_PATIENCE = 6
DUMP_SECONDS = 1.0
DUMP_QUIET_SECONDS = 0.1
LARGEST_FRAME_BYTES = 256 << 20
LARGEST_DUMP_BYTES = 256 << 10

_DUMPED_FRAME = re.compile(r'^  File "(.*)", line (\d+) in (.+)$', re.MULTILINE)


class CannotStartProcess(Exception):
    """The process cannot be started: there is no memory, no descriptor, or the like."""


class ProcessEnded(Exception):
    """The process ended before it answered, or hung and was killed.

    `stack` is its last stack, the outermost call first, as far as that is known.
    """

    def __init__(self, text: str, *, is_hang: bool, stack: traceback.StackSummary) -> None:
        super().__init__(text)
        self.is_hang = is_hang
        self.stack = stack


class ListenerProcess:
    """A process that runs. Raises `CannotStartProcess`."""

    def __init__(self, *, limit_seconds: float, slow_seconds: float) -> None:
        self.calling: Calling | None = None
        self._limit_seconds = limit_seconds
        spawn = multiprocessing.get_context("spawn")
        try:
            self._pipe, its_pipe = spawn.Pipe()
            _limit(self._pipe, limit_seconds)
            self._dump, its_dump = spawn.Pipe(duplex=False)
            self._process = spawn.Process(
                target=process.run, args=(its_pipe, its_dump, slow_seconds), name="listeners", daemon=True
            )
            self._process.start()
        except (OSError, MemoryError) as error:
            raise CannotStartProcess(f"The process of listeners.py cannot be started: {error}") from error
        its_pipe.close()
        its_dump.close()
        # At exit, multiprocessing would terminate the child politely and wait for it: kill it before that.
        self._end = Finalize(self, _end, args=(self._process, self._pipe, self._dump), exitpriority=10)
        try:
            ready = self._receive(START_SECONDS)
        except ProcessEnded as error:
            self.end()
            raise CannotStartProcess(f"The process of listeners.py did not start: {error}") from error
        if not isinstance(ready[0], Ready):
            self.end()
            raise CannotStartProcess("The process of listeners.py did not start: it said something else")

    def ask(self, request: Request) -> Iterator[Answer]:
        """Send a request; yields the answers as they arrive, the last one being `Done`.

        The caller must consume all of them. Raises `ProcessEnded`; after that, no request can be sent.
        """
        self.calling = None
        self._send(encode(request))
        while True:
            for answer in self._receive(self._limit_seconds):
                if isinstance(answer, Calling):
                    self.calling = answer
                yield answer
                if isinstance(answer, Done):
                    return

    def end(self) -> None:
        """Kill it, with all that it has started."""
        self._end()

    def _send(self, frame: bytes) -> None:
        try:
            self._pipe.send_bytes(frame)
        except BlockingIOError as error:
            # It does not read: threads of the file hold its interpreter, or a signal has stopped it.
            raise self._hung(self._limit_seconds) from error
        except OSError:
            # It has ended; `_receive` reports that.
            return

    def _receive(self, seconds: float) -> tuple[Answer, ...]:
        self._wait(seconds)
        try:
            return answers(self._pipe.recv_bytes(LARGEST_FRAME_BYTES))
        except BlockingIOError as error:
            raise self._killed("It wrote a part of an answer, and no more") from error
        except (EOFError, OSError) as error:
            raise self._ended() from error
        except msgspec.MsgspecError as error:
            raise self._killed("It wrote into a pipe that is not its own") from error

    def _wait(self, seconds: float) -> None:
        waited, step = 0.0, min(STEP_SECONDS, seconds / 3)
        began = time.monotonic()
        unscheduled = None
        while not self._pipe.poll(step):
            # Its own children may hold the pipe open.
            if not self._process.is_alive() and not self._pipe.poll(0):
                raise self._ended()
            now = time.monotonic()
            # If this process was suspended, the other one may have been, too.
            waited += min(now - began, 3 * step)
            began = now
            if unscheduled is None:
                unscheduled = _unscheduled_seconds(self._process.pid)
            if waited < seconds:
                continue
            # Time spent waiting for a processor does not count.
            starved = _unscheduled_seconds(self._process.pid) - unscheduled
            if waited - starved >= seconds or waited >= MOST_PATIENCE * seconds:
                raise self._hung(seconds)

    def _hung(self, seconds: float) -> ProcessEnded:
        if process.DUMP_STACK is not None and self._process.pid is not None:
            with suppress(OSError):
                os.kill(self._process.pid, process.DUMP_STACK)
        return self._killed(f"It took longer than {seconds:g} s, and was killed", is_hang=True)

    def _killed(self, text: str, *, is_hang: bool = False) -> ProcessEnded:
        stack = _stack(self._read_dump(patient=is_hang))
        self.end()
        return ProcessEnded(text, is_hang=is_hang, stack=stack)

    def _ended(self) -> ProcessEnded:
        self._process.join(DUMP_SECONDS)
        code = self._process.exitcode
        stack = _stack(self._read_dump(patient=False))
        self.end()
        return ProcessEnded(f"It ended the process of listeners.py: {_how(code)}", is_hang=False, stack=stack)

    def _read_dump(self, *, patient: bool) -> str:
        """What it wrote into the dump; with `patient`, wait until it has."""
        dump, give_up = b"", time.monotonic() + DUMP_SECONDS
        wait = DUMP_SECONDS if patient else 0
        with suppress(OSError, EOFError):
            while time.monotonic() < give_up and len(dump) < LARGEST_DUMP_BYTES and self._dump.poll(wait):
                part = os.read(self._dump.fileno(), 1 << 16)
                if not part:
                    break
                dump += part
                wait = DUMP_QUIET_SECONDS if patient else 0
        return dump.decode("ascii", "backslashreplace")


def _unscheduled_seconds(pid: int | None) -> float:
    """For how long its main thread has waited for a processor so far, where that is known: on Linux."""
    try:
        # Nanoseconds on a processor, and waiting for one; Documentation/scheduler/sched-stats.rst of Linux.
        return int(Path(f"/proc/{pid}/schedstat").read_text("ascii").split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def _limit(pipe: PipeEnd, seconds: float) -> None:
    """Let a transfer that makes no progress for so long raise `BlockingIOError`; Windows cannot."""
    if sys.platform != "win32":
        span = struct.pack("@ll", int(seconds), int(seconds % 1 * 1_000_000))
        with socket.socket(fileno=os.dup(pipe.fileno())) as same:
            same.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, span)
            same.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, span)


def _end(child: SpawnProcess, pipe: PipeEnd, dump: PipeEnd) -> None:
    if child.pid is not None:
        if sys.platform != "win32":
            # It leads a process group of its own, unless it has only just started.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
        else:
            platforms.process_tree.kill(child.pid)
    child.kill()
    child.join(DUMP_SECONDS)
    pipe.close()
    dump.close()


def _how(code: int | None) -> str:
    if code is None:
        return "it closed its pipe"
    if code >= 0:
        return f"exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"{name}, perhaps as memory ran out" if name == "SIGKILL" else name


def _stack(dump: str) -> traceback.StackSummary:
    """The last stack in what faulthandler wrote, which is the innermost call first."""
    last = dump.rpartition("(most recent call first):\n")[2]
    found = [(_unescaped(file), int(line), name) for file, line, name in _DUMPED_FRAME.findall(last)]
    linecache.checkcache()
    frames = [traceback.FrameSummary(file, line, name) for file, line, name in reversed(found)]
    return traceback.StackSummary.from_list(frames)


def _unescaped(name: str) -> str:
    # faulthandler writes ASCII.
    return name.encode("ascii", "replace").decode("unicode_escape") if "\\" in name else name
