"""Sends a test to a channel, in a process of its own: the library loads slowly, and a service may be slow."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from app import program_command

LONGEST_MS = 45_000
GONE_WITHIN_MS = 1_000


class ChannelTest(QObject):
    """One test at a time. `answered`: the channel's name, whether it accepted the test, and a sentence."""

    answered = Signal(str, bool, str)

    def __init__(
        self, data_dir: Path, parent: QObject | None = None, *, command: tuple[str, ...] | None = None
    ) -> None:
        """`command` runs another program instead of ours; for tests."""
        super().__init__(parent)
        self.data_dir = data_dir
        self._command = command or program_command.child()
        self._process: QProcess | None = None
        self._late = QTimer(self, singleShot=True)
        self._late.setInterval(LONGEST_MS)
        self._late.timeout.connect(self.stop)

    def run(self, name: str) -> bool:
        """Send a test to the channel of this name; False while another test runs."""
        if self._process is not None:
            return False
        process = self._process = QProcess(self)
        process.finished.connect(lambda: self._ended(name))
        process.errorOccurred.connect(lambda error: self._could_not_run(error, name))
        program, *arguments = self._command
        flags = ["--data-dir", str(self.data_dir), "channels", "try", "--", name]
        process.start(program, [*arguments, *flags])
        self._late.start()
        return True

    def stop(self) -> None:
        """End the test that runs, if any."""
        if self._process is not None:
            self._process.kill()
            self._process.waitForFinished(GONE_WITHIN_MS)

    def _could_not_run(self, error: QProcess.ProcessError, name: str) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._ended(name, has_run=False)

    def _ended(self, name: str, *, has_run: bool = True) -> None:
        process = self._process
        if process is None:
            return
        self._process = None
        self._late.stop()
        # Of a program that could not be started, Qt reports a normal end.
        ended_well = process.exitStatus() is QProcess.ExitStatus.NormalExit and process.exitCode() == 0
        took = has_run and ended_well
        read: Callable[[], object] = process.readAllStandardOutput if took else process.readAllStandardError
        output = bytes(read().data()).decode("utf-8", "replace").strip()  # type: ignore[attr-defined]
        process.deleteLater()
        answer = output.splitlines()[-1] if output else f"{name} did not answer in time."
        self.answered.emit(name, took, answer)
