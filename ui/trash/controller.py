"""Deletes what is selected or shown, and opens the list of what was deleted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.plain_text import compact_line, plural
from ui import trash
from ui.issues.selection.selection import ListSelection
from ui.link.store_access import StoreAccess
from ui.trash.actions import TrashActions
from ui.undo import UndoStack

if TYPE_CHECKING:
    from app.detail import EventDetail
    from ui.trash.dialog import DeletedDialog


class TrashController(QObject):
    """Owns the dialog. `actions` are what it does, each of which can be undone."""

    def __init__(
        self, window: QWidget, store: StoreAccess, undo: UndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._store = store
        self.actions = TrashActions(store, undo, self)
        self.dialog: DeletedDialog | None = None

    def delete(self, selection: ListSelection) -> None:
        """Delete the issues that are meant."""
        selected = selection.selected
        title = compact_line(selected.issues[0].title) if selected.is_one else ""

        def delete(issue_ids: list[int]) -> None:
            self.actions.delete(issue_ids, title or plural(len(issue_ids), "issue"))

        selection.collect(delete)

    def delete_event(self, shown: "EventDetail | None") -> None:
        """Delete the shown event alone."""
        if shown is not None:
            self.actions.delete_event(shown.pk, f"An event of “{compact_line(shown.event.title)}”")

    def open(self) -> None:
        """List what was deleted."""
        if self.dialog is None:
            # Most sessions never see it.
            self.dialog = trash.dialog.DeletedDialog(self._store, self.actions, self._window)
        self.dialog.open()

    def ring(self) -> None:
        """The store has changed."""
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.refresh()
