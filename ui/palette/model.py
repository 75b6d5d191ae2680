"""The entries that match, as a Qt model."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.plain_text import compact_line
from ui.palette.entry import Entry

ENTRY = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class PaletteModel(QAbstractListModel):
    """All rows are replaced at once: with each letter most of them are others."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return compact_line(entry.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (entry.kind.value, entry.title, entry.detail, entry.shortcut, entry.reason)
            return compact_line(", ".join(filter(None, parts)))
        return None

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these entries."""
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def add_entries(self, entries: Sequence[Entry]) -> None:
        """Show these entries below the others."""
        if entries:
            first = len(self.entries)
            self.beginInsertRows(_ROOT, first, first + len(entries) - 1)
            self.entries += entries
            self.endInsertRows()
