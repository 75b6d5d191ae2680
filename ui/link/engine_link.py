"""The engine as the window's child: started, listened to, restarted when it dies, stopped at the end.

Their protocol is `app.engine.child_protocol`. The engine ends by itself when its stdin closes, so that it
never outlives the window, however the window ends.

A child that dies is started again, after a pause that doubles each time. One that cannot start because of its
environment, or that dies repeatedly, is shown as a failure, and a person decides.
"""

import sys
from collections import deque
from enum import Enum, auto
from pathlib import Path

import msgspec
from msgspec import Struct
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from app.engine import child_protocol
from app.engine.child_protocol import (
    AnyWindowMessage,
    Changed,
    EngineListening,
    EngineMessage,
    EngineNotice,
    FaultSet,
    FaultsSet,
    IntakePaused,
    IntakeState,
    StartFailed,
    StoreRestored,
    StoreState,
    StoreUpgrading,
    WindowMessage,
)
from app.settings import Settings

MAIN = Path(__file__).parents[2] / "main.py"
FIRST_PAUSE_MS = 250
LONGEST_PAUSE_MS = 10_000
STEADY_MS = 10_000
MOST_RESTARTS = 6
STOP_WITHIN_MS = 5_000
TERMINATE_WITHIN_MS = 2_000
MAX_STDERR_LINES = 60
LONGEST_LINE_BYTES = 64 << 10


class EngineState(Enum):
    """The lifecycle of the engine's process."""

    STARTING = auto()
    LISTENING = auto()
    RESTARTING = auto()
    FAILED = auto()
    STOPPED = auto()


class EngineFailure(Struct, frozen=True):
    """Why there is no engine. `kind` is the engine's, or `crashed`; `details` its last lines on stderr."""

    kind: str
    message: str
    suggested_port: int | None = None
    details: str = ""


class EngineLink(QObject):
    """Owns the engine's process. Signals carry what it sends.

    `upgrading` carries a `StoreUpgrading`, `store_troubled` a `StoreTrouble` or None, `paused` an
    `IntakePaused` or None, `faulted` the `FaultSet`s in force as a tuple, `restored` a `StoreRestored`.
    """

    listening = Signal(str)
    rang = Signal(int)
    noticed = Signal(str)
    upgrading = Signal(object)
    failed = Signal(EngineFailure)
    store_troubled = Signal(object)
    paused = Signal(object)
    faulted = Signal(object)
    restored = Signal(object)
    state_changed = Signal(EngineState)

    def __init__(
        self, settings: Settings, parent: QObject | None = None, *, command: tuple[str, ...] | None = None
    ) -> None:
        """`command` runs another program as the engine, with the same flags; for tests."""
        super().__init__(parent)
        self.state = EngineState.STOPPED
        self.url: str | None = None
        self.pause: IntakePaused | None = None
        self.faults: tuple[FaultSet, ...] = ()
        self._settings = settings
        self._port = settings.port
        self._command = command or (sys.executable, str(MAIN))
        self._process: QProcess | None = None
        self._unread = b""
        self._stderr: deque[str] = deque(maxlen=MAX_STDERR_LINES)
        self._failure: EngineFailure | None = None
        self._restarts = 0
        self._stopping = self._terminated = self._is_renewing = False
        self._pause = self._timer(self._start)
        self._steady = self._timer(self._forget_restarts)
        self._force = self._timer(self._force_stop)

    def _timer(self, act: object) -> QTimer:
        timer = QTimer(self, singleShot=True)
        timer.timeout.connect(act)
        return timer

    def process_id(self) -> int:
        """The engine's process; 0 when there is none."""
        return 0 if self._process is None else self._process.processId()

    def launch(self) -> None:
        """Start the engine's process ahead of `start`, which reads what it has sent by then."""
        if self._process is None:
            self._process = self._spawn()

    def start(self) -> None:
        """Start the engine, unless it was launched; signals carry the outcome."""
        self._stopping = False
        self._enter(EngineState.STARTING)
        self._start()

    def restart(self, port: int | None = None) -> None:
        """Try again after a failure, on another port if one is given."""
        if self._process is not None:
            return
        self._port = self._port if port is None else port
        self._pause.stop()
        self._restarts = 0
        self.start()

    def renew(self, settings: Settings) -> None:
        """Go on by other settings: the engine that runs is stopped cleanly, and the next one started."""
        self._settings, self._port = settings, settings.port
        self._pause.stop()
        self._restarts = 0
        if self._process is None:
            self.start()
            return
        self._is_renewing = True
        self._ask_to_stop()

    @property
    def last_words(self) -> str:
        """What the engine wrote last on its stderr."""
        return "\n".join(self._stderr)

    def stop(self) -> None:
        """Stop the engine cleanly; `state_changed` carries STOPPED when it has ended. Returns at once."""
        self._stopping = True
        self._pause.stop()
        if self._process is not None and self.state is EngineState.STOPPED:
            # It was launched, and its output is not read yet.
            self._enter(EngineState.STARTING)
            self._follow(self._process)
        if self._process is None:
            self._enter(EngineState.STOPPED)
            return
        self._ask_to_stop()

    def _ask_to_stop(self) -> None:
        self.send(WindowMessage.STOP)
        if self._process is not None:
            self._process.closeWriteChannel()
        self._force.start(STOP_WITHIN_MS)

    def send(self, message: AnyWindowMessage) -> None:
        """Send the engine a message; without an engine it is dropped."""
        if self._process is not None:
            self._process.write(f"{child_protocol.format_window_message(message)}\n".encode())

    def _start(self) -> None:
        self._process = self._process or self._spawn()
        self._follow(self._process)

    def _spawn(self) -> QProcess:
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUNBUFFERED", "1")
        process.setProcessEnvironment(environment)
        settings = self._settings
        program, *arguments = self._command
        flags = ["serve", "--child", "--host", settings.host, "--port", str(self._port)]
        process.start(program, [*arguments, *flags, "--data-dir", str(settings.data_dir)])
        return process

    def _follow(self, process: QProcess) -> None:
        self._unread, self._failure = b"", None
        self._terminated = False
        self._stderr.clear()
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._could_not_run)
        if process.state() is QProcess.ProcessState.NotRunning:
            # It has ended before its signals were connected; `_could_not_run` deals with one that never ran.
            self._could_not_run(process.error())
            self._ended()
        else:
            self._read()
            self._read_errors()

    def _read(self) -> None:
        if self._process is None:
            return
        *lines, self._unread = (self._unread + bytes(self._process.readAllStandardOutput().data())).split(
            b"\n"
        )
        self._unread = self._unread[-LONGEST_LINE_BYTES:]
        newest = None
        for line in lines:
            text = line.decode("utf-8", "replace").strip()
            match child_protocol.parse_engine_message(text):
                case Changed(revision):
                    newest = revision
                case None:
                    if text:
                        self._stderr.append(text)
                case message:
                    self._receive(message)
        if newest is not None:
            self.rang.emit(newest)

    def _receive(self, message: EngineMessage) -> None:
        match message:
            case EngineListening(url):
                self.url = url
                self._steady.start(STEADY_MS)
                self._enter(EngineState.LISTENING)
                self.listening.emit(url)
            case StoreUpgrading():
                self.upgrading.emit(message)
            case EngineNotice(sentence):
                self.noticed.emit(sentence)
            case StoreState(trouble):
                self.store_troubled.emit(trouble)
            case IntakeState(paused):
                self._set_pause(paused)
            case FaultsSet(faults):
                self._set_faults(faults)
            case StoreRestored():
                self.restored.emit(message)
            case StartFailed(kind, sentence, port):
                self._failure = EngineFailure(kind, sentence, port)

    def _set_pause(self, pause: IntakePaused | None) -> None:
        if pause != self.pause:
            self.pause = pause
            self.paused.emit(pause)

    def _set_faults(self, faults: tuple[FaultSet, ...]) -> None:
        if faults != self.faults:
            self.faults = faults
            self.faulted.emit(faults)

    def _read_errors(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
            self._stderr.extend(line for line in text.splitlines() if line.strip())

    def _could_not_run(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            self._failure = EngineFailure("crashed", f"The engine cannot run: {self._process.errorString()}.")
            self._ended()

    def _ended(self) -> None:
        process = self._process
        if process is None:
            return
        self._read()
        self._read_errors()
        self._process, self.url = None, None
        self.store_troubled.emit(None)
        self._set_pause(None)
        self._set_faults(())
        process.deleteLater()
        self._force.stop()
        self._steady.stop()
        is_renewing, self._is_renewing = self._is_renewing, False
        if self._stopping:
            self._enter(EngineState.STOPPED)
        elif is_renewing:
            self.start()
        elif self._failure is not None:
            self._fail(self._failure)
        elif self._restarts >= MOST_RESTARTS:
            self._fail(EngineFailure("crashed", f"The engine keeps ending: {self._restarts} times in a row."))
        else:
            self._pause.start(pause_before(self._restarts))
            self._restarts += 1
            self._enter(EngineState.RESTARTING)

    def _fail(self, failure: EngineFailure) -> None:
        if not failure.details:
            failure = msgspec.structs.replace(failure, details="\n".join(self._stderr))
        self._enter(EngineState.FAILED)
        self.failed.emit(failure)

    def _force_stop(self) -> None:
        """The engine was asked to stop and has not: terminate it, then kill it."""
        if self._process is None:
            return
        if self._terminated:
            self._process.kill()
            return
        self._terminated = True
        self._process.terminate()
        self._force.start(TERMINATE_WITHIN_MS)

    def _forget_restarts(self) -> None:
        self._restarts = 0

    def _enter(self, state: EngineState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)


def pause_before(restart: int) -> int:
    """How long to wait before a restart, the first one being 0, in milliseconds."""
    return min(FIRST_PAUSE_MS << restart, LONGEST_PAUSE_MS)
