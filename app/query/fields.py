"""The keys that a search knows. A key that is not here is no key: what was typed is text."""

from enum import Enum, auto

from msgspec import Struct


class Kind(Enum):
    """What a field's values are, and with that how they are compared."""

    STATE = auto()
    LEVEL = auto()
    YES_OR_NO = auto()
    NUMBER = auto()
    # A time, or how long ago.
    TIME = auto()
    PROJECT = auto()
    # A tag, whose name stands in `Field.tag`, or in the term.
    TAG = auto()
    # Part of a text of the event: words that stand together, the last one by its beginning.
    TEXT = auto()
    HAS = auto()
    # A run of a command, by its number, or which of them.
    RUN = auto()


# The kinds whose values stand in an order, so that `>` and `<` compare them. Elsewhere these are part of the
# value: `function:<lambda>`.
ORDERED = frozenset((Kind.LEVEL, Kind.NUMBER, Kind.TIME))


class Field(Struct, frozen=True, kw_only=True):
    """One key. `is_of_issue`: it is about the issue, not about each of its events."""

    kind: Kind
    hint: str
    tag: str = ""
    is_of_issue: bool = False


FIELDS: dict[str, Field] = {
    "is": Field(kind=Kind.STATE, hint="the issue's state, or unread", is_of_issue=True),
    "level": Field(kind=Kind.LEVEL, hint="how severe the event is"),
    "project": Field(kind=Kind.PROJECT, hint="the app that sent it", is_of_issue=True),
    "env": Field(kind=Kind.TAG, tag="environment", hint="the environment"),
    "release": Field(kind=Kind.TAG, tag="release", hint="the release, or a part of it"),
    "user": Field(kind=Kind.TAG, tag="user", hint="whom it happened to"),
    "browser": Field(kind=Kind.TAG, tag="browser", hint="the browser"),
    "os": Field(kind=Kind.TAG, tag="os", hint="the operating system"),
    "device": Field(kind=Kind.TAG, tag="device", hint="the device"),
    "url": Field(kind=Kind.TEXT, hint="the address of the request"),
    "file": Field(kind=Kind.TEXT, hint="a file of the stack trace"),
    "function": Field(kind=Kind.TEXT, hint="a function of the stack trace"),
    "module": Field(kind=Kind.TEXT, hint="a module of the stack trace"),
    "type": Field(kind=Kind.TEXT, hint="the type of the error, or a part of it"),
    "message": Field(kind=Kind.TEXT, hint="the message"),
    "tag": Field(kind=Kind.TAG, hint="any tag: tag.NAME:value"),
    "has": Field(kind=Kind.HAS, hint="events that have this field or tag"),
    "first": Field(kind=Kind.TIME, hint="when the issue was first seen", is_of_issue=True),
    "last": Field(kind=Kind.TIME, hint="when the issue was last seen", is_of_issue=True),
    "seen": Field(kind=Kind.TIME, hint="when any of its events came: from..to, or <1h", is_of_issue=True),
    "run": Field(kind=Kind.RUN, hint="what came during a run of a command", is_of_issue=True),
    "newinrun": Field(kind=Kind.RUN, hint="what came in a run, and not in the one before", is_of_issue=True),
    "times": Field(kind=Kind.NUMBER, hint="how many events the issue has", is_of_issue=True),
    "users": Field(kind=Kind.NUMBER, hint="how many users the issue has", is_of_issue=True),
    "handled": Field(kind=Kind.YES_OR_NO, hint="whether the app caught it: yes or no"),
}

STATES = ("open", "resolved", "muted", "regressed", "escalating", "new", "unread", "read", "pinned")
"""The values of `is:`. An issue is new that was first seen today, local time."""

LEVELS = ("debug", "info", "warning", "error", "fatal")
"""The values of `level:`, the least grave first: that is what `level:>=warning` compares by."""

RUNS = ("last", "current")
"""The values of `run:` beside numbers: the run that began last, and all that have not ended."""

OTHER_VALUES = {
    "warn": "warning",
    "err": "error",
    "critical": "fatal",
    "unresolved": "open",
    "ignored": "muted",
    "starred": "pinned",
}
"""Other names of states and levels."""

ALIASES = {
    "environment": "env",
    "count": "times",
    "events": "times",
    "culprit": "function",
    "filename": "file",
    "state": "is",
    "status": "is",
}
"""Other names of keys, which people know from elsewhere or from earlier versions."""
