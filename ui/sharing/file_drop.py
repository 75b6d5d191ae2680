"""Takes files that are dropped on a window; nothing else, and none while a dialog is open over it."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """`dropped(paths)`: files of this machine. `hovering(is_over)`: they are held over the window, or not."""

    dropped = Signal(list)
    hovering = Signal(bool)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent):  # of which entering and moving are kinds
            return self._take(event)
        if event.type() is QEvent.Type.DragLeave:
            self.hovering.emit(False)
        return False

    def _take(self, event: QDropEvent) -> bool:
        paths = files_of(event)
        if not paths:
            event.ignore()
            return True
        event.acceptProposedAction()
        is_over = isinstance(event, (QDragEnterEvent, QDragMoveEvent))
        self.hovering.emit(is_over)
        if not is_over:
            self.dropped.emit(paths)
        return True


def files_of(event: QDropEvent) -> list[Path]:
    """The files of this machine that are dragged."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
