"""The model's types: report, event, issue and their parts.

Every type is frozen, and independent of how it was received, stored or shown. Sequences are tuples, so that a
value can be shared between threads without a copy. ``msgspec`` is used rather than dataclasses because
building a frozen one costs 0.2 µs instead of 2.2 µs, and a digested event has dozens; it also encodes them as
the JSON of the command-line contract.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970 in UTC: the form in which the store holds every time."""
    return (moment - EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The aware UTC time of so many microseconds since 1970: the inverse of `to_micros`."""
    return EPOCH + timedelta(microseconds=micros)


class Level(StrEnum):
    """How severe an event is, by Sentry's names, the worst first."""

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    DEBUG = "debug"


class IssueState(StrEnum):
    """The state of an issue. `REGRESSED` is open again after it had been resolved."""

    OPEN = "open"
    REGRESSED = "regressed"
    RESOLVED = "resolved"
    MUTED = "muted"


class Report(Struct, frozen=True, kw_only=True):
    """One HTTP request as it arrived: raw bytes, not yet read.

    `received_at` is in microseconds since 1970. `project` is what the key or the account named.
    `event_id` is the id that the client was answered. `head` is the request line and the headers,
    as in HTTP/1.1, without the empty line at its end. `body` is still compressed, as it came.
    """

    id: int
    received_at: int
    protocol: str
    project: str
    event_id: str
    remote: str
    head: bytes
    body: bytes


class Frame(Struct, frozen=True, kw_only=True):
    """One call. `context` holds the source lines around `line` as (number, text).

    `address` is where in its program a call without a name was, with the build's id: `0a1b…+0x44230`. It is
    equal in each run of that build; None where the program has names, or the place of its image is unknown.
    """

    filename: str | None = None
    abs_path: str | None = None
    module: str | None = None
    function: str | None = None
    line: int | None = None
    column: int | None = None
    in_app: bool = True
    context: tuple[tuple[int, str], ...] = ()
    vars: dict[str, Any] = field(default_factory=dict)
    address: str | None = None


class ExceptionInfo(Struct, frozen=True, kw_only=True):
    """One exception of a chain. `parent` is the index, in the event's list, of the one that holds it."""

    type: str | None = None
    value: str | None = None
    module: str | None = None
    mechanism: dict[str, Any] | None = None
    parent: int | None = None
    frames: tuple[Frame, ...] = ()


class Thread(Struct, frozen=True, kw_only=True):
    """One thread of the process that failed."""

    id: str | None = None
    name: str | None = None
    crashed: bool = False
    current: bool = False
    frames: tuple[Frame, ...] = ()


class Breadcrumb(Struct, frozen=True, kw_only=True):
    """Something that happened before the error."""

    timestamp: datetime | None = None
    type: str | None = None
    category: str | None = None
    level: str | None = None
    message: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


class Request(Struct, frozen=True, kw_only=True):
    """The HTTP request that the failing app was serving."""

    method: str | None = None
    url: str | None = None
    query: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    cookies: Any = None
    env: dict[str, Any] = field(default_factory=dict)


class UserAgent(Struct, frozen=True, kw_only=True):
    """A User-Agent header, understood. `kind` is one of desktop, mobile, tablet, bot, other."""

    raw: str
    browser: str | None = None
    browser_version: str | None = None
    os: str | None = None
    os_version: str | None = None
    device: str | None = None
    kind: str = "other"


NOT_COUNTED = "not counted: "
"""The beginning of a sentence of `Grouping.why` about what made no difference."""


class Grouping(Struct, frozen=True, kw_only=True):
    """How an event found its issue: the algorithm, and which parts counted and which did not, in words."""

    algorithm: str
    why: tuple[str, ...] = ()


class Sdk(Struct, frozen=True, kw_only=True):
    """The client that sent the event."""

    name: str | None = None
    version: str | None = None


class AttachmentInfo(Struct, frozen=True, kw_only=True):
    """A file that came with an event; its bytes stay in the report that brought it."""

    filename: str
    content_type: str | None = None
    size: int = 0


class Feedback(Struct, frozen=True, kw_only=True):
    """What a user wrote about an event."""

    name: str | None = None
    email: str | None = None
    comments: str = ""


LEFT_OUT = "[left out]"
"""The name, among a frame's `vars`, under which stands how many calls are missing between it and the next."""
REPEATED = "[repeated]"
"""The name under which stands how many more times a frame was called, where a traceback says only that."""


class Trimmed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that the client itself cut or removed before it sent the event.

    `path` leads to it in the event, such as `("exceptions", "0", "frames", "3", "vars", "order")`; `length`
    is how many characters or members it had. What was not only cut was removed or replaced by `rule`, in
    the client's words.
    """

    path: tuple[str, ...]
    length: int | None = None
    rule: str | None = None


class Event(Struct, frozen=True, kw_only=True):
    """One occurrence of an error: the normalised form that the window and `main.py event` show.

    Frames run oldest call first, exceptions cause first and the raised one last. `issue_id` is 0
    until the event is filed. `problems` says what could not be read and was kept as it came, `trimmed`
    what the client did not send.
    """

    event_id: str
    issue_id: int = 0
    project: str
    protocol: str
    platform: str | None = None
    timestamp: datetime
    received_at: datetime
    level: Level = Level.ERROR
    logger: str | None = None
    title: str = ""
    culprit: str | None = None
    message: str | None = None
    transaction: str | None = None
    release: str | None = None
    environment: str | None = None
    server_name: str | None = None
    exceptions: tuple[ExceptionInfo, ...] = ()
    threads: tuple[Thread, ...] = ()
    breadcrumbs: tuple[Breadcrumb, ...] = ()
    request: Request | None = None
    user: dict[str, Any] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    contexts: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)
    user_agent: UserAgent | None = None
    sdk: Sdk | None = None
    fingerprint: tuple[str, ...] = ()
    grouping: Grouping | None = None
    problems: tuple[str, ...] = ()
    trimmed: tuple[Trimmed, ...] = ()
    attachments: tuple[AttachmentInfo, ...] = ()
    feedback: tuple[Feedback, ...] = ()


ISSUES_AT_ONCE = 300
"""On how many issues one transaction acts: at a million events it holds the write lock for some 20 ms."""

LONGEST_NOTE = 20_000
"""How many characters a note on an issue may have."""


class MuteRule(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What ends a mute besides its time: `more` events, `per_hour` within any hour, or an escalation.

    Without any of them it lasts for ever, or until its time. `more` counts down. `arrived` are the recent
    events as (minute since 1970, count); `usual` is how many an hour were usual when it was muted.
    """

    more: int | None = None
    per_hour: int | None = None
    escalating: bool = False
    arrived: tuple[tuple[int, int], ...] = ()
    usual: int = 0


class Issue(Struct, frozen=True, kw_only=True):
    """A group of events that are the same bug, as the list shows it.

    `mute_rule` and `muted_until` say what ends its mute, `resolved_in` since which release it is resolved and
    `resolved_commit` at which commit (its hash), `escalated_at` when more than its usual last came in.
    `pinned` is a person's mark. `place` is where the app's own code failed, as `ledger.py:19 in charge`; it
    is not known of old events.
    """

    id: int
    project: str
    title: str
    type: str | None
    value: str | None
    culprit: str | None
    level: Level
    state: IssueState
    unread: bool
    count: int
    users: int
    first_seen: datetime
    last_seen: datetime
    revision: int
    muted_until: datetime | None = None
    mute_rule: MuteRule | None = None
    resolved_in: str | None = None
    escalated_at: datetime | None = None
    resolved_commit: str | None = None
    place: str | None = None
    environment: str | None = None
    pinned: bool = False


class EventSummary(Struct, frozen=True, kw_only=True):
    """One event, as a list of events shows it. `pk` is its place in the store's order of arrival."""

    pk: int
    event_id: str
    issue_id: int
    project: str
    timestamp: datetime
    level: Level
    title: str
