"""What the digest found to have happened to an issue: the words that timelines and notices share."""

from enum import StrEnum

from msgspec import Struct

from app.model import Level


class Kind(StrEnum):
    """What can happen to an issue by itself; what persons do to it is in `store.history`."""

    NEW = "new"
    REGRESSED = "regressed"
    ESCALATING = "escalating"
    UNMUTED = "unmuted"
    COUNT = "count"


class Happening(Struct, frozen=True, kw_only=True):
    """One thing that happened to an issue, with the event (its public id) that brought it, in microseconds.

    `count` is how many events the issue has had by then; for `Kind.COUNT` it is the round number reached.
    `reason` says in words why, where there is something to say ("over 5 in an hour").
    """

    kind: Kind
    issue_id: int
    project: str
    event_id: str
    at: int
    count: int
    level: Level
    title: str
    culprit: str | None = None
    environment: str | None = None
    release: str | None = None
    is_muted: bool = False
    reason: str = ""
