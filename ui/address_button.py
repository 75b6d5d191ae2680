"""The engine's address, and a click that copies the DSN to be pasted into an app."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QToolTip, QWidget

from app import address
from ui import icons
from ui import theme as look
from ui.theme import appearance, theme

DEFAULT_PROJECT = "my_app"
_SAID_MS = 1_600


class AddressButton(QAbstractButton):
    """Shows where errors are taken. Copies a complete DSN, of the project that is being looked at if any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._url: str | None = None
        self._project = DEFAULT_PROJECT
        self._copied = QTimer(self, singleShot=True, interval=_SAID_MS)
        self._copied.timeout.connect(self.update)
        self.setFixedHeight(5 * look.unit)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setEnabled(False)
        self.clicked.connect(self._copy)
        appearance().themeChanged.connect(self.update)
        self.show_url(None)

    @property
    def dsn(self) -> str | None:
        """What a click copies."""
        return None if self._url is None else address.dsn(self._url, self._project)

    def show_url(self, url: str | None) -> None:
        """The engine listens here; with None it does not."""
        self._url = url
        self.setEnabled(url is not None)
        self._describe()

    def set_project(self, project: str | None) -> None:
        """Whose DSN is copied."""
        self._project = project or DEFAULT_PROJECT
        self._describe()

    def _describe(self) -> None:
        dsn = self.dsn
        self.setText("Not listening" if self._url is None else self._url.partition("://")[2])
        self.setAccessibleName("Copy the DSN" if dsn else "Not listening")
        self.setAccessibleDescription(dsn or "")
        self.setToolTip(f"Copy the DSN: {dsn}" if dsn else "")
        self.update()

    def _copy(self) -> None:
        if (dsn := self.dsn) is not None:
            QGuiApplication.clipboard().setText(dsn)
            self._copied.start()
            QToolTip.showText(self.mapToGlobal(QPoint(look.unit * 2, -look.unit * 4)), f"Copied {dsn}", self)
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(8, 4, -8, -4)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse() and self.isEnabled():
            painter.setBrush(colours.hover)
            painter.drawRoundedRect(box, look.radius, look.radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.focus, 1.5))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), look.radius, look.radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.success if self._url else colours.text_faint)
        painter.drawEllipse(24, self.height() // 2 - 4, 8, 8)
        painter.setFont(look.font_small())
        painter.setPen(colours.text_muted)
        text = "DSN copied" if self._copied.isActive() else self.text()
        painter.drawText(
            self.rect().adjusted(44, 0, -40, 0),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            text,
        )
        if self.isEnabled() and icons.ready():
            box = QRect(self.width() - 36, (self.height() - 16) // 2, 16, 16)
            icons.paint(painter, "done" if self._copied.isActive() else "copy", box)
