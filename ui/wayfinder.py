"""Navigation between the pages: which one is shown, and which numbers it has."""

from PySide6.QtCore import QObject

from ui.issues.stream.spots import Spot
from ui.link.counters import Numbers
from ui.main_window import MainWindow
from ui.places import INBOX, Page, Place

EVERYTHING = Place("everything")


class Wayfinder(QObject):
    """Follows the sidebar. Without any issue, the page before the first error is shown instead."""

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._place: Place | Page = INBOX
        self._numbers: Numbers | None = None
        window.issues.missing.connect(self._find_elsewhere)

    def begin(self, spot: Spot) -> None:
        """Show the list in which the program was left, and go to the spot in it."""
        self._place = spot.place
        self._choose(spot.place)
        self._window.issues.go_to(spot)

    def _choose(self, place: Place) -> None:
        """Choose a place in the sidebar without going to it: it is where one is already."""
        sidebar = self._window.sidebar
        if sidebar.place != place:
            before = sidebar.blockSignals(True)
            sidebar.go_to(place)
            sidebar.blockSignals(before)
            sidebar.address.set_project(place.project)

    def go_to(self, place: Place | Page) -> None:
        """Show a place. A list is as it was left, by whatever page one was on since."""
        was_on_a_page, self._place = isinstance(self._place, Page), place
        self._show_page()
        if isinstance(place, Place) and not (was_on_a_page and place == self._window.issues.feed.place):
            self._window.sidebar.address.set_project(place.project)
            self._window.issues.show_place(place)
            if self._numbers is not None:
                self._window.issues.set_number(self._number_of(self._numbers))

    def show_issue(self, issue_id: int | None) -> None:
        """Bring the window to the front with this issue, in the list that is shown if it is there."""
        window = self._window
        window.come_to_front()
        if issue_id is None:
            return
        if not isinstance(self._place, Place):
            window.sidebar.go_to(window.issues.feed.place)
        window.issues.select_issue(issue_id)

    def _find_elsewhere(self, issue_id: int) -> None:
        """An issue is not in the list that is shown: it is in the inbox, or has been resolved or muted."""
        place = self._window.issues.feed.place
        if place == EVERYTHING and not self._window.issues.feed.text:
            return
        wider = EVERYTHING if place == INBOX and not self._window.issues.feed.text else INBOX
        self._place = wider
        self._choose(wider)
        self._window.issues.go_to(Spot(wider))
        self._window.issues.select_issue(issue_id)
        if self._numbers is not None:
            self._window.issues.set_number(self._number_of(self._numbers))

    def show_numbers(self, numbers: Numbers) -> None:
        """Show the store's counts."""
        self._numbers = numbers
        window, queue = self._window, numbers.queue
        window.sidebar.model.update_counts(numbers.counts, queue.pending + queue.dead, window.sidebar.place)
        if isinstance(self._place, Place):
            self._choose(self._place)
        window.status.show_queue(queue.pending, queue.dead)
        window.status.show_moving(numbers.regroupings)
        window.issues.set_number(self._number_of(numbers))
        self._show_page()

    def _number_of(self, numbers: Numbers) -> int | None:
        place = self._window.issues.feed.place
        if place.project is None:
            views: dict[str, int] = {view.value: number for view, number in numbers.counts.views.items()}
            return views[place.view]
        # The store has counted the issues of listed projects only.
        unlisted = None if numbers.counts.more_projects else 0
        listed = numbers.counts.projects
        return next((item.issues for item in listed if item.project == place.project), unlisted)

    def _show_page(self) -> None:
        if self._place is Page.QUEUE:
            self._window.show_queue()
        elif self._place is Page.DOCTOR:
            self._window.show_doctor()
        elif self._numbers is None or any(self._numbers.counts.views.values()):
            self._window.show_issues()
        else:
            self._window.show_empty()
