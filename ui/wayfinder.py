"""Navigation between the pages: which one is shown, and which numbers it has."""

from PySide6.QtCore import QObject, Signal

from ui.issues.stream.spots import Spot
from ui.link.counters import Numbers
from ui.main_window import MainWindow
from ui.places import INBOX, Page, Place, Session

EVERYTHING = Place("everything")
# Of what is counted singly a larger number says only that there are more: `place_counts.MOST`.
_MOST = 1_000


class Wayfinder(QObject):
    """Follows the sidebar. Without any issue, the page before the first error is shown instead.

    All lists are of one session, or of all times. `session_shown` carries that `Session`, or None.
    """

    session_shown = Signal(object)

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._place: Place | Page = INBOX
        self._numbers: Numbers | None = None
        self.session: Session | None = None
        window.issues.missing.connect(self._find_elsewhere)

    def begin(self, spot: Spot) -> None:
        """Show the list in which the program was left, and go to the spot in it."""
        self.session = spot.place.session
        self._place = spot.place.during(None)
        self._choose(self._place)
        self._window.issues.go_to(spot)

    def _choose(self, place: Place) -> None:
        """Choose a place in the sidebar without going to it: it is where one is already."""
        sidebar = self._window.sidebar
        if sidebar.place != place:
            before = sidebar.blockSignals(True)
            sidebar.go_to(place)
            sidebar.blockSignals(before)
            sidebar.address.set_project(self._sent_name(place.project))

    def go_to(self, place: Place | Page) -> None:
        """Show a place. A list is as it was left, by whatever page one was on since."""
        was_on_a_page, self._place = isinstance(self._place, Page), place
        self._show_page()
        if isinstance(place, Place):
            shown = place.during(self.session)
            if not (was_on_a_page and shown == self._window.issues.feed.place):
                self._window.sidebar.address.set_project(self._sent_name(place.project))
                self._window.issues.show_place(shown)
                self._show_number()

    def show_session(self, session: Session | None) -> None:
        """Show only what came since a moment, in all lists, or all again."""
        self.session = session
        self.session_shown.emit(session)
        listed = self._window.issues.feed.place
        if listed.session != session:
            self._window.issues.show_place(listed.during(session))
            self._show_number()

    def show_issue(self, issue_id: int | None) -> None:
        """Bring the window to the front with this issue, in the list that is shown if it is there."""
        window = self._window
        window.come_to_front()
        if issue_id is None:
            return
        if not isinstance(self._place, Place):
            window.sidebar.go_to(window.issues.feed.place.during(None))
        window.issues.select_issue(issue_id)

    def _find_elsewhere(self, issue_id: int) -> None:
        """An issue is not in the list that is shown: it is in the inbox, or has been resolved or muted."""
        place = self._window.issues.feed.place
        if place == EVERYTHING and not self._window.issues.feed.text:
            return
        wider = EVERYTHING if place == INBOX and not self._window.issues.feed.text else INBOX
        if self.session is not None:
            # It may be older than the session.
            self.session = None
            self.session_shown.emit(None)
        self._place = wider
        self._choose(wider)
        self._window.issues.go_to(Spot(wider))
        self._window.issues.select_issue(issue_id)
        self._show_number()

    def show_numbers(self, numbers: Numbers) -> None:
        """Show the store's counts."""
        self._numbers = numbers
        window, queue = self._window, numbers.queue
        window.sidebar.model.update_counts(
            numbers.counts, queue.pending + queue.dead, self._here(), numbers.saved, numbers.runs
        )
        if isinstance(self._place, Place):
            self._choose(self._place)
        window.status.show_queue(queue.pending, queue.dead)
        window.status.show_moving(numbers.regroupings)
        window.issues.set_number(self._number_of(numbers))
        self._show_page()

    def show_run(self, place: Place) -> None:
        """Show what came in a run, also if it is too old to be listed in the sidebar."""
        self.go_to(place)
        if self._numbers is not None:
            self.show_numbers(self._numbers)

    def _here(self) -> Place | Page | None:
        is_run = isinstance(self._place, Place) and self._place.run is not None
        return self._place if is_run else self._window.sidebar.place

    def _show_number(self) -> None:
        if self._numbers is not None:
            self._window.issues.set_number(self._number_of(self._numbers))

    def _sent_name(self, project: str | None) -> str | None:
        """What the app of a project sends as its name: a client is pointed here by that."""
        counts = None if self._numbers is None else self._numbers.counts
        known = () if counts is None else (*counts.projects, *counts.hidden)
        return next((each.sent for each in known if each.project == project and each.sent), project)

    def _number_of(self, numbers: Numbers) -> int | None:
        place = self._window.issues.feed.place
        if place.session is not None or place.run is not None:
            return None
        counts = numbers.counts
        if place.project is None:
            views: dict[str, int] = {view.value: number for view, number in counts.views.items()}
            number = views[place.view]
            is_counted_singly = place.view in ("new_today", "escalating", "pinned")
            return None if is_counted_singly and number > _MOST else number
        if place.view != "inbox":
            return None
        # The store has counted the issues of listed projects only.
        unlisted = None if counts.more_projects else 0
        listed = (*counts.projects, *counts.hidden)
        return next((item.issues for item in listed if item.project == place.project), unlisted)

    def _show_page(self) -> None:
        if self._place is Page.QUEUE:
            self._window.show_queue()
        elif self._place is Page.DOCTOR:
            self._window.show_doctor()
        elif self._numbers is None or _has_issues(self._numbers):
            self._window.show_issues()
        else:
            self._window.show_empty()


def _has_issues(numbers: Numbers) -> bool:
    return any(numbers.counts.views.values()) or bool(numbers.counts.hidden)
