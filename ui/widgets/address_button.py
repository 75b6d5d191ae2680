"""The engine's address, and a click that copies the DSN to be pasted into an app."""

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QWidget

from app.dsn import dsn
from ui.theme import UNIT, theme
from ui.widgets import icons
from ui.widgets.foot_button import FootButton
from ui.widgets.tooltip import set_tooltip, show_tooltip

DEFAULT_PROJECT = "my_app"
_COPIED_MS = 1_600


class AddressButton(FootButton):
    """Shows the engine's address. Copies a complete DSN, of the project that is shown, if any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._url: str | None = None
        self._project = DEFAULT_PROJECT
        self._copied = QTimer(self, singleShot=True)
        self._copied.setInterval(_COPIED_MS)
        self._copied.timeout.connect(self.update)
        self.clicked.connect(self._copy)
        self.show_url(None)

    @property
    def project(self) -> str:
        """The project whose DSN is copied."""
        return self._project

    @property
    def dsn(self) -> str | None:
        """What a click copies."""
        return None if self._url is None else dsn(self._url, self._project)

    def show_url(self, url: str | None) -> None:
        """The engine listens here; with None it does not."""
        self._url = url
        self.setEnabled(url is not None)
        self._describe()

    def set_project(self, project: str | None) -> None:
        """Change whose DSN is copied."""
        self._project = project or DEFAULT_PROJECT
        self._describe()

    def shown_text(self) -> str:
        return "DSN copied" if self._copied.isActive() else self.text()

    def right_room(self) -> int:
        return 40

    def paint_marks(self, painter: QPainter, left: QRect, right: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().success if self._url else theme().text_faint)
        painter.drawEllipse(left.adjusted(4, 4, -4, -4))
        if self.isEnabled():
            icons.paint(painter, "done" if self._copied.isActive() else "copy", right)

    def _describe(self) -> None:
        dsn = self.dsn
        self.setText("Not listening" if self._url is None else self._url.partition("://")[2])
        self.setAccessibleName("Copy the DSN" if dsn else "Not listening")
        self.setAccessibleDescription(dsn or "")
        set_tooltip(self, f"Copy the DSN: {dsn}" if dsn else "")
        self.update()

    def _copy(self) -> None:
        if (dsn := self.dsn) is not None:
            QGuiApplication.clipboard().setText(dsn)
            self._copied.start()
            show_tooltip(self.mapToGlobal(QPoint(UNIT * 2, -UNIT * 4)), f"Copied {dsn}", self)
            self.update()
