"""A strip across the window while clients meet faults on purpose: whose, which, until when, and their end."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app import fault_words
from app.engine.child_protocol import FaultSet
from ui.notices import Strip

_MEANING = (
    "What is refused so is counted, and the first of it is kept among the refused requests of the queue."
)
_MOST_SHOWN = 3


class FaultStrip(Strip):
    """`end_requested`: the faults of these projects, by number, are to end."""

    end_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("alarm")
        self._faults: tuple[FaultSet, ...] = ()

    def show_faults(self, faults: tuple[FaultSet, ...]) -> None:
        """Show the faults in force, or nothing."""
        before, self._faults = self._faults, faults
        if not faults:
            self.hide()
            return
        lines = [
            fault_words.describe(each.project, each.answer, each.seconds, each.share, each.until, each.met)
            for each in faults[:_MOST_SHOWN]
        ]
        if len(faults) > _MOST_SHOWN:
            lines.append(f"And of {len(faults) - _MOST_SHOWN} more projects.")
        if not before:
            self.show_message("\n".join(lines), _MEANING)
            self.offer("End now", primary=True).clicked.connect(self._end)
        else:
            # The button stays as it is: it may be under the mouse.
            self.say("\n".join(lines))

    def _end(self) -> None:
        ids = tuple(each.project_id for each in self._faults)
        # Out of the click: the strip, and the button with it, may go.
        QTimer.singleShot(0, self, lambda: self.end_requested.emit(ids))
