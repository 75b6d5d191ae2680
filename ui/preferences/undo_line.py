"""The foot of the preferences: what was changed last, and its undo."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.link.change_history import ChangeHistory
from ui.theme import UNIT, font_small
from ui.widgets.plain_label import OneLineLabel


class UndoLine(QWidget):
    """Always of one height, so that a change moves nothing."""

    def __init__(self, history: ChangeHistory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self.text = OneLineLabel()
        self.text.setObjectName("muted")
        self.text.setFont(font_small())
        self.undo = _button("Undo", history.undo)
        self.redo = _button("Redo", history.redo)
        row = QHBoxLayout(self)
        # Under the texts of the pages, whose layouts have a margin of their own.
        row.setContentsMargins(3 * UNIT + 9, UNIT, 2 * UNIT, UNIT)
        row.setSpacing(UNIT)
        row.addWidget(self.text, 1)
        row.addWidget(self.redo)
        row.addWidget(self.undo)
        self.setFixedHeight(6 * UNIT)
        history.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        last, undone = self._history.last, self._history.next
        if last is not None:
            self.text.setText(f"Changed: {last.what}")
        else:
            self.text.setText("Changes can be undone here" if undone is None else f"Undone: {undone.what}")
        self.undo.setVisible(last is not None)
        self.redo.setVisible(undone is not None)


def _button(text: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName("flat")
    button.setAutoDefault(False)
    button.clicked.connect(act)
    return button
