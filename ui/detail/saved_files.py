"""Notices when one of a few files is saved."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

_SETTLE_MS = 150


class SavedFiles(QObject):
    """Calls `saved` a moment after a file was written or replaced, and not once for each write of one save.

    Folders are watched too: editors write another file, and give it the name.
    """

    def __init__(self, files: Sequence[Path], saved: Callable[[], None]) -> None:
        super().__init__()
        self._files = [str(file) for file in files]
        self._folders = sorted({str(file.parent) for file in files})
        self._watcher = QFileSystemWatcher([*self._files, *self._folders], self)
        self._watcher.fileChanged.connect(self._changed)
        self._watcher.directoryChanged.connect(self._changed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLE_MS)
        self._soon.timeout.connect(saved)

    def _changed(self, _path: str) -> None:
        # A file that was replaced is not watched any more.
        gone = set(self._files).difference(self._watcher.files())
        if gone:
            self._watcher.addPaths(sorted(gone))
        self._soon.start()

    def close(self) -> None:
        """Watch no more."""
        self._soon.stop()
        self._watcher.removePaths([*self._watcher.files(), *self._watcher.directories()])
        self.deleteLater()
