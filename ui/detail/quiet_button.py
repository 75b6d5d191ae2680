"""A button without a frame or ground until the mouse or the focus is on it."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Font
from ui.theme import UNIT
from ui.widgets.tooltip import set_tooltip

_ICON = 16


class QuietButton(QAbstractButton):
    """`marked` sets it in the accent colour; `chosen` in full text colour, as the current one of several.

    The tooltip ends with the present key of `command`. It is at least `height` pixels high.
    """

    def __init__(
        self,
        theme: PageTheme,
        text: str = "",
        tooltip: str = "",
        *,
        command: str = "",
        font: Font = Font.BODY,
        height: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._height = height
        self._font = font
        self._hovered = False
        self._focus_shows = False
        self._drawn: dict[tuple[int, float, bool], QPixmap] = {}
        self.marked = False
        self.chosen = True
        self.setText(text)
        set_tooltip(self, tooltip, command)
        self.setAccessibleName(text or tooltip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def choose(self, chosen: bool) -> None:
        if chosen != self.chosen:
            self.chosen = chosen
            self.update()

    def sizeHint(self) -> QSize:
        return self._size(self.text())

    def minimumSizeHint(self) -> QSize:
        return self._size(self.text() if self.icon().isNull() else "")

    def shown_text(self) -> str:
        """The text that is painted: empty where there is room only for the icon."""
        has_room = self.icon().isNull() or self.width() >= self.sizeHint().width()
        return self.text() if has_room else ""

    def _size(self, text: str) -> QSize:
        width = 2.0 * UNIT
        if not self.icon().isNull():
            width += _ICON - (4 if not text else 0)
        if text:
            width += self._theme.type_.advance(text, self._font) + (0 if self.icon().isNull() else 6)
        height = round(self._theme.type_.leading(Font.BODY)) + UNIT
        return QSize(round(width), max(self._height, height))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._focus_shows = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        if self.isEnabled() and (self._hovered or self.isDown()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selected" if self.isDown() else "hover"))
            painter.drawRoundedRect(area, 5, 5)
        if self.hasFocus() and self._focus_shows:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("focus"), 1.5))
            painter.drawRoundedRect(area, 5, 5)
        self._paint_content(painter)
        painter.end()

    def _pixmap(self) -> QPixmap:
        # An icon drawn from its font takes ten milliseconds, so it is drawn once.
        key = (self.icon().cacheKey(), self.devicePixelRatio(), self.isEnabled())
        if key not in self._drawn:
            mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
            self._drawn[key] = self.icon().pixmap(QSize(_ICON, _ICON), self.devicePixelRatio(), mode)
        return self._drawn[key]

    def _paint_content(self, painter: QPainter) -> None:
        x, text = float(UNIT), self.shown_text()
        if not self.icon().isNull():
            if not text:
                x = (self.width() - _ICON) / 2
            painter.drawPixmap(round(x), (self.height() - _ICON) // 2, self._pixmap())
            x += _ICON + 6
        if not self.isEnabled():
            colour = "text_faint"
        elif self.marked:
            colour = "accent"
        else:
            colour = "text" if self.chosen or self._hovered else "text_muted"
        painter.setPen(self._theme.colour(colour))
        painter.setFont(self._theme.type_.fonts[self._font])
        painter.drawText(round(x), round(self._theme.type_.baseline(self._font, self.height())), text)
