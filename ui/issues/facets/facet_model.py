"""The facets as a tree of two levels: facets, and below each its values and perhaps how many more there are.

New numbers change, move, insert and remove single rows, so that what is folded or has the cursor stays.
"""

from collections.abc import Iterator, Sequence
from enum import Enum, auto

from msgspec import Struct
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.plain_text import compact_line, plural
from ui.issues.facets import terms
from ui.widgets.tooltip import as_tooltip

ENTRY = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Kind(Enum):
    """What a row below a facet is."""

    VALUE = auto()
    MORE = auto()
    NOTE = auto()


class FacetRow(Struct, frozen=True):
    """A facet; not `is_complete`: its numbers are not all yet."""

    name: str
    is_complete: bool = True


class ValueRow(Struct, frozen=True):
    """A row below a facet. A value stands in the search as `standing` says; a number of None is unknown."""

    facet: str
    text: str
    number: int | None = None
    standing: str = ""
    kind: Kind = Kind.VALUE

    @property
    def identity(self) -> tuple[Kind, str]:
        """What stays the same while its number changes."""
        return (self.kind, self.text if self.kind is Kind.VALUE else "")


class FacetModel(QAbstractItemModel):
    """The rows. A facet's index has the id 0, that of a value the id of its facet, which never changes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facets: list[FacetRow] = []
        self._rows: dict[str, list[ValueRow]] = {}
        self._ids: dict[str, int] = {}

    def index(self, row: int, column: int, parent: AnyIndex = _ROOT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column, 0)
        return self.createIndex(row, column, self._ids[self._facets[parent.row()].name])

    def parent(self, index: AnyIndex = _ROOT) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        name = self._name_of(index.internalId())
        row = next((row for row, facet in enumerate(self._facets) if facet.name == name), None)
        return QModelIndex() if row is None else self.createIndex(row, 0, 0)

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        if not parent.isValid():
            return len(self._facets)
        if parent.internalId() or parent.column():
            return 0
        return len(self._rows[self._facets[parent.row()].name])

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        return 1

    def entry(self, index: AnyIndex) -> FacetRow | ValueRow:
        """What a row shows."""
        if not index.internalId():
            return self._facets[index.row()]
        return self._rows[self._name_of(index.internalId())][index.row()]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entry(index)
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return terms.title(entry.name) if isinstance(entry, FacetRow) else compact_line(entry.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(entry)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(entry, ValueRow):
            return as_tooltip(_spoken(entry))
        return None

    def index_of(self, facet: str) -> QModelIndex:
        """The index of a facet, invalid where it is not shown."""
        row = next((row for row, each in enumerate(self._facets) if each.name == facet), None)
        return QModelIndex() if row is None else self.index(row, 0)

    def facets(self) -> Iterator[str]:
        """The facets that are shown, in their order."""
        return (facet.name for facet in self._facets)

    def show(self, facets: Sequence[tuple[FacetRow, Sequence[ValueRow]]]) -> None:
        """Take over facets with their values."""
        wanted = [facet.name for facet, _rows in facets]
        for row in reversed(range(len(self._facets))):
            if self._facets[row].name not in wanted:
                self.beginRemoveRows(_ROOT, row, row)
                del self._rows[self._facets.pop(row).name]
                self.endRemoveRows()
        for row, (facet, rows) in enumerate(facets):
            self._place(row, facet)
            self._show_rows(row, facet.name, rows)

    def _place(self, row: int, facet: FacetRow) -> None:
        known = next((at for at, each in enumerate(self._facets) if each.name == facet.name), None)
        if known is None:
            self.beginInsertRows(_ROOT, row, row)
            self._ids.setdefault(facet.name, len(self._ids) + 1)
            self._facets.insert(row, facet)
            self._rows[facet.name] = []
            self.endInsertRows()
            return
        if known != row:
            self.beginMoveRows(_ROOT, known, known, _ROOT, row)
            self._facets.insert(row, self._facets.pop(known))
            self.endMoveRows()
        if self._facets[row] != facet:
            self._facets[row] = facet
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def _show_rows(self, facet_row: int, name: str, wanted: Sequence[ValueRow]) -> None:
        parent, rows = self.index(facet_row, 0), self._rows[name]
        staying = {row.identity for row in wanted}
        for place in reversed(range(len(rows))):
            if rows[place].identity not in staying:
                self.beginRemoveRows(parent, place, place)
                del rows[place]
                self.endRemoveRows()
        for place, row in enumerate(wanted):
            known = next((at for at, each in enumerate(rows) if each.identity == row.identity), None)
            if known is None:
                self.beginInsertRows(parent, place, place)
                rows.insert(place, row)
                self.endInsertRows()
                continue
            if known != place:
                self.beginMoveRows(parent, known, known, parent, place)
                rows.insert(place, rows.pop(known))
                self.endMoveRows()
            if rows[place] != row:
                rows[place] = row
                changed = self.index(place, 0, parent)
                self.dataChanged.emit(changed, changed)

    def _name_of(self, number: int) -> str:
        return next(name for name, known in self._ids.items() if known == number)


def _spoken(entry: FacetRow | ValueRow) -> str:
    if isinstance(entry, FacetRow):
        return terms.title(entry.name) + ("" if entry.is_complete else ", still counting")
    text = compact_line(entry.text)
    if entry.kind is not Kind.VALUE or entry.number is None:
        return text
    standing = {"added": ", only these are shown", "excluded": ", left out"}.get(entry.standing, "")
    return f"{text}: {plural(entry.number, 'issue')}{standing}"
