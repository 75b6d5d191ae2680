"""Saving a file that came with an event: the system's dialog asks where; it is written off the UI thread."""

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.plain_text import one_line
from ui.detail.requests import SaveFile
from ui.link.background import Background


class Saving(QObject):
    """Serves `SaveFile`. `message` carries a sentence: what was saved, or why it could not be."""

    message = Signal(str)

    def __init__(self, window: QWidget, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._background = background
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)

    def ask(self, request: SaveFile) -> None:
        """Ask where to, and save it there."""
        self.dialog(request).open()

    def dialog(self, request: SaveFile) -> QFileDialog:
        """The dialog that asks. It asks, too, before it replaces a file."""
        dialog = QFileDialog(self._window, "Save")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDirectory(self._folder)
        dialog.selectFile(request.name)
        dialog.fileSelected.connect(lambda chosen: self.save(request, Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def save(self, request: SaveFile, file: Path) -> None:
        """Write the content to `file`, off the UI thread."""
        self._folder = str(file.parent)
        name = one_line(file.name, 120)

        def failed(error: BaseException) -> None:
            if not isinstance(error, OSError):
                raise error  # ours: it belongs into the log
            self.message.emit(f"{name} could not be saved: {error.strerror}. Choose another folder.")

        self._background.run(
            lambda: file.write_bytes(request.content()),
            lambda _size: self.message.emit(f"{name} was saved in {one_line(str(file.parent), 200)}."),
            failed,
        )
