"""One run of a command: it keeps its terminal here; another process reads what it prints (`run_reading`)."""

import os
import sys
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from app.platforms import exit_status
from app.runs import environment
from app.runs.cannot_run import CannotRun
from app.runs.engine_start import NoEngine
from app.runs.hooks import Hooks
from app.runs.of_platform import ReadingProcess, Relay
from app.runs.reading import Message, ReadingFailed
from app.runs.run_reading import RunReading
from app.settings import Settings

HAND_OVER_SECONDS = 30.0
_OF_A_SHELL = 128


class Ended(Struct, frozen=True):
    """How a run ended: the command's exit code as a shell has it, and what became of what was found.

    `lost` has a reason for each error that could not be sent, `skipped` bytes of output came too fast to be
    read, and `problem` says why errors are missing beside that. `unrecorded` says why the run is not in the
    store, if it should be.
    """

    exit_code: int
    sent: int = 0
    lost: tuple[str, ...] = ()
    skipped: int = 0
    problem: str | None = None
    unrecorded: str = ""


class Run:
    """Runs `command` for `project`, and reports to the engine of the settings' folder.

    `notice` is called with what there is to say before the command begins. `is_over` is asked twenty times a
    second whether the command is to be ended.
    """

    def __init__(
        self,
        settings: Settings,
        command: Sequence[str],
        project: str | None = None,
        *,
        notice: Callable[[str], None] = lambda _sentence: None,
        is_over: Callable[[], bool] | None = None,
    ) -> None:
        self._settings = settings
        self._command = tuple(command)
        self._cwd = str(Path.cwd())
        self._project = project or Path(self._cwd).name or "app"
        self._notice = notice
        self._is_over = is_over
        # Tells this run from others of the same project.
        self._key = uuid.uuid4().hex[:12]

    def run(self, given: Mapping[str, str] = os.environ) -> Ended:
        """Run it to its end. Raises `CannotRun`, and `NoEngine` before it has begun."""
        hooks = _hooks()
        work = RunReading(self._settings, self._command, self._cwd, self._project, key=self._key, hooks=hooks)
        # What is held for our own streams would be written twice.
        sys.stdout.flush()
        reading = ReadingProcess(work.work)
        try:
            url = self._await_engine(reading)
            added = environment.for_clients(url, self._project, given, self._key)
            if hooks is not None:
                added |= hooks.variables(given, self._command)
            relay = Relay(self._command, {**given, **added}, reading.feed, is_over=self._is_over)
            try:
                code = relay.run()
            except CannotRun:
                reading.feed.give_up()
                raise
            return self._finish(reading, code, was_ended=relay.was_ended)
        finally:
            reading.close()
            if hooks is not None:
                hooks.close()

    def _await_engine(self, reading: ReadingProcess) -> str:
        while True:
            message = reading.answer()
            if "notice" in message:
                self._notice(message["notice"])
            elif "no_engine" in message:
                raise NoEngine(message["no_engine"])
            else:
                return str(message["url"])

    def _finish(self, reading: ReadingProcess, code: int, *, was_ended: bool) -> Ended:
        as_a_shell = exit_status.for_exit(code) if code >= 0 else _OF_A_SHELL - code
        try:
            reading.feed.end(0 if was_ended else code, HAND_OVER_SECONDS)
            done: Message = reading.answer()
        except (OSError, ReadingFailed, KeyboardInterrupt) as error:
            # The command is what counts. Ctrl-C: what was found is sent without us.
            problem = None if isinstance(error, KeyboardInterrupt) else str(error)
            return Ended(as_a_shell, problem=problem)
        lost, unrecorded = tuple(done["lost"]), done.get("unrecorded", "")
        return Ended(as_a_shell, done["sent"], lost, done["skipped"], unrecorded=unrecorded)


def _hooks() -> Hooks | None:
    """Hooks for the command; None where their folder cannot be made: then what is printed has to do."""
    try:
        return Hooks()
    except OSError:
        return None


__all__ = ["CannotRun", "Ended", "NoEngine", "Run"]
