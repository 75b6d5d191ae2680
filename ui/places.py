"""The places of the window: the views of the sidebar, the projects, the queue, the doctor.

The views bear the names of `app.store.inbox.issues.View`. That module is loaded late: it
imports SQLAlchemy, which takes longer than the whole window takes to appear.
"""

from enum import Enum
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from app import store

if TYPE_CHECKING:
    from app.store.inbox.issues import IssueFilter

ViewName = Literal["inbox", "unread", "resolved", "muted", "everything"]


class Page(Enum):
    """The pages that are no list of issues."""

    QUEUE = "Queue"
    DOCTOR = "Doctor"


class Place(Struct, frozen=True):
    """A list of issues: a view, of all projects or of one."""

    view: ViewName = "inbox"
    project: str | None = None

    @property
    def title(self) -> str:
        """The heading of the list."""
        return self.project if self.project is not None else TITLES[self.view]

    def filter(self, text: str) -> "IssueFilter":
        """The store's filter for this place and a search. Call it off the UI thread."""
        return store.issues.IssueFilter(store.issues.View(self.view), self.project, text)


TITLES: dict[ViewName, str] = {
    "inbox": "Inbox",
    "unread": "Unread",
    "resolved": "Resolved",
    "muted": "Muted",
    "everything": "Everything",
}
INBOX = Place()
