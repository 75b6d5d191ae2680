"""Marking rows one by one: the cursor walks, and what is marked stays selected.

It begins with the first row that is marked by key, and ends when no row is, with a click, or with Esc.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView

Flag = QItemSelectionModel.SelectionFlag


class Marking(QObject):
    """Decides for one view what a movement of the cursor selects. `changed`: it has begun or ended."""

    changed = Signal()

    def __init__(self, view: "QAbstractItemView") -> None:
        super().__init__(view)
        self._view = view
        self._is_on = False
        # Rows that leave may take the selection with them: nothing is selected while they do.
        view.selectionModel().selectionChanged.connect(self._watch)
        # Another list takes the selection with it without a word.
        view.model().modelReset.connect(self._watch)

    @property
    def is_on(self) -> bool:
        """Whether the cursor leaves the selection as it is."""
        return self._is_on

    def toggle(self) -> None:
        """Mark the row of the cursor, or take its mark off."""
        index, selection = self._view.currentIndex(), self._view.selectionModel()
        if not index.isValid():
            return
        # The row that is selected alone, as the cursor is there, is the first one that is marked.
        ranges = selection.selection()
        if self._is_on or ranges.count() != 1 or ranges.at(0).height() > 1 or not selection.isSelected(index):
            selection.select(index, Flag.Toggle | Flag.Rows)
        self._set(True)
        self._end_if_empty()

    def end(self) -> bool:
        """Select the row of the cursor alone again; False when nothing was being marked."""
        if not self._is_on:
            return False
        self._set(False)
        index = self._view.currentIndex()
        if index.isValid():
            self._view.selectionModel().select(index, Flag.ClearAndSelect | Flag.Rows)
        return True

    def command(self, event: QEvent | None) -> QItemSelectionModel.SelectionFlag | None:
        """What a movement selects; None for what the view would select by itself."""
        if not self._is_on:
            return None
        if isinstance(event, QMouseEvent):
            if event.type() is QEvent.Type.MouseButtonPress and not event.modifiers():
                self._set(False)
            return None
        if isinstance(event, QKeyEvent) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return None
        return Flag.NoUpdate

    def _watch(self) -> None:
        if self._is_on:
            QTimer.singleShot(0, self, self._end_if_empty)

    def _end_if_empty(self) -> None:
        if self._is_on and not self._view.selectionModel().hasSelection():
            self.end()

    def _set(self, is_on: bool) -> None:
        if is_on != self._is_on:
            self._is_on = is_on
            self.changed.emit()
