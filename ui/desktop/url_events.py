"""Addresses such as `arecibo://issue/7`, which macOS hands to a program as events, not as arguments."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent

from app.desktop import app_link
from app.desktop.app_link import AppLink


class UrlEvents(QObject):
    """`requested`: the system asks for this link. What is none of ours is left to others.

    The first may come before anybody listens: it is kept until `begin`.
    """

    requested = Signal(object)

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._has_begun = False
        self._kept: AppLink | None = None
        app.installEventFilter(self)

    def begin(self) -> None:
        """From now on, links are told as they come."""
        self._has_begun = True
        if self._kept is not None:
            self.requested.emit(self._kept)
            self._kept = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.FileOpen or not isinstance(event, QFileOpenEvent):
            return super().eventFilter(watched, event)
        link = app_link.parse(event.url().toString())
        if link is None:
            return False
        if self._has_begun:
            self.requested.emit(link)
        else:
            self._kept = link
        return True
