"""What a feed of issues is doing, and what it is to do next: the types of its state.

The feed is in one of four phases: it waits, it asks the store, it applies an answer, or it is stopped. What
it is to do next is in its agenda.
"""

from collections.abc import Iterator
from enum import IntEnum

from msgspec import Struct

from app.model import Issue
from app.sorting import Position, Sort, position_of
from ui.link.background import Ticket


class Waiting(Struct, frozen=True):
    """Nothing is under way: the next item of the agenda may begin."""


class Asking(Struct, frozen=True):
    """A query is under way; what it answers ends the phase."""

    ticket: Ticket


class Applying(Struct, frozen=True):
    """An answer is applied to the model, a slice at a time."""

    steps: Iterator[None]


class Stopped(Struct, frozen=True):
    """The window closes: nothing begins any more."""


Phase = Waiting | Asking | Applying | Stopped
WAITING, STOPPED = Waiting(), Stopped()
# From which phases these are entered; the others from any. So one thing is under way at a time.
ENTERED_FROM: dict[type[Phase], tuple[type[Phase], ...]] = {
    Asking: (Waiting,),
    Applying: (Waiting, Asking),
}


class Read(IntEnum):
    """What of a list to read from the beginning."""

    NOTHING = 0
    # The same list, which has changed too much.
    AGAIN = 1
    # Another list.
    ANEW = 2
    # The same list, from its beginning or its end.
    TOP = 3
    END = 4
    # The same list, around one issue.
    AROUND = 5


class Agenda(Struct, frozen=True):
    """What is to be done next, the most urgent first."""

    reload: Read = Read.NOTHING
    leaving: tuple[int, ...] = ()
    release: bool = False
    refresh: bool = False
    more: bool = False
    earlier: bool = False
    look: bool = False


class Loaded(Struct, frozen=True):
    """What the model holds: all rows from `top` down to `bottom`, as of `revision` (the cursor).

    None is the beginning and the end of the list.
    """

    revision: int = 0
    top: Position | None = None
    bottom: Position | None = None
    sort: Sort = Sort.LAST_SEEN

    def holds(self, issue: Issue) -> bool:
        """Whether the issue belongs among the loaded rows."""
        place = position_of(issue, self.sort)
        return not self.is_above(issue) and (self.bottom is None or place >= self.bottom)

    def is_above(self, issue: Issue) -> bool:
        """Whether the issue belongs above the loaded rows."""
        return self.top is not None and position_of(issue, self.sort) > self.top


class Reading(Struct, frozen=True):
    """The issue that is being read; `overstays`: it stays among the unread ones until it is left."""

    issue_id: int | None = None
    overstays: bool = False


class FoundChanges(Struct, frozen=True):
    """What changed up to `revision`, as of the list: see `store.issues.Changes`."""

    revision: int
    matching: tuple[Issue, ...]
    gone: tuple[int, ...]
    more: bool
    is_complete: bool
