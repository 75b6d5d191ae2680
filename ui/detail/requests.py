"""What a section asks of the window: each a value of its own type, for which the window has a handler.

A section calls `host.request(OpenFrame(frame))`; whoever opens editors has said
`pane.handle(OpenFrame, open_frame)`.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from msgspec import Struct

from app.model import Frame


class Request(Struct, frozen=True):
    """The base of all of them."""


class AddNote(Request, frozen=True):
    """Let the person write a note into the issue's timeline."""


class CorrectGrouping(Request, frozen=True):
    """Let the person correct how the event was grouped."""


class OpenFrame(Request, frozen=True):
    """Open the frame's line in the person's editor."""

    frame: Frame


class OpenLink(Request, frozen=True):
    """Open an address in the browser, after a question: it came with the event."""

    url: str


class ShowEvent(Request, frozen=True):
    """Show another event, by its number in the store."""

    pk: int


class ShowIssue(Request, frozen=True):
    """Show another issue."""

    issue_id: int


class ShowRun(Request, frozen=True):
    """Show what came in a run of a command, by its number."""

    number: int


class FilterBy(Request, frozen=True):
    """Show the issues that this query finds, in the language of the search field.

    `is_excluded`: leave out of what is searched for what it finds.
    """

    query: str
    is_excluded: bool = False


class ReadAttachment(Request, frozen=True):
    """Read a file of an event again, off the UI thread, and give its bytes to `done`; None when it is gone.

    `number` counts the event's files from 0, `event` is its number in the store.
    """

    event: int
    number: int
    done: Callable[[bytes | None], None]


class SaveFile(Request, frozen=True):
    """Let the person save a file. Its proposed `name` is safe, `content` is called off the UI thread."""

    name: str
    content: Callable[[], bytes]


class ChooseEventColumns(Request, frozen=True):
    """Let the person choose the columns of the table of events; `offered` are those that have values."""

    offered: tuple[str, ...]


class CompareEvents(Request, frozen=True):
    """Show two events of an issue side by side, by their numbers in the store."""

    one: int
    other: int


class CompareWithUsual(Request, frozen=True):
    """Show what is unusual about an event of an issue."""

    issue_id: int
    pk: int


class ReplayRequest(Request, frozen=True):
    """Send the event's request again, after the person has looked at it."""


class CreateTrackerIssue(Request, frozen=True):
    """Make an issue of the event in GitHub or GitLab, after the person has looked at it."""


class ResolveAtCommit(Request, frozen=True):
    """Let the person choose the commit that fixes the issue."""


R = TypeVar("R", bound=Request)


class Handlers:
    """Which function handles which type of request."""

    def __init__(self) -> None:
        self._handlers: dict[type[Request], Callable[[Any], None]] = {}

    def handle(self, kind: type[R], handler: Callable[[R], None]) -> None:
        """Let `handler` have every request of this type from now on."""
        self._handlers[kind] = handler

    def dispatch(self, request: Request) -> None:
        """Hand the request to its handler. Raises KeyError when there is none: a bug."""
        self._handlers[type(request)](request)
