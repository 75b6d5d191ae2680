"""Reads events for the pane off the UI thread; of several requests, only the last is answered."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from app import store, user_agent_process
from app.detail import EventDetail, activity_of, read_event
from app.detail import read_attachment as read_attachment
from app.store.errors import StoreError
from ui.link.background import Ticket
from ui.link.store_access import StoreAccess

if TYPE_CHECKING:  # they bring SQLAlchemy, which the window imports off the UI thread only
    from app.model import Issue
    from app.store.database import Connection
    from app.store.inbox.activity import Activity
    from app.store.inbox.events import EventPlace
    from app.store.inbox.history import Line
    from app.store.inbox.releases import IssueReleases

Arrived = Callable[["EventDetail | None"], None]
Failed = Callable[[BaseException], None]


class Loader:
    """One reader's requests. Asking again drops what was asked for before."""

    def __init__(self, store: StoreAccess) -> None:
        self._store = store
        self._ticket: Ticket | None = None

    def newest(self, issue_id: int, arrived: Arrived, failed: Failed) -> None:
        """The newest event of an issue; None when there is none."""
        self._ask(lambda connection: read_newest(connection, issue_id), arrived, failed)

    def event(self, pk: int, arrived: Arrived, failed: Failed) -> None:
        """One event; None when retention has removed it."""
        self._ask(lambda connection: _event(connection, pk), arrived, failed)

    def drop(self) -> None:
        """Cancel the request under way, if there is one."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def _ask(
        self, work: "Callable[[Connection], EventDetail | None]", arrived: Arrived, failed: Failed
    ) -> None:
        self.drop()
        self._ticket = self._store.read(work, arrived, failed)


class CurrentIssue(Struct, frozen=True):
    """The issue of the shown event as it is now, and the event's place in it; None where it is gone."""

    issue: "Issue | None"
    place: "EventPlace"
    timeline: "list[Line]"
    releases: "IssueReleases"
    activity: "Activity | None"


def read_current_issue(connection: "Connection", issue_id: int, pk: int) -> CurrentIssue:
    """The issue as it is now, and the place of one of its events."""
    return CurrentIssue(
        store.issues.get(connection, issue_id),
        store.events.place(connection, issue_id, pk),
        store.history.timeline(connection, issue_id),
        store.releases.of_issue(connection, issue_id),
        activity_of(connection, issue_id),
    )


def is_store_error(error: BaseException) -> bool:
    """Whether the store could not be used: an error of the environment, not a bug."""
    return isinstance(error, (StoreError, OSError))


def read_newest(connection: "Connection", issue_id: int) -> "EventDetail | None":
    """The newest event of an issue; None when there is none."""
    pk = store.events.newest(connection, issue_id)
    return None if pk is None else _event(connection, pk)


def _event(connection: "Connection", pk: int) -> "EventDetail | None":
    return read_event(connection, pk, read_agent=user_agent_process.shared.known)
