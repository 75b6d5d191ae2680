"""Asks whether a service is known for a channel's URL, in a process of its own: the library loads slowly.

The URL goes through the process's stdin: arguments are visible to all users of this machine.
"""

from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from app import program_command
from app.notifications.channel_words import USABLE

LONGEST_MS = 20_000
GONE_WITHIN_MS = 1_000


class ChannelCheck(QObject):
    """`answered`: the URL, whether it can be used, and why not.

    Where nobody can be asked, a URL counts as usable: a test of the channel shows what it is worth.
    """

    answered = Signal(str, bool, str)

    def __init__(
        self, data_dir: Path, parent: QObject | None = None, *, command: tuple[str, ...] | None = None
    ) -> None:
        """`command` runs another program instead of ours; for tests."""
        super().__init__(parent)
        self._data_dir = data_dir
        self._command = command or program_command.child()
        self._process: QProcess | None = None
        self._asked = ""
        self._late = QTimer(self, singleShot=True)
        self._late.setInterval(LONGEST_MS)
        self._late.timeout.connect(self.stop)

    def begin(self) -> None:
        """Start the process, so that it has loaded by the time that it is asked."""
        if self._process is not None:
            return
        process = self._process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._could_not_run)
        program, *arguments = self._command
        process.start(program, [*arguments, "--data-dir", str(self._data_dir), "channels", "check", "-"])

    def ask(self, url: str) -> None:
        """Ask about a URL; the answer to an earlier one that is still awaited is not given."""
        self._asked = url
        self.begin()
        self._late.start()
        if self._process is not None:
            self._process.write(f"{url}\n".encode())

    def stop(self) -> None:
        """End the process; what is asked counts as usable."""
        if self._process is not None:
            self._process.kill()
            self._process.waitForFinished(GONE_WITHIN_MS)

    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            line = bytes(self._process.readLine().data()).decode("utf-8", "replace").strip()
            self._answer(line == USABLE, line)

    def _could_not_run(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._ended()

    def _ended(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
            self._answer(True, "")

    def _answer(self, is_known: bool, sentence: str) -> None:
        self._late.stop()
        url, self._asked = self._asked, ""
        if url:
            self.answered.emit(url, is_known, sentence)
