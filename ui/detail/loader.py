"""Reads events for the pane off the UI thread; of several requests, only the last is answered."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from app import store, user_agent_process
from app.detail import EventDetail, activity_of, read_event
from app.detail import read_attachment as read_attachment
from app.store.errors import StoreError
from ui.link.background import Interrupted, Ticket
from ui.link.store_access import StoreAccess

if TYPE_CHECKING:  # they bring SQLAlchemy, which the window imports off the UI thread only
    from app.model import Issue
    from app.store.database import Connection
    from app.store.inbox.counts.activity import Activity
    from app.store.inbox.lists.events import EventPlace
    from app.store.inbox.triage.history import Line
    from app.store.inbox.triage.releases import IssueReleases

Arrived = Callable[["EventDetail | None"], None]
Failed = Callable[[BaseException], None]


# What is read ahead may be that large, and so many events of it are remembered.
LARGEST_AHEAD = 2 << 20
MOST_AHEAD = 4
# The issue does not matter where an event is named.
_ANY = 0


class _Key(NamedTuple):
    """An event of an issue; without its number, the issue's newest."""

    issue_id: int
    pk: int | None


class Passed:
    """Whether a person has gone on to another event: reading this one ends at its next step."""

    def __init__(self) -> None:
        self.is_set = False

    def check(self) -> None:
        """Raise `Interrupted` if it was passed."""
        if self.is_set:
            raise Interrupted


class Loader:
    """One reader's requests. Asking again drops what was asked for before, and ends its reading.

    The neighbours of what is shown are read ahead, and remembered until their issue changes.
    """

    def __init__(self, store: StoreAccess) -> None:
        self._store = store
        self._ticket: Ticket | None = None
        self._passed = Passed()
        self._ahead: Ticket | None = None
        self._wanted_ahead: list[_Key] = []
        self._remembered: OrderedDict[_Key, EventDetail] = OrderedDict()

    def newest(self, issue_id: int, arrived: Arrived, failed: Failed) -> bool:
        """The newest event of an issue; None when there is none.

        Returns whether it was read ahead: then it has arrived, and its issue may have changed since.
        """
        return self._get(_Key(issue_id, None), arrived, failed)

    def event(self, pk: int, arrived: Arrived, failed: Failed) -> bool:
        """One event; None when retention has removed it. Returns the same."""
        remembered = next((key for key in self._remembered if key.pk == pk), None)
        return self._get(remembered or _Key(_ANY, pk), arrived, failed)

    def read_ahead(self, shown: "EventDetail", issue_ids: Iterable[int]) -> None:
        """Read the newest events of these issues, and those before and after the one shown."""
        beside = [pk for pk in (shown.place.next, shown.place.previous) if pk is not None]
        keys = [_Key(issue_id, None) for issue_id in issue_ids]
        keys += [_Key(shown.issue.id, pk) for pk in beside]
        self._wanted_ahead = [key for key in keys if key not in self._remembered][:MOST_AHEAD]
        self._read_next_ahead()

    def forget(self, issue_ids: Collection[int]) -> None:
        """These issues have changed: what was read of them ahead is old."""
        for key in [key for key in self._remembered if key.issue_id in issue_ids]:
            del self._remembered[key]
        if self._ahead is not None:
            self._stop_reading_ahead()

    def drop(self) -> None:
        """Cancel the request under way, if there is one."""
        self._stop_reading_ahead()
        self._passed.is_set = True
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def _get(self, key: "_Key", arrived: Arrived, failed: Failed) -> bool:
        self.drop()
        remembered = self._remembered.pop(key, None)
        if remembered is not None:
            arrived(remembered)
            return True
        passed = self._passed = Passed()
        self._ticket = self._store.read(lambda connection: _read(connection, key, passed), arrived, failed)
        return False

    def _read_next_ahead(self) -> None:
        if self._ahead is not None or not self._wanted_ahead:
            return
        key, passed = self._wanted_ahead.pop(0), self._passed

        def remember(detail: "EventDetail | None") -> None:
            self._ahead = None
            if detail is not None and len(detail.raw_body) <= LARGEST_AHEAD:
                self._remembered[key] = detail
                while len(self._remembered) > MOST_AHEAD:
                    self._remembered.popitem(last=False)
            self._read_next_ahead()

        def leave(_error: BaseException) -> None:
            # Whoever asks for it will hear of the error.
            self._ahead = None
            self._wanted_ahead.clear()

        self._ahead = self._store.read(lambda connection: _read(connection, key, passed), remember, leave)

    def _stop_reading_ahead(self) -> None:
        self._wanted_ahead.clear()
        if self._ahead is not None:
            self._ahead.cancel()
            self._ahead = None


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
    return _read(connection, _Key(issue_id, None), Passed())


def _read(connection: "Connection", key: _Key, passed: Passed) -> "EventDetail | None":
    pk = store.events.newest(connection, key.issue_id) if key.pk is None else key.pk
    if pk is None:
        return None
    return read_event(connection, pk, read_agent=user_agent_process.shared.known, go_on=passed.check)
