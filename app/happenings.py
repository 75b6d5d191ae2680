"""Changes of an issue that the digest finds: the types that timelines and notices share."""

from enum import StrEnum

from msgspec import Struct

from app.model import Level


class Kind(StrEnum):
    """The changes that events bring about; what people do to an issue: `app.store.inbox.triage.history`."""

    NEW = "new"
    REGRESSED = "regressed"
    ESCALATING = "escalating"
    UNMUTED = "unmuted"
    COUNT = "count"


class Happening(Struct, frozen=True, kw_only=True):
    """One change of an issue: at `at` (microseconds since 1970), by the event with the public id `event_id`.

    `count` is how many events the issue has had by then; for `Kind.COUNT` it is the round number reached.
    `reason` says why, where there is something to say ("over 5 in an hour").
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
