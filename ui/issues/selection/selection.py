"""Which issues a person means: selected rows, or by rule everything that the list shows.

By rule no rows have to be loaded: what is meant is read in the background when it is acted upon.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, QTimer, Signal

from app import store
from app.model import Issue
from ui.issues.feed import IssueFeed
from ui.issues.list_view import IssueListView
from ui.issues.selection.marking import Marking
from ui.issues.selection.offers import Selected
from ui.link.store_access import StoreAccess

if TYPE_CHECKING:
    from app.store.database import Connection

# Many rows change at once while errors come in.
SETTLES_MS = 30
_SELECT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class ListSelection(QObject):
    """The selection of one list. `changed`: other issues are meant, or their states have changed.

    `left`: a person wants to leave, and there are no longer many to leave first.
    """

    changed = Signal()
    left = Signal()

    def __init__(
        self, view: IssueListView, feed: IssueFeed, access: StoreAccess, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._view, self._feed, self._access = view, feed, access
        self.marking = Marking(view)
        view.selection_rule = self.marking.command
        view.escaped.connect(self.escape)
        self._is_all = False
        # All rows that were loaded are selected: others load meanwhile, and the next press means them, too.
        self._is_loaded_selected = False
        self._number: int | None = None
        self._is_selecting = False
        self._settles = QTimer(self, singleShot=True)
        self._settles.setInterval(SETTLES_MS)
        self._settles.timeout.connect(self.changed)
        self.marking.changed.connect(self._settles.start)
        view.selectionModel().selectionChanged.connect(self._follow)
        model = view.issues
        model.dataChanged.connect(self._settles.start)
        model.rowsRemoved.connect(self._end_with_the_last)
        model.rowsInserted.connect(self._take_in)
        feed.started.connect(self.clear_rule)
        feed.jumped.connect(lambda _is_last: self._select_loaded() if self._is_all else None)

    @property
    def is_many(self) -> bool:
        """Whether a person means more than the row of the cursor."""
        if not self._view.issues.rowCount():
            return False
        return self._is_all or self.marking.is_on or self._selected_rows() > 1

    @property
    def is_all(self) -> bool:
        """Whether everything is meant that the list shows."""
        return self._is_all

    @property
    def selected(self) -> Selected:
        """What is meant."""
        return Selected(tuple(self._view.selected()), self._is_all, self.number if self._is_all else None)

    @property
    def number(self) -> int | None:
        """How many issues the list shows, where that is known."""
        found = self._feed.number
        if found is not None:
            return found.found if found.is_final else None
        model = self._view.issues
        if model.is_from_top and not model.canFetchMore():
            return model.rowCount()
        return self._number

    @property
    def has_more(self) -> bool:
        """Whether all loaded rows are selected, and the list has others."""
        model = self._view.issues
        rows = model.rowCount()
        is_whole = model.is_from_top and not model.canFetchMore()
        return not self._is_all and not is_whole and rows > 0 and self._selected_rows() == rows

    def set_number(self, number: int | None) -> None:
        """How many issues the place has, without a search."""
        self._number = number
        self._settles.start()

    def select_all(self) -> None:
        """Select what is loaded, and with the next call everything."""
        if self.has_more or self._is_loaded_selected:
            self.select_by_rule()
        elif not self._is_all:
            self._select_loaded()
            self._is_loaded_selected = self.has_more

    def select_by_rule(self) -> None:
        """Mean everything that the list shows."""
        self._is_all = True
        self._select_loaded()
        self._settles.start()

    def clear(self) -> None:
        """Mean the row of the cursor alone."""
        self.clear_rule()
        if not self.marking.end():
            self._view.setCurrentIndex(self._view.currentIndex())

    def escape(self) -> None:
        """Leave what is selected first: many, then the search, then the last row."""
        if self.is_many:
            self.clear()
        elif self._feed.text:
            self.left.emit()
        else:
            self._view.clearSelection()

    def clear_rule(self) -> None:
        """Mean the selected rows alone."""
        self._is_all = self._is_loaded_selected = False
        self._settles.start()

    def collect(
        self, done: Callable[[list[int]], None], wanted: Callable[[Issue], bool] = lambda _issue: True
    ) -> None:
        """Call `done` with the issues that are meant; of selected rows with those that are `wanted`."""
        if not self._is_all:
            done([issue.id for issue in self._view.selected() if wanted(issue)])
            return
        place, text = self._feed.place, self._feed.text

        def read(connection: "Connection") -> list[int]:
            return store.matching_ids.read(connection, place.filter(text))

        self._access.read(read, done)

    def _selected_rows(self) -> int:
        ranges = self._view.selectionModel().selection()
        return sum(ranges.at(n).height() for n in range(ranges.count()))

    def _select_loaded(self) -> None:
        rows = self._view.issues.rowCount()
        if rows:
            self._select(0, rows - 1)

    def _select(self, first: int, last: int) -> None:
        model = self._view.issues
        self._is_selecting = True
        chosen = QItemSelection(model.index(first, 0), model.index(last, 0))
        self._view.selectionModel().select(chosen, _SELECT)
        self._is_selecting = False
        self._settles.start()

    def _take_in(self, _parent: QModelIndex, first: int, last: int) -> None:
        if self._is_all:
            self._select(first, last)

    def _end_with_the_last(self) -> None:
        """Nothing is meant any more once all of it has gone: what comes later is not what was chosen."""
        model = self._view.issues
        if self._is_all and not model.rowCount() and not model.canFetchMore():
            self.clear_rule()
        self._settles.start()

    def _follow(self) -> None:
        """A person has selected other rows: the rule does not hold any more."""
        if not self._is_selecting:
            self._is_loaded_selected = False
        if self._is_all and not self._is_selecting and self._selected_rows() < self._view.issues.rowCount():
            QTimer.singleShot(0, self, self._leave_rule)
        self._settles.start()

    def _leave_rule(self) -> None:
        # While rows come and go, some are not selected for a moment.
        if self._is_all and self._selected_rows() < self._view.issues.rowCount():
            self.clear_rule()
