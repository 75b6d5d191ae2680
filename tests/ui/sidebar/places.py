"""Numbers as the store counts them, for tests of the sidebar."""

from app.store.inbox.lists.issues import View
from app.store.places.place_counts import Counts, ProjectCount

NONE = dict.fromkeys(View, 0)
VIEWS = [
    "Inbox", "Unread", "New today", "Regressed", "Escalating", "Muted", "Resolved", "Everything", "Queue",
    "Doctor",
]  # fmt: skip


def counts(*projects: tuple[str, int, int], hidden: tuple[ProjectCount, ...] = (), **unread: int) -> Counts:
    """Projects by name, issues and how many of them are unread; and how many are in each view."""
    views = NONE | {View(name): number for name, number in unread.items()}
    return Counts(views, tuple(ProjectCount(*each) for each in projects), unread=views, hidden=hidden)
