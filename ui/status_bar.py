"""The line at the bottom: the engine's state, and what is pending. The address stands in the sidebar."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.engine.address import EngineAddresses
from app.engine.reach import Reach
from app.plain_text import plural
from ui.link.engine_link import EngineState
from ui.theme import UNIT, font_small
from ui.widgets.mnemonic import without_mnemonic
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tooltip import set_tooltip

if TYPE_CHECKING:
    from app.store.grouping.corrections import Regrouping

HEIGHT = 28
LONGEST_NAME = 30
_STATES = {
    EngineState.STARTING: "Starting the engine …",
    EngineState.LISTENING: "Listening",
    EngineState.RESTARTING: "The engine ended unexpectedly; starting it again …",
    EngineState.FAILED: "The engine is not running",
    EngineState.STOPPED: "The engine has stopped",
}


class StatusBar(QWidget):
    """State and closed side doors at the left; what moves, fails and waits at the right."""

    queue_requested = Signal()
    doctor_requested = Signal()
    notifications_requested = Signal()
    corrections_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self.state = PlainLabel()
        self.state.setFont(font_small())
        self.side_doors = _flat("Ask the doctor")
        self.side_doors.clicked.connect(self.doctor_requested)
        self.side_doors.hide()
        self.reach = _flat("Ask the doctor who can reach it")
        self.reach.clicked.connect(self.doctor_requested)
        self.reach.hide()
        self._has_closed_doors = False
        self.queue = _flat("Show the queue")
        self.queue.clicked.connect(self.queue_requested)
        self.failing = _flat("Show notifications")
        self.failing.setProperty("alarming", True)
        self.failing.clicked.connect(self.notifications_requested)
        self.failing.hide()
        self.moving = _flat("Show the corrections of the grouping")
        self.moving.clicked.connect(self.corrections_requested)
        self.moving.hide()
        layout = self._line = QHBoxLayout(self)
        layout.setContentsMargins(UNIT * 2 + 4, 0, UNIT * 2 + 4, 0)
        layout.setSpacing(0)
        layout.addWidget(self.state)
        layout.addWidget(self.reach)
        layout.addWidget(self.side_doors)
        layout.addStretch(1)
        layout.addWidget(self.moving)
        layout.addWidget(self.failing)
        layout.addWidget(self.queue)
        self.show_state(EngineState.STARTING)
        self.show_queue(0, 0)

    def show_state(self, state: EngineState) -> None:
        """What the engine does."""
        self.state.setText(_STATES[state])

    def show_side_doors(self, where: EngineAddresses | None) -> None:
        """Show which of the configured listeners is missing: Spotlight's, and that for mails."""
        closed = {
            "Spotlight is not heard": where.no_spotlight if where else "",
            "mails are not taken": where.no_smtp if where else "",
        }
        missing = {text: why for text, why in closed.items() if why}
        self._has_closed_doors = bool(missing)
        self.side_doors.setText(f"· {', '.join(missing)}")
        set_tooltip(self.side_doors, "\n".join(f"{text}: {why}." for text, why in missing.items()))
        self._make_room()

    def show_reach(self, found: Reach | None) -> None:
        """Show who can send errors from other machines; nothing where none can."""
        self.reach.setVisible(found is not None)
        if found is not None:
            who = "known keys only" if found.needs_key else "anyone on this network can send"
            self.reach.setText(f"· {who}")
            _alarm(self.reach, on=not found.needs_key)
            set_tooltip(self.reach, f"{found.title}\nThe doctor says how to let in only your own apps.")
        self._make_room()

    def show_queue(self, pending: int, dead: int) -> None:
        """How many reports wait to be digested, and how many never could be."""
        self.queue.setText(f"{plural(pending, 'report')} waiting · {plural(dead, 'dead letter')}")
        _alarm(self.queue, on=dead > 0)
        self._make_room()

    def show_moving(self, regroupings: "tuple[Regrouping, ...]") -> None:
        """How far the corrections of the grouping are that are under way."""
        done, total = sum(one.done for one in regroupings), sum(one.total for one in regroupings)
        self.moving.setText(f"Moving {done:,} of {plural(total, 'event')}")
        set_tooltip(self.moving, "\n".join(one.title for one in regroupings))
        self.moving.setVisible(bool(regroupings))
        self._make_room()

    def show_failing(self, names: tuple[str, ...]) -> None:
        """Which channels did not take their last notice."""
        one = len(names) == 1
        self.failing.setText(
            f"{without_mnemonic(names[0], LONGEST_NAME)} takes no notices"
            if one
            else f"{len(names)} channels take no notices"
        )
        set_tooltip(self.failing, ", ".join(names))
        self.failing.setVisible(bool(names))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        # What does not fit here is on the doctor's page all the same.
        others = (self.state, self.reach, self.moving, self.failing, self.queue)
        taken = sum(part.sizeHint().width() for part in others if not part.isHidden())
        free = self._line.contentsRect().width() - taken
        self.side_doors.setVisible(self._has_closed_doors and self.side_doors.sizeHint().width() <= free)


def _alarm(button: QPushButton, *, on: bool) -> None:
    if bool(button.property("alarming")) is on:
        return
    button.setProperty("alarming", on)
    # A style sheet gives back the font that it found first, of another size of text perhaps.
    font = button.font()
    button.style().polish(button)
    button.setFont(font)


def _flat(name: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName("flat")
    button.setAccessibleName(name)
    button.setFont(font_small())
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
