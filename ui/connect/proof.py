"""The foot of the dialog: whether the app has sent its first event, and the way to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.model import EventSummary
from app.plain_text import one_line
from ui.theme import UNIT, appearance, theme
from ui.widgets import icons
from ui.widgets.plain_label import OneLineLabel, PlainLabel

_ICON = 18
_HEIGHT = 6 * UNIT
_MOST_OTHERS = 3
_LONGEST_NAME = 40


class Proof(QWidget):
    """`show_requested(issue_id, pk)`: the event is to be shown."""

    show_requested = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT)
        self._event: EventSummary | None = None
        self._mark = PlainLabel()
        self.text = OneLineLabel()
        self.jump = QPushButton("Show it")
        self.jump.setObjectName("primary")
        self.jump.setAutoDefault(False)
        self.jump.setCursor(Qt.CursorShape.PointingHandCursor)
        self.jump.clicked.connect(self._jump)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * UNIT, 0, 3 * UNIT, 0)
        layout.setSpacing(UNIT)
        layout.addWidget(self._mark)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.jump)
        appearance().themeChanged.connect(self._tint)
        self.wait_for("")

    def wait_for(self, project: str) -> None:
        """Nothing of this project has come yet."""
        self._event = None
        self.jump.hide()
        self.text.setText(f"Waiting for the first event of {project} …")
        self._tint()

    def show_others(self, project: str, others: tuple[str, ...]) -> None:
        """What came is of other projects: perhaps the app names another one than the dialog."""
        named = ", ".join(one_line(name, _LONGEST_NAME) for name in others[:_MOST_OTHERS])
        more = f" and {len(others) - _MOST_OTHERS} more" if len(others) > _MOST_OTHERS else ""
        self.text.setText(f"Waiting for the first event of {project}; meanwhile some came of {named}{more} …")

    def show_event(self, event: EventSummary) -> None:
        """The app is connected."""
        self._event = event
        self.text.setText(f"{event.project} is connected. Its first event: {one_line(event.title)}")
        self.jump.show()
        self._tint()

    def _jump(self) -> None:
        if self._event is not None:
            self.show_requested.emit(self._event.issue_id, self._event.pk)

    def _tint(self) -> None:
        is_there = self._event is not None
        icon = icons.icon("resolve" if is_there else "queue", theme().success if is_there else None)
        self._mark.setPixmap(icon.pixmap(_ICON, _ICON))
