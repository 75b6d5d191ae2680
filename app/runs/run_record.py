"""Writes a run into the store: before its command begins, and when it has ended.

The process that reads what it prints does that: the command's terminal waits for nothing. A run is not worth
failing for: where the store cannot be written, the command runs all the same.
"""

import os
import shlex
import socket
from collections.abc import Callable, Sequence
from contextlib import closing
from signal import Signals
from typing import TypeVar

from app import processes
from app.clock import now_micros
from app.settings import Settings
from app.store import failures
from app.store.database import Connection, open_existing
from app.store.errors import StoreError
from app.store.places import runs

# The command waits for this; under a flood, others hold the store for some milliseconds at a time.
PATIENCE_SECONDS = 1.0

T = TypeVar("T")


class RunRecord:
    """The record of a run of this process, which makes it; another may write it.

    `number` is None while there is none; `problem` says why there is none.
    """

    def __init__(self, settings: Settings, command: Sequence[str], project: str, cwd: str) -> None:
        self._data_dir = settings.data_dir
        self._command, self._project, self._cwd = shlex.join(command), project.strip(), cwd
        self._pid = os.getpid()
        self.number: int | None = None
        self.problem = ""

    def begin(self) -> None:
        """Write that it begins now."""
        now = now_micros()
        run = runs.Run(
            command=self._command,
            project=self._project,
            cwd=self._cwd,
            host=socket.gethostname(),
            pid=self._pid,
            process_started=processes.identity.started_at(self._pid) or now,
            started_at=now,
        )
        self.number = self._write(lambda connection: runs.begin(connection, run))

    def drop(self) -> None:
        """Its command could not be begun: that is no run."""
        number, self.number = self.number, None
        if number is not None:
            self._write(lambda connection: runs.forget(connection, number))

    def end(self, code: int | None) -> None:
        """Write that it has ended now, with this exit code, or if it is negative by that signal.

        None: nobody has said how.
        """
        number, now = self.number, now_micros()
        if number is None:
            return
        exit_code = code if code is not None and code >= 0 else None
        signal = _name(-code) if code is not None and code < 0 else None
        self._write(lambda connection: runs.end(connection, number, now, exit_code=exit_code, signal=signal))

    def _write(self, act: Callable[[Connection], T]) -> T | None:
        try:
            opened = open_existing(self._data_dir, durable=False, busy_seconds=PATIENCE_SECONDS)
            with closing(opened) as database, database.writing() as connection:
                return act(connection)
        except Exception as error:  # noqa: BLE001 - whatever it is, the command runs, and it is told
            is_sentence = isinstance(error, StoreError | OSError)
            self.problem = str(error) if is_sentence else failures.explain(error)
            return None


def _name(signal: int) -> str:
    """Real-time signals, for one, have no name."""
    try:
        return Signals(signal).name
    except ValueError:
        return f"signal {signal}"
