"""A notice in the window, for a desktop without notices: a small card that goes away by itself."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.theme import UNIT, font_small, font_strong
from ui.widgets.plain_label import PlainLabel

SHOWN_MS = 12_000
_WIDTH = 360
_FOOT = 6 * UNIT


class NoticeCard(QWidget):
    """Floats in the corner of its parent. `opened`: its issue is to be shown."""

    opened = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        self.title = _label("strong")
        self.title.setFont(font_strong())
        self.body = _label("muted")
        self.body.setFont(font_small())
        self.show_it, self.close_it = _button("Show"), _button("Close")
        self.show_it.clicked.connect(self._open)
        self.close_it.clicked.connect(self.hide)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.show_it)
        buttons.addWidget(self.close_it)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT * 2, UNIT * 2, UNIT * 2, UNIT)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self.title)
        layout.addWidget(self.body)
        layout.addLayout(buttons)
        self._away = QTimer(self, singleShot=True)
        self._away.setInterval(SHOWN_MS)
        self._away.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def show_notice(self, title: str, body: str, *, can_open: bool) -> None:
        """Show a notice in the place of the last."""
        self.title.setText(title)
        self.body.setText(body)
        self.body.setVisible(bool(body))
        self.show_it.setVisible(can_open)
        self.show()
        self._place()
        self._away.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._away.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._away.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        self.hide()
        self.opened.emit()

    def _place(self) -> None:
        layout = self.layout()
        height = layout.heightForWidth(_WIDTH) if layout is not None else self.sizeHint().height()
        self.setFixedHeight(height)
        self.move(self._over.width() - _WIDTH - 2 * UNIT, self._over.height() - height - _FOOT)
        self.raise_()


def _label(name: str) -> PlainLabel:
    label = PlainLabel(wordWrap=True)
    label.setObjectName(name)
    return label


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName("flat")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
