"""A notice: what one channel is sent, and the states it goes through."""

from enum import StrEnum

from msgspec import Struct

from app.model import Level

# The kinds of notices that count others: what went beyond a rule's cap, and what happened in its quiet hours.
MORE, QUIET = "more", "quiet"


class NoticeState(StrEnum):
    """The state of a notice in the outbox.

    `WAITING` has a due time, `SENDING` is on its way. `SENT` arrived; `UNSURE` means that Arecibo ended while
    it was sent, which is not done twice. Not sent: `FAILED` after the last try, `MISSED` when nobody saw it
    in time or its channel was removed, `COOLED` when its issue had a notice just before, `COUNTED` when
    another notice counts it.
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
    """The content of a notice. `channel` is its number, None being the desktop.

    `kind` is a `happenings.Kind`, `MORE` or `QUIET`. `issue_id` is None for a notice that counts others, and
    `count` how many those are; else `count` is how many events the issue had by then.
    """

    id: int | None = None
    channel: int | None
    issue_id: int | None
    kind: str
    level: Level
    title: str
    body: str
    count: int
