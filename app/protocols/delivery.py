"""The content of one report: events, attachments, feedback, and counts of the rest."""

from collections.abc import Callable

from msgspec import Struct, field

from app.model import AttachmentInfo, Event, Feedback
from app.traces.model import Traced


class Attachment(Struct, frozen=True):
    """A file that came with the event `event_id`."""

    event_id: str
    info: AttachmentInfo
    content: bytes


class UserFeedback(Struct, frozen=True):
    """What a user wrote about the event `event_id`, which may have come in another report."""

    event_id: str
    feedback: Feedback


class Delivery(Struct, frozen=True):
    """Everything that one report brought.

    `events` carry the attachments and the feedback that came in the same report; `attachments` and
    `feedback` list all of them, including those of events in earlier reports. `others` counts what is no
    error, by kind (``session``, ``transaction`` …). `project` is that of everything but the events, if
    the report itself names none; each event names its own. `traced` reads the spans and log lines among the
    others: only where they are stored, since that takes longer than to count them. It raises nothing.
    """

    events: tuple[Event, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    feedback: tuple[UserFeedback, ...] = ()
    others: dict[str, int] = field(default_factory=dict)
    project: str = ""
    traced: Callable[[], tuple[Traced, ...]] | None = None
