"""The rows of the list as a Qt model, which announces exactly what was inserted, changed, moved or removed.

A table of one column, because of all of Qt's views only the table takes rows of a fixed height without asking
for each of them again: with 50,000 rows, moving one costs a list or a tree view 100,000 calls into Python
(130 ms), and a table view seven.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.model import Issue
from app.plain_text import compact_line
from app.sorting import Position, Sort
from ui.issues.issue_text import spoken
from ui.issues.ordered import OrderedIssues

AnyIndex = QModelIndex | QPersistentModelIndex
ISSUE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()


class IssueListModel(QAbstractTableModel):
    """Issues in the order of the list: a stretch of it, not all of it.

    `more_requested`, `earlier_requested`: a view has come near the last row, or near the first.
    """

    more_requested = Signal()
    earlier_requested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = OrderedIssues()
        self._complete = True
        self._from_top = True

    @property
    def is_from_top(self) -> bool:
        """Whether the first row is the first of the list."""
        return self._from_top

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        issue = self._rows[index.row()]
        if role == ISSUE:
            return issue
        if role == Qt.ItemDataRole.DisplayRole:
            return compact_line(issue.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(issue)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def canFetchMore(self, parent: AnyIndex = _ROOT) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: AnyIndex = _ROOT) -> None:
        self.more_requested.emit()

    def issue(self, row: int) -> Issue:
        """The issue in a row."""
        return self._rows[row]

    def row_of(self, issue_id: int) -> int | None:
        """The row of an issue, if it is loaded."""
        return self._rows.row_of(issue_id)

    def ids(self) -> set[int]:
        """The issues that are loaded."""
        return self._rows.ids()

    @property
    def held(self) -> frozenset[int]:
        """The issues whose rows are held where they are, although they belong elsewhere."""
        return frozenset(self._rows.held)

    def position(self, row: int) -> Position:
        """Where the row stands in the list."""
        return self._rows.position(row)

    def start(
        self,
        issues: Iterable[Issue],
        *,
        complete: bool,
        from_top: bool = True,
        sort: Sort = Sort.LAST_SEEN,
    ) -> None:
        """Another list, or another stretch of it: the only reset there is.

        `complete`: there are no further rows. `from_top`: there are none before these.
        """
        self.beginResetModel()
        self._rows = OrderedIssues(issues, sort)
        self._complete, self._from_top = complete, from_top
        self.endResetModel()

    def applying(
        self, matching: Iterable[Issue], gone: Iterable[int], *, is_held: bool = False
    ) -> Iterator[None]:
        """Take over what changed, one announced step at a time; it may be left between any two of them.

        `matching` are issues as they are now, known or new; `gone` are ids to be dropped, known or not. While
        the list `is_held`, a row that belongs elsewhere by now changes in its place.
        """
        for first, last in self._ranges(gone):
            self.beginRemoveRows(_ROOT, first, last)
            self._rows.remove(first, last)
            self.endRemoveRows()
            yield
        ordered = sorted(matching, key=self._rows.key, reverse=True)
        for issue in ordered:
            if (row := self._rows.row_of(issue.id)) is not None:
                self._renew(row, issue, is_held=is_held)
                yield
        new = [issue for issue in reversed(ordered) if issue.id not in self._rows]
        # From the last place to the first, so that a place stays right while rows are inserted after it.
        places = [(place, list(group)) for place, group in groupby(new, self._rows.place_for)]
        for place, group in reversed(places):
            self.beginInsertRows(_ROOT, place, place + len(group) - 1)
            self._rows.insert(place, group)
            self.endInsertRows()
            yield

    def end(self, *, complete: bool) -> None:
        """A page has been taken over; `complete`: it was the last one."""
        self._complete = complete

    def begin(self, *, from_top: bool) -> None:
        """A page before the others has been taken over; `from_top`: it was the first one."""
        self._from_top = from_top

    def _ranges(self, ids: Iterable[int]) -> list[tuple[int, int]]:
        """The rows of these issues as ranges, the last one first."""
        ranges: list[tuple[int, int]] = []
        rows = {row for issue_id in ids if (row := self._rows.row_of(issue_id)) is not None}
        for row in sorted(rows, reverse=True):
            if ranges and ranges[-1][0] == row + 1:
                ranges[-1] = (row, ranges[-1][1])
            else:
                ranges.append((row, row))
        return ranges

    def _renew(self, row: int, issue: Issue, *, is_held: bool) -> None:
        known = self._rows[row]
        if known == issue and (is_held or issue.id not in self._rows.held):
            return
        place = self._rows.place_for(issue)
        if place in (row, row + 1):
            self._rows.replace(row, issue)
        elif is_held:
            self._rows.hold(row, issue)
        else:
            self.beginMoveRows(_ROOT, row, row, _ROOT, place)
            self._rows.move(row, place, issue)
            self.endMoveRows()
            row = place - (place > row)
        index = self.index(row, 0)
        self.dataChanged.emit(index, index)
