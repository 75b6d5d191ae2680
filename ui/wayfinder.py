"""Navigation between the pages: which one is shown, and which numbers it has."""

from PySide6.QtCore import QObject

from ui.link.counters import Numbers
from ui.main_window import MainWindow
from ui.places import INBOX, Page, Place


class Wayfinder(QObject):
    """Follows the sidebar. Without any issue, the page before the first error is shown instead."""

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._place: Place | Page = INBOX
        self._numbers: Numbers | None = None
        self._target: int | None = None
        window.issues.feed.settled.connect(self._show_target)

    def go_to(self, place: Place | Page) -> None:
        """Show a place."""
        self._place = place
        self._show_page()
        if isinstance(place, Place):
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
        self._target = issue_id
        is_listed = window.issues.model.row_of(issue_id) is not None
        if isinstance(window.sidebar.place, Place) and is_listed:
            self._show_target()
        elif window.sidebar.place == INBOX:
            window.issues.show_place(INBOX)
        else:
            window.sidebar.go_to(INBOX)

    def _show_target(self) -> None:
        target, self._target = self._target, None
        if target is None:
            return
        row = self._window.issues.model.row_of(target)
        if row is None:
            # It has been resolved or muted meanwhile: it is shown in the detail pane only.
            self._window.issues.issue_shown.emit(target)
        else:
            self._window.issues.view.select_row(row)

    def show_numbers(self, numbers: Numbers) -> None:
        """Show the store's counts."""
        self._numbers = numbers
        window, queue = self._window, numbers.queue
        window.sidebar.model.update_counts(numbers.counts, queue.pending + queue.dead, window.sidebar.place)
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
