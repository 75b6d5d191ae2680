"""Beside the title of a list that shows a run: one click to what is new in it, and back."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

from ui.theme import UNIT, font_small
from ui.widgets.tooltip import set_tooltip

HEIGHT = 3 * UNIT
_LABEL, _SHORT_LABEL = "Only new", "New"
# In a narrower list the title needs the room.
LABEL_FROM = 300
_SPOKEN = "Only what is new in this run"


class NewInRunButton(QPushButton):
    """A button that stays pressed while only what is new is shown. `asked` carries whether it is to be."""

    asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_LABEL, parent)
        self.setObjectName("session")
        self.setFont(font_small())
        self.setFixedHeight(HEIGHT)
        self.setAutoDefault(False)
        self.setCheckable(True)
        self.clicked.connect(self.asked)
        self.fit(LABEL_FROM)
        self.hide()

    def fit(self, width: int) -> None:
        """Fit into a list of this width."""
        self.setText(_LABEL if width >= LABEL_FROM else _SHORT_LABEL)
        self.setFixedWidth(QFontMetrics(font_small()).horizontalAdvance(self.text()) + 3 * UNIT)

    def show_run(self, number: int | None, before: int | None, *, is_new: bool) -> None:
        """Be there for a run, with the run before; None: no run is shown."""
        self.setVisible(number is not None)
        self.setEnabled(before is not None)
        self.setChecked(is_new)
        said = (
            "There is no run before of this command in this project"
            if before is None
            else f"Only what run {before}, the one before, did not have"
        )
        self.setAccessibleName(_SPOKEN if before is None else f"{_SPOKEN}, against run {before}")
        set_tooltip(self, said)
