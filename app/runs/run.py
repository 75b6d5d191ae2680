"""One run of a command: what it prints is read for errors, and how it ends is one, if it ends badly."""

import os
import signal
import socket
import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from app.printed.printed_line import PrintedLine
from app.printed.scanner import FoundError
from app.protocols.printed import Printed, PrintedBefore
from app.runs import environment
from app.runs.engine_start import RunEngine
from app.runs.output import Output
from app.runs.relay import CannotRun, Relay
from app.runs.reporter import Reporter
from app.runs.run_record import RunRecord
from app.settings import Settings

FLUSH_SECONDS = 5.0
# A trace so soon before the end says why it ended.
_SAYS_WHY_SECONDS = 5.0
# A person, a shell or another program wanted the end.
_WANTED = frozenset((signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE, signal.SIGKILL))
_OF_A_SHELL = 128
# What Python prints after Ctrl-C is no error.
_INTERRUPTED = "KeyboardInterrupt"


class Ended(Struct, frozen=True):
    """How a run ended: the command's exit code as a shell has it, and what became of what was found.

    `unrecorded` says why the run is not among the runs of the store, if it should be.
    """

    exit_code: int
    sent: int = 0
    lost: tuple[str, ...] = ()
    unrecorded: str = ""


class Run:
    """Runs `command` for `project`, and reports to the engine of the settings' folder."""

    def __init__(self, settings: Settings, command: Sequence[str], project: str | None = None) -> None:
        self._command = tuple(command)
        self._cwd = str(Path.cwd())
        self._project = project or Path(self._cwd).name or "app"
        self._engine = RunEngine(settings)
        self._record = RunRecord(settings, self._command, self._project, self._cwd)
        self._output = Output(self._found)
        self._reporter: Reporter | None = None
        self._found_at = 0.0

    def run(self, given: Mapping[str, str] = os.environ) -> Ended:
        """Run it to its end. Raises `relay.CannotRun`, and `NoEngine` before it has begun."""
        url = self._engine.url()
        try:
            self._reporter = Reporter(self._engine.url)
            added = environment.for_clients(url, self._project, given)
            relay = Relay(self._command, {**given, **added}, self._heard, self._tick)
            self._record.begin()
            try:
                code = relay.run()
            except CannotRun as error:
                self._record.end(error.exit_code)
                raise
            self._output.end()
            self._report_end(code)
            sent, lost = self._reporter.finish(FLUSH_SECONDS)
            self._record.end(code)
            shown = code if code >= 0 else _OF_A_SHELL - code
            return Ended(shown, sent, tuple(lost), self._record.problem)
        finally:
            self._engine.stop()

    def _heard(self, data: bytes, stream: str) -> None:
        self._output.take(data, stream, time.time())

    def _tick(self) -> None:
        if self._output.is_waiting:
            self._output.pause(time.time())

    def _found(self, found: FoundError) -> None:
        self._found_at = time.time()
        trace = found.trace
        if trace.lines[-1].text.startswith(_INTERRUPTED):
            return
        at = trace.lines[-1].at
        self._send(trace.text, trace.before, at or self._found_at, service=found.service)

    def _report_end(self, code: int) -> None:
        """An end by an error or a signal is an event, unless a trace has just said why."""
        said_why = time.time() - self._found_at < _SAYS_WHY_SECONDS
        if code == 0 or said_why or self._was_wanted(code):
            return
        text = "\n".join(self._output.last_lines)
        if code < 0:
            self._send(text, (), time.time(), signal_name=signal.Signals(-code).name)
        else:
            self._send(text, (), time.time(), exit_code=code)

    def _was_wanted(self, code: int) -> bool:
        """Whether somebody ended it; a shell tells a signal by 128 and its number."""
        return -code in _WANTED or code - _OF_A_SHELL in _WANTED

    def _send(
        self,
        text: str,
        before: Sequence[PrintedLine],
        at: float,
        *,
        service: str | None = None,
        exit_code: int | None = None,
        signal_name: str | None = None,
    ) -> None:
        assert self._reporter is not None
        self._reporter.send(
            Printed(
                event_id=uuid.uuid4().hex,
                project=self._project,
                text=text,
                at=at,
                before=tuple(PrintedBefore(line.text, line.at) for line in before),
                command=self._command,
                cwd=self._cwd,
                run=self._record.number,
                service=service,
                exit_code=exit_code,
                signal=signal_name,
                host=socket.gethostname(),
            )
        )
