"""Navigation between the pages: which one is shown, and which numbers it has."""

from PySide6.QtCore import QObject, Signal

from ui.link.counters import Numbers
from ui.main_window import MainWindow
from ui.places import INBOX, Page, Place, Session

_SESSION = "session"
# Of what is counted singly a larger number says only that there are more: `place_counts.MOST`.
_MOST = 1_000


class Wayfinder(QObject):
    """Follows the sidebar. Without any issue, the page before the first error is shown instead.

    `session_shown` carries the `Session` that all lists are of from now on, or None.
    """

    session_shown = Signal(object)

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._place: Place | Page = INBOX
        self._numbers: Numbers | None = None
        self._target: int | None = None
        self.session = _session_of(window.remembered(_SESSION))
        window.issues.feed.settled.connect(self._show_target)

    def go_to(self, place: Place | Page) -> None:
        """Show a place."""
        self._place = place
        self._show_page()
        if isinstance(place, Place):
            self._window.sidebar.address.set_project(self._sent_name(place.project))
            self._window.issues.show_place(place.during(self.session))
            if self._numbers is not None:
                self._window.issues.set_number(self._number_of(self._numbers))

    def show_session(self, session: Session | None) -> None:
        """Show only what came since a moment, in all lists, or all again."""
        self.session = session
        self._window.remember(_SESSION, None if session is None else _text_of(session))
        self.session_shown.emit(session)
        place = self._window.sidebar.place
        if isinstance(place, Place):
            self.go_to(place)

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
            window.issues.show_place(INBOX.during(self.session))
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
        window.sidebar.model.update_counts(
            numbers.counts, queue.pending + queue.dead, window.sidebar.place, numbers.saved
        )
        window.status.show_queue(queue.pending, queue.dead)
        window.status.show_moving(numbers.regroupings)
        window.issues.set_number(self._number_of(numbers))
        self._show_page()

    def _sent_name(self, project: str | None) -> str | None:
        """What the app of a project sends as its name: a client is pointed here by that."""
        counts = None if self._numbers is None else self._numbers.counts
        known = () if counts is None else (*counts.projects, *counts.hidden)
        return next((each.sent for each in known if each.project == project and each.sent), project)

    def _number_of(self, numbers: Numbers) -> int | None:
        place = self._window.issues.feed.place
        if place.session is not None:
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


def _text_of(session: Session) -> str:
    return f"{session.since}{' new' if session.is_fresh else ''}"


def _session_of(text: str) -> Session | None:
    since, _space, rest = text.partition(" ")
    return Session(int(since), rest == "new") if since.isdecimal() and len(since) < 18 else None
