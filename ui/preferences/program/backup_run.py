"""One backup, made beside the UI thread: it shows how far it is, and can be cancelled."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from app import paths, store
from ui.link.background import Background

if TYPE_CHECKING:
    from app.store.upkeep.backup import Backup, Progress

POLL_MS = 100


class BackupRun(QObject):
    """`progressed` carries 0 to 1; `ended` the `Backup`, or the sentence that says why there is none."""

    progressed = Signal(float, bool)
    ended = Signal(object)

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = data_dir / paths.DATABASE
        # A large store takes many seconds: the threads for short work stay free.
        self._threads = Background(self, threads=1)
        self._is_cancelled = False
        self._newest: Progress | None = None
        self.is_running = False
        self._clock = QTimer(self)
        self._clock.setInterval(POLL_MS)
        self._clock.timeout.connect(self._report)
        if (app := QCoreApplication.instance()) is not None:
            app.aboutToQuit.connect(self.cancel)

    def begin(self, folder: Path) -> None:
        """Back the store up into this folder, unless that is under way."""
        if self.is_running:
            return
        self.is_running, self._is_cancelled, self._newest = True, False, None
        self._clock.start()
        self._threads.run(lambda: self._work(folder), self._end)

    def cancel(self) -> None:
        """End it soon; nothing is left of it."""
        self._is_cancelled = True

    def _work(self, folder: Path) -> "Backup | str":
        backup = store.backup
        try:
            return backup.make(
                self._store,
                backup.name_in(folder),
                progressed=self._note,
                is_given_up=lambda: self._is_cancelled,
            )
        except backup.GivenUp:
            return "The backup was cancelled; nothing is left of it."
        except backup.BackupFailed as error:
            return str(error)

    def _note(self, progress: "Progress") -> None:
        self._newest = progress

    def _report(self) -> None:
        newest = self._newest
        if newest is not None:
            self.progressed.emit(newest.done / max(1, newest.total), newest.is_checked)

    def _end(self, outcome: "Backup | str") -> None:
        self.is_running = False
        self._clock.stop()
        self.ended.emit(outcome)
