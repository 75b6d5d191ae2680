"""Makes issues in trackers: opens the dialog, sends off the UI thread, records the link in the timeline."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app import sharing, store, trackers
from app.clock import now_micros
from app.trackers.tracker import Tracker
from ui import trackers as room
from ui.detail.pane import DetailPane
from ui.detail.requests import CreateTrackerIssue, OpenLink
from ui.link.background import Background, Ticket
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.trackers.create_issue import CreatedIssue
    from ui.trackers.dialog import TrackerDialog

_MOST_PROJECTS = 200


class TrackerController(QObject):
    """Serves `CreateTrackerIssue` of the pane. One issue at a time."""

    def __init__(
        self,
        window: QWidget,
        store_access: StoreAccess,
        lookups: Background,
        preferences: PreferencesAccess,
        pane: DetailPane,
    ) -> None:
        super().__init__(pane)
        self._window = window
        self._store = store_access
        self._lookups = lookups
        self._preferences = preferences
        self._pane = pane
        self._issue_id = 0
        self._project = ""
        self._ticket: Ticket | None = None
        self.dialog: TrackerDialog | None = None
        pane.handle(CreateTrackerIssue, lambda _request: self.open())

    def open(self) -> None:
        """Show the issue that would be created of the shown event; nothing happens where there is none."""
        shown = self._pane.detail
        if shown is None or self._ticket is not None:
            return
        self._issue_id, self._project = shown.issue.id, shown.event.project
        tracker = self._preferences.chosen.trackers.get(self._project, Tracker())
        chosen = self._preferences.chosen
        body = sharing.copies.made(shown, sharing.forms.FIRST.name, chosen).text
        self._opened().open_with(tracker, sharing.copies.title(shown, chosen), body)
        self._judge()

    def close(self) -> None:
        """Close the dialog; what is under way goes on, and is not waited for."""
        self._forget()
        if self.dialog is not None:
            self.dialog.close()

    def create(self, tracker: Tracker, token: str, store_token: bool, title: str, body: str) -> None:
        """Create the issue, with the token of the keyring if none is given."""
        self._opened().show_creating()
        issue_id, project = self._issue_id, self._project

        def work() -> "tuple[CreatedIssue, str]":
            return _create(tracker, token, title, body, store_token=store_token)

        def done(made: "tuple[CreatedIssue, str]") -> None:
            self._ticket = None
            created, remark = made
            self._remember(project, tracker)
            self._record(issue_id, created.url)
            self._opened().show_result(f"Created as #{created.number}: {created.url}. {remark}", created.url)

        self._ticket = self._lookups.run(work, done, self._failed)

    def _failed(self, error: BaseException) -> None:
        self._ticket = None
        expected = (trackers.create_issue.TrackerError, trackers.tokens.TokenStoreError)
        if not isinstance(error, expected):
            raise error  # ours: it belongs into the log
        self._opened().show_result(str(error))

    def _forget(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
            self._opened().show_result("Not waited for: look into the tracker whether it was created.")

    def _judge(self) -> None:
        dialog, tracker = self._opened(), self._opened().tracker()
        dialog.show_problem(trackers.create_issue.problem_with(tracker))

        def show(token: str | None) -> None:
            if dialog.tracker().address == tracker.address:
                dialog.show_token(is_stored=bool(token))

        # Without a keyring there is none; why is said when a token is to be stored.
        self._lookups.run(lambda: _stored_token(tracker.address), show)

    def _opened(self) -> "TrackerDialog":
        if self.dialog is None:
            # Most sessions never see it.
            self.dialog = room.dialog.TrackerDialog(self._window)
            self.dialog.create_requested.connect(self.create)
            self.dialog.cancel_requested.connect(self._forget)
            self.dialog.changed.connect(self._judge)
            self.dialog.link_requested.connect(lambda url: self._pane.page.request(OpenLink(url)))
        return self.dialog

    def _remember(self, project: str, tracker: Tracker) -> None:
        chosen = {**self._preferences.chosen.trackers, project: tracker}
        if chosen != self._preferences.chosen.trackers:
            self._preferences.change(trackers=dict(list(chosen.items())[-_MOST_PROJECTS:]))

    def _record(self, issue_id: int, url: str) -> None:
        def write(connection: "Connection") -> None:
            store.actions.record_tracked(connection, issue_id, url, now_micros())

        self._store.write(write, lambda _nothing: self._pane.refresh())


def _stored_token(address: str) -> str | None:
    try:
        return trackers.tokens.read(address)
    except trackers.tokens.TokenStoreError:
        return None


def _create(
    tracker: Tracker, token: str, title: str, body: str, *, store_token: bool
) -> "tuple[CreatedIssue, str]":
    """The created issue, and what the person should know of the token beside it."""
    used = token or _stored_token(tracker.address)
    if not used:
        raise trackers.create_issue.TrackerError(f"There is no token for {tracker.address} yet: enter one.")
    created = trackers.create_issue.create(tracker, used, title, body)
    if token and store_token:
        try:
            trackers.tokens.store(tracker.address, token)
        except trackers.tokens.TokenStoreError as error:
            return created, str(error)
    return created, ""
