"""A strip across the window while intake is paused: since when, what was turned away, and a way to resume."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app import intake_pause
from app.clock import now_micros
from app.engine.child_protocol import IntakePaused
from ui.notices import Strip

_MEANING = (
    "Clients are answered 503 and told when to try again: some send their errors again, most drop them."
)


class IntakeStrip(Strip):
    """`resume_requested`: errors are to be taken again."""

    resume_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("alarm")
        self._pause: IntakePaused | None = None

    def show_pause(self, pause: IntakePaused | None) -> None:
        """Show the pause in force, or nothing."""
        before, self._pause = self._pause, pause
        if pause is None:
            self.hide()
            return
        sentence = intake_pause.describe(pause.since, pause.until, pause.turned_away, now=now_micros())
        if before is None:
            self.show_message(f"{sentence}.", _MEANING)
            self.offer("Resume", primary=True).clicked.connect(self._resume)
        else:
            # The button stays as it is: it may be under the mouse.
            self.say(f"{sentence}.")

    def _resume(self) -> None:
        # Out of the click: the strip, and the button with it, may go.
        QTimer.singleShot(0, self, self.resume_requested.emit)
