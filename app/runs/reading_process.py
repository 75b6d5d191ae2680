"""The process beside a run that reads what the command prints, and reports to the engine.

It is a process of its own so that nothing in it holds up what passes between command and terminal; and it
outlives a run that is killed, to send what was found. It has no terminal and none of our streams. What it
says comes back as lines of JSON.
"""

import json
import os
import select
import signal
import socket
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NoReturn

from app.runs import feed
from app.runs.feed import Feed, Frame

TICK_SECONDS = 0.05
_PIECE = 1 << 20
_NO_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)

Message = dict[str, Any]


class ReadingFailed(Exception):
    """The process has ended before it said what it should have said; the text has its traceback."""


class Reader:
    """The process's own end: what comes from the command, and how to answer."""

    def __init__(self, ours: socket.socket) -> None:
        self._socket = ours

    def frames(self) -> Iterator[Frame | None]:
        """What was printed, and None whenever nothing has come for a moment; ends with the run."""
        buffer = bytearray()
        while True:
            if not select.select([self._socket], [], [], TICK_SECONDS)[0]:
                yield None
                continue
            data = self._socket.recv(_PIECE)
            if not data:
                return
            buffer += data
            yield from feed.parse(buffer)

    def say(self, message: Message) -> None:
        """Answer. A run that has gone needs no answer."""
        with suppress(OSError):
            self._socket.sendall(json.dumps(message).encode() + b"\n")


class ReadingProcess:
    """Runs `work` in the process, from now on."""

    def __init__(self, work: Callable[[Reader], None]) -> None:
        ours, theirs = socket.socketpair()
        self._pid = os.fork()
        if self._pid == 0:
            ours.close()
            _work(work, theirs)
        theirs.close()
        self._socket = ours
        self._said = b""
        self.feed = Feed(ours)

    def answer(self) -> Message:
        """Wait for what it says next. Raises `ReadingFailed` when it says nothing any more."""
        self._socket.setblocking(True)
        while b"\n" not in self._said:
            try:
                data = self._socket.recv(_PIECE)
            except ConnectionError:
                data = b""
            if not data:
                raise ReadingFailed("The process that reads what is printed has ended unexpectedly.")
            self._said += data
        line, _, self._said = self._said.partition(b"\n")
        message: Message = json.loads(line)
        self._socket.setblocking(False)
        if "bug" in message:
            raise ReadingFailed(message["bug"])
        return message

    def close(self) -> None:
        """Nothing more is said; it ends."""
        self._socket.close()
        os.waitpid(self._pid, 0)


def _work(work: Callable[[Reader], None], ours: socket.socket) -> NoReturn:
    """Do the work, in the process, and end it there."""
    reader = Reader(ours)
    code = 1
    try:
        # Ctrl-C, and the end of the terminal, are for the command.
        os.setsid()
        for number in _NO_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        work(reader)
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it is, the run says it
        reader.say({"bug": traceback.format_exc()})
    finally:
        os._exit(code)
