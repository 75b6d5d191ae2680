"""The chip beside a list's title: "since 14:05", and what ends it."""

from datetime import UTC, datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.model import from_micros
from ui.places import Session
from ui.theme import UNIT, appearance, font_small
from ui.widgets import icons
from ui.widgets.tooltip import set_tooltip
from ui.wording import clock

HEIGHT = 3 * UNIT
_END_WIDTH = 20


def words(session: Session, now: datetime | None = None) -> str:
    """The session as the chip has it."""
    moment, here = from_micros(session.since), now or datetime.now(UTC)
    at, time = clock(moment, here), f"{moment.astimezone():%H:%M}"
    return f"{'new ' if session.is_fresh else ''}since {at if at == time else f'{at}, {time}'}"


class SessionChip(QWidget):
    """`ended`: all is to be shown again. `menu_requested`: other sessions, and what of them is shown."""

    ended = Signal()
    menu_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choose, self.end = QPushButton(), QPushButton()
        for button in (self.choose, self.end):
            button.setObjectName("session")
            button.setFont(font_small())
            button.setFixedHeight(HEIGHT)
            button.setAutoDefault(False)
        self.end.setFixedWidth(_END_WIDTH)
        self.end.setIconSize(QSize(12, 12))
        self.end.setAccessibleName("End the session: show all again")
        set_tooltip(self.end, "Show all again")
        set_tooltip(self.choose, "Only what came since then. Other sessions …")
        self.choose.clicked.connect(self.menu_requested)
        self.end.clicked.connect(self.ended)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.choose)
        layout.addWidget(self.end)
        appearance().themeChanged.connect(self._show_icon)
        self._show_icon()
        self.hide()

    def show_session(self, session: Session | None) -> None:
        """Name the session in force; None: there is none."""
        if session is not None:
            text = words(session)
            self.choose.setText(text)
            self.choose.setAccessibleName(f"Only issues {text}")
            self.choose.setFixedWidth(QFontMetrics(font_small()).horizontalAdvance(text) + UNIT + 4)
        self.setVisible(session is not None)

    def _show_icon(self) -> None:
        self.end.setIcon(icons.icon("close"))
