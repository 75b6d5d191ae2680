"""Where a person is in the list: comes back to it after a search or from elsewhere, and goes to an issue."""

from PySide6.QtCore import QObject, Signal

from app.sorting import Sort
from ui.issues.feed import IssueFeed
from ui.issues.list_view import IssueListView
from ui.issues.model import IssueListModel
from ui.issues.stream.spots import Spot, Spots
from ui.places import Place


class Whereabouts(QObject):
    """Has the feed show lists, and puts cursor and scroll position where they belong in them.

    `there`: a list is there. `nothing_selected`: it has no row of the issue that was shown. `missing`: an
    issue that was to be selected is not in the list.
    """

    there = Signal()
    nothing_selected = Signal()
    missing = Signal(int)

    def __init__(
        self, feed: IssueFeed, model: IssueListModel, view: IssueListView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._feed, self._model, self._view = feed, model, view
        self.spots = Spots()
        # Where to go when the list is there, and what a search began from.
        self._awaited: Spot | None = None
        self._before_search: Spot | None = None
        # Issues to select when what has just changed is read: the first wherever it is in the list.
        self._wanted: int | None = None
        self._preferred: int | None = None
        self._goes_to_first = False
        view.top_requested.connect(self._go_to_top)
        feed.arrived.connect(self._show_top)
        feed.jumped.connect(self._select_outermost)
        feed.started.connect(self._settle)
        feed.reached.connect(self._reach)
        feed.settled.connect(self._select_wanted)

    def here(self) -> Spot:
        """Where one is."""
        return Spot(self._feed.place, self._feed.text, *self._view.spot())

    def going_to(self) -> Spot:
        """Where one is, or will be when the list is there."""
        return self._awaited or self.here()

    def spot_in(self, place: Place) -> Spot:
        """Where to go in a place: where one was in it before, or the beginning of the list that is shown."""
        if place == self._feed.place:
            return Spot(place, place.text)
        self.spots.leave(self._before_search or self.here())
        return self.spots.of(place)

    def go_to(self, spot: Spot) -> None:
        """Show a list, and go to a spot in it."""
        self._awaited, self._before_search, self._wanted = spot, None, None
        self._feed.show(spot.place, spot.text, self.spots.sort(spot.place), spot.around)

    def search(self, text: str, shown: int | None) -> Spot | None:
        """Show what is found, and stay on the issue that is `shown`.

        Returns the spot from which the search began where that is to be gone to again, as there is none
        any more.
        """
        before, self._before_search = self._before_search, None
        if not text and before is not None:
            return before
        began = before or self.here()
        # Who clears a search does not want the one before it, as the last session left it in the field.
        self._before_search = began if text and began.text == began.place.text else None
        self._awaited = Spot(self._feed.place, text, shown)
        self._feed.show(self._feed.place, text, self._feed.sort)
        return None

    def sort_by(self, sort: Sort) -> None:
        """Sort the list that is shown by this, now and from now on."""
        place, text = self._feed.place, self._feed.text
        self.spots.set_sort(place, sort)
        self._awaited = Spot(place, text, self._view.current_id())
        self._feed.show(place, text, sort)

    def show_arrivals(self) -> None:
        """Show what has come, at the beginning of the list."""
        self._goes_to_first = False
        self._awaited = Spot(self._feed.place, self._feed.text, self._view.current_id())
        self._feed.show_arrivals()

    def select_issue(self, issue_id: int) -> None:
        """Put the cursor on an issue, wherever it is in the list; `missing` if it is not in it."""
        self._wanted = None
        if not self._select(issue_id):
            # It may have been changed just now: it is looked for when that has been read.
            self._wanted = issue_id
            self._feed.ring()

    def select_if_listed(self, issue_id: int) -> None:
        """Put the cursor on an issue that has just been changed, if it is in the list then."""
        self._preferred = issue_id
        self._feed.ring()

    def _select(self, issue_id: int) -> bool:
        row = self._model.row_of(issue_id)
        if row is not None:
            self._view.select_row(row)
        return row is not None

    def _settle(self) -> None:
        """The list is there: go to the spot in it, and show nothing that is not in it."""
        self.there.emit()
        spot = self._awaited
        if spot is not None:
            self._view.return_to(spot.current, spot.top, spot.offset)
        if not self._feed.is_going:
            self._awaited = None
            if self._view.current_id() is None:
                self.nothing_selected.emit()

    def _reach(self, issue_id: int) -> None:
        self._settle()
        if self._wanted == issue_id:
            self._wanted = None
            if not self._select(issue_id):
                self.missing.emit(issue_id)

    def _select_wanted(self) -> None:
        preferred, self._preferred = self._preferred, None
        if preferred is not None:
            self._select(preferred)
        wanted = self._wanted
        if wanted is None:
            return
        if self._select(wanted):
            self._wanted = None
        else:
            self._feed.go_to(wanted)

    def _go_to_top(self) -> None:
        self._goes_to_first = True
        self._feed.show_arrivals()

    def _show_top(self) -> None:
        """What has come is in the list: show its first rows; with Home the cursor is on the first."""
        goes, self._goes_to_first = self._goes_to_first, False
        if goes:
            self._view.select_row(0)
        if goes or self._awaited is not None:
            self._view.scrollToTop()
        self._awaited = None

    def _select_outermost(self, last: bool) -> None:
        """The first or the last rows of the list are there; the pill leaves the cursor where it was."""
        spot, self._awaited = self._awaited, None
        if spot is None or self._goes_to_first or last:
            self._goes_to_first = False
            self._view.select_row(self._model.rowCount() - 1 if last else 0)
        elif not self._view.return_to(spot.current, None):
            self.nothing_selected.emit()
