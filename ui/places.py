"""The places of the window: the views of the sidebar, the projects, the queue, the doctor.

The views bear the names of `app.store.inbox.lists.issues.View`. That module is loaded late: it
imports SQLAlchemy, which takes longer than the whole window takes to appear.
"""

from enum import Enum
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from app import store

if TYPE_CHECKING:
    from app.store.inbox.lists.issues import IssueFilter

ViewName = Literal[
    "inbox",
    "unread",
    "new_today",
    "regressed",
    "escalating",
    "pinned",
    "muted",
    "resolved",
    "everything",
]


class Page(Enum):
    """The pages that are no list of issues."""

    QUEUE = "Queue"
    DOCTOR = "Doctor"


class Session(Struct, frozen=True):
    """Only what came since a moment (microseconds since 1970); if `is_fresh`, only what is new since then."""

    since: int
    is_fresh: bool = False


class SavedSearch(Struct, frozen=True):
    """What a saved view adds to a list: its number, name, search, and order (empty: the usual one)."""

    id: int
    name: str
    text: str = ""
    sort: str = ""


class ShownRun(Struct, frozen=True):
    """A run of a command whose errors a list shows: its number, and what ran."""

    id: int
    command: str


class Place(Struct, frozen=True):
    """A list of issues: a view, of all projects or of one, perhaps of a saved view, a run or one session."""

    view: ViewName = "inbox"
    project: str | None = None
    saved: SavedSearch | None = None
    session: Session | None = None
    run: ShownRun | None = None

    @property
    def title(self) -> str:
        """The heading of the list."""
        if self.saved is not None:
            return self.saved.name
        if self.run is not None:
            return self.run.command
        return self.project if self.project is not None else TITLES[self.view]

    @property
    def text(self) -> str:
        """The search that belongs to the list itself."""
        if self.run is not None:
            return f"run:{self.run.id}"
        return "" if self.saved is None else self.saved.text

    def during(self, session: Session | None) -> "Place":
        """The same list, of a session or of all times."""
        return replace(self, session=session)

    def filter(self, text: str) -> "IssueFilter":
        """The store's filter for this place and a search. Call it off the UI thread."""
        session = self.session
        return store.issues.IssueFilter(
            store.issues.View(self.view),
            self.project,
            text,
            since=None if session is None else session.since,
            is_fresh=session is not None and session.is_fresh,
        )


TITLES: dict[ViewName, str] = {
    "inbox": "Inbox",
    "unread": "Unread",
    "new_today": "New today",
    "regressed": "Regressed",
    "escalating": "Escalating",
    "pinned": "Pinned",
    "muted": "Muted",
    "resolved": "Resolved",
    "everything": "Everything",
}
INBOX = Place()
# Views whose issues leave them when a day or some hours have passed, without anything being stored.
BY_TIME: frozenset[ViewName] = frozenset(("new_today", "escalating"))
