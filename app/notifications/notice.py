"""A notice: what one channel is told, and how it stands."""

from enum import StrEnum

from msgspec import Struct

from app.model import Level

# Notices that count others: what went beyond a rule's cap, and what happened in its quiet hours.
MORE, QUIET = "more", "quiet"


class Standing(StrEnum):
    """How a notice stands.

    `WAITING` has a due time, `SENDING` is on its way. Told: `SENT`, or `UNSURE` when Arecibo ended while it
    was sent, which is not done twice. Not told: `FAILED` after the last try, `MISSED` when nobody was there
    to see it in time or its channel went, `COOLED` as its issue had just been told of, `COUNTED` in another.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    FAILED = "failed"
    MISSED = "missed"
    COOLED = "cooled"
    COUNTED = "counted"


class Notice(Struct, frozen=True, kw_only=True):
    """What is told. `channel` is its number, None being the desktop; `kind` a `Kind`, `MORE` or `QUIET`.

    `issue_id` is None for a notice that counts others, and `count` how many those are; else it is how many
    events the issue had by then.
    """

    id: int | None = None
    channel: int | None
    issue_id: int | None
    kind: str
    level: Level
    title: str
    body: str
    count: int
