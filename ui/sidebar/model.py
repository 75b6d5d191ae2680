"""The rows of the sidebar as a Qt model: it announces which were inserted, moved, changed or removed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.plain_text import compact_line
from ui.places import Page, Place
from ui.sidebar import entries as rows
from ui.sidebar.entries import Kind, SidebarEntry
from ui.widgets.tooltip import as_tooltip

if TYPE_CHECKING:
    from app.store.places.place_counts import Counts
    from app.store.places.run_numbers import ListedRuns
    from app.store.places.saved_views import SavedView

ENTRY = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SidebarModel(QAbstractListModel):
    """The entries; nothing is ever reset."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries = rows.at_first()
        self._counts: Counts | None = None
        self._queue_number = 0
        self._here: Place | Page | None = None
        self._saved: Sequence[SavedView] = ()
        self._saved_numbers: Mapping[int, int | None] = {}
        self._runs: ListedRuns | None = None

    @property
    def entries(self) -> Sequence[SidebarEntry]:
        """All rows."""
        return tuple(self._entries)

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return compact_line(entry.label)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.spoken
        if role == Qt.ItemDataRole.ToolTipRole and entry.kind is not Kind.HEADING:
            return as_tooltip(entry.told)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        kind = self._entries[index.row()].kind
        if kind is Kind.HEADING:
            return Qt.ItemFlag.NoItemFlags
        if kind in (Kind.HIDDEN, Kind.RUNS):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def row_of(self, place: Place | Page) -> int | None:
        """The row of a place, if it has one."""
        found = (row for row, entry in enumerate(self._entries) if entry.place == place)
        return next(found, None)

    def update_counts(
        self,
        counts: "Counts",
        queue_number: int,
        here: Place | Page | None = None,
        saved: "Sequence[SavedView] | None" = None,
        runs: "ListedRuns | None" = None,
    ) -> None:
        """Take over new numbers, projects, views and runs. `here`, the current place, stays in the list."""
        self._counts, self._queue_number, self._here = counts, queue_number, here
        if saved is not None:
            self._saved = saved
        if runs is not None:
            self._runs = runs
        self._renew()

    def update_saved_numbers(self, numbers: Mapping[int, int | None]) -> None:
        """Take over the numbers of saved views, by their ids; None while one is not known."""
        self._saved_numbers = numbers
        self._renew()

    def _renew(self) -> None:
        if self._counts is not None:
            new = rows.entries(
                self._counts, self._queue_number, self._here, self._saved, self._saved_numbers, self._runs
            )
            self._update_rows(new)

    def _update_rows(self, new: list[SidebarEntry]) -> None:
        remaining = {entry.identity for entry in new}
        for row in reversed(range(len(self._entries))):
            if self._entries[row].identity not in remaining:
                self.beginRemoveRows(_ROOT, row, row)
                del self._entries[row]
                self.endRemoveRows()
        for row, entry in enumerate(new):
            old = self._find(entry, row)
            if old is None:
                self.beginInsertRows(_ROOT, row, row)
                self._entries.insert(row, entry)
                self.endInsertRows()
                continue
            if old != row:
                self.beginMoveRows(_ROOT, old, old, _ROOT, row)
                self._entries.insert(row, self._entries.pop(old))
                self.endMoveRows()
            if self._entries[row] != entry:
                self._entries[row] = entry
                index = self.index(row, 0)
                self.dataChanged.emit(index, index)

    def _find(self, entry: SidebarEntry, start: int) -> int | None:
        """The row from `start` on that is this one."""
        found = (
            row for row in range(start, len(self._entries)) if self._entries[row].identity == entry.identity
        )
        return next(found, None)
