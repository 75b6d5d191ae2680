"""Reads what a run's command prints, in a process beside it; reports each error, and an end that is one."""

import signal
import socket
import time
import uuid
from collections.abc import Iterable, Sequence
from typing import Protocol

from app.platforms import exit_status
from app.printed.printed_line import PrintedLine
from app.printed.scanner import FoundError
from app.protocols.printed import Printed, PrintedBefore
from app.runs.engine_start import NoEngine, RunEngine
from app.runs.feed import CommandEnded, Frame, NotBegun, Piece, Skipped
from app.runs.hooks import Event, Hooks
from app.runs.output import Output
from app.runs.reading import TICK_SECONDS, Message
from app.runs.reporter import Reporter
from app.runs.run_record import RunRecord
from app.settings import Settings

FLUSH_SECONDS = 5.0
# A trace so soon before the end says why it ended.
_SAYS_WHY_SECONDS = 5.0
# A person, a shell or another program wanted the end.
# Of the signals some are not on Windows.
_WANTED = frozenset(
    getattr(signal, name) for name in "SIGINT SIGTERM SIGHUP SIGPIPE SIGKILL".split() if hasattr(signal, name)
)
_CRASHES = frozenset(
    getattr(signal, name)
    for name in "SIGSEGV SIGABRT SIGBUS SIGFPE SIGILL SIGTRAP SIGSYS".split()
    if hasattr(signal, name)
)
_OF_A_SHELL = 128
# What Python prints after Ctrl-C is no error.
_INTERRUPTED = "KeyboardInterrupt"


class Conversation(Protocol):
    """What comes from the run (None: nothing for a moment), and how to answer; in truth a `Reader`."""

    def frames(self) -> Iterable[Frame | None]:
        """What was printed, to the end."""

    def say(self, message: Message) -> None:
        """Answer."""


class RunReading:
    """What the process beside a run does: made in the run's own process, `work` called in the other."""

    def __init__(
        self,
        settings: Settings,
        command: Sequence[str],
        cwd: str,
        project: str,
        *,
        key: str | None = None,
        hooks: Hooks | None = None,
    ) -> None:
        self._settings = settings
        self._command = tuple(command)
        self._cwd = cwd
        self._project = project
        self._reporter: Reporter | None = None
        self._found_at = 0.0
        # How the command has ended; None where nobody says so.
        self._code: int | None = None
        self._key = key
        self._hooks = hooks
        self._hooks_at = 0.0
        self._record = RunRecord(settings, self._command, project, cwd)

    def work(self, reader: Conversation) -> None:
        """Answer with the engine's `url` or with `no_engine`; read to the end, and say what was sent."""
        engine = RunEngine(self._settings, lambda sentence: reader.say({"notice": sentence}))
        try:
            try:
                url = engine.url()
            except NoEngine as error:
                reader.say({"no_engine": str(error)})
                return
            engine.keep()
            self._reporter = Reporter(engine.url)
            self._record.begin()
            reader.say({"url": url})
            skipped = self._read(reader)
            sent, lost = self._reporter.finish(FLUSH_SECONDS)
            self._record.end(self._code)
        finally:
            if self._hooks is not None:
                # A run that was killed cannot.
                self._hooks.close()
            engine.stop()
        unrecorded = {"unrecorded": self._record.problem} if self._record.problem else {}
        reader.say({"sent": sent, "lost": lost, "skipped": skipped, **unrecorded})

    def _read(self, reader: Conversation) -> int:
        """Read all that is printed; how many bytes were skipped."""
        output = Output(self._found)
        skipped = 0
        for frame in reader.frames():
            self._take_hooked()
            match frame:
                case None:
                    if output.is_waiting:
                        output.pause(time.time())
                case Piece(data, stream, at):
                    output.take(data, stream, at)
                case Skipped(size):
                    skipped = size
                    output.skip()
                case NotBegun():
                    self._record.drop()
                    return skipped
                case CommandEnded(code):
                    self._code = code
                    self._take_hooked(is_last=True)
                    output.end()
                    self._report_end(code, output.last_lines)
                    return skipped
        # The run was killed: nobody knows how the command ends.
        self._take_hooked(is_last=True)
        output.end()
        return skipped

    def _take_hooked(self, *, is_last: bool = False) -> None:
        """Send on what hooks in the command have left, if it has not just been looked for."""
        now = time.monotonic()
        if self._hooks is None or not (is_last or now - self._hooks_at >= TICK_SECONDS):
            return
        self._hooks_at = now
        while events := self._hooks.take():
            for event in events:
                self._found_at = time.time()
                self._send("", (), self._found_at, hooked=event)

    def _found(self, found: FoundError) -> None:
        self._found_at = time.time()
        trace = found.trace
        if trace.lines[-1].text.startswith(_INTERRUPTED):
            return
        at = trace.lines[-1].at
        self._send(trace.text, trace.before, at or self._found_at, service=found.service)

    def _report_end(self, code: int, last_lines: Sequence[str]) -> None:
        """An end by an error or a signal is an event, unless a trace has just said why."""
        said_why = time.time() - self._found_at < _SAYS_WHY_SECONDS
        if code == 0 or said_why or _was_wanted(code):
            return
        text = "\n".join(last_lines)
        by_signal = _crash(-code if code < 0 else code - _OF_A_SHELL) or exit_status.crash(code)
        if code < 0 or by_signal:
            self._send(text, (), time.time(), signal_name=by_signal or f"signal {-code}")
        else:
            self._send(text, (), time.time(), exit_code=code)

    def _send(
        self,
        text: str,
        before: Sequence[PrintedLine],
        at: float,
        *,
        service: str | None = None,
        exit_code: int | None = None,
        signal_name: str | None = None,
        hooked: Event | None = None,
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
                run_key=self._key,
                hooked=hooked,
                service=service,
                exit_code=exit_code,
                signal=signal_name,
                host=socket.gethostname(),
            )
        )


def _crash(number: int) -> str | None:
    """The name of a signal by which a program ends that has crashed."""
    return signal.Signals(number).name if number in _CRASHES else None


def _was_wanted(code: int) -> bool:
    """Whether somebody ended it; a shell tells a signal by 128 and its number."""
    return -code in _WANTED or code - _OF_A_SHELL in _WANTED or exit_status.was_wanted(code)
