"""The process beside a run that reads what the command prints, and reports to the engine.

It is a process of its own so that nothing in it holds up what passes between command and terminal; and it
outlives a run that is killed, to send what was found. It has no terminal and none of our streams. What it
says comes back as lines of JSON.
"""

import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn

from app.runs.reading import Reader, Reading, ReadingFailed

# A process is made of this one: `reading_thread` is for what cannot.
assert sys.platform != "win32"

_NO_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


class ReadingProcess(Reading):
    """Runs `work` in the process, from now on."""

    def __init__(self, work: Callable[[Reader], None]) -> None:
        ours, theirs = socket.socketpair()
        self._pid = os.fork()
        if self._pid == 0:
            ours.close()
            _work(work, theirs)
        theirs.close()
        super().__init__(ours)

    def close(self) -> None:
        """Nothing more is said; it ends."""
        super().close()
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


__all__ = ["ReadingFailed", "ReadingProcess"]
