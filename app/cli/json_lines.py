"""The JSON of the command-line contract, without loading what draws in a terminal.

It may be printed in a terminal all the same: control characters and invisible ones are written as JSON
escapes, which every JSON parser reads as the same text.
"""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from app.store.engine_state.listener_failures import ListenerFailure
from app.store.engine_state.listener_state import LeftOut
from app.store.queue.flow import Flow
from app.store.queue.queue_overview import QueueStatus, Refusal, Setback, Waiting

ISSUE_FIELDS = (
    "id", "project", "title", "type", "value", "culprit", "level", "state", "count", "users",
    "first_seen", "last_seen",
)  # fmt: skip
LINE_FIELDS = ("at", "kind", "text", "event_id", "count", "release", "until")
DELETION_FIELDS = ("id", "title", "issues", "at", "goes_at")
EVENT_FIELDS = ("event_id", "issue_id", "project", "timestamp", "level", "title")

_encode = msgspec.json.Encoder().encode
_NOT_ASCII = re.compile("[^ -~]")


def as_json(value: Any, fields: Sequence[str] | None = None) -> str:
    """`value` as one line of JSON, with only `fields` of it when they are given."""
    if fields is not None:
        value = {name: getattr(value, name) for name in fields}
    try:
        text = _encode(value).decode()
    except UnicodeEncodeError:
        # Half a surrogate pair: JSON can represent it, UTF-8 cannot.
        text = json.dumps(msgspec.to_builtins(value), separators=(",", ":"))
    return text if text.isprintable() else _NOT_ASCII.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1].replace("\x7f", "\\u007f")


class Overview(Struct, frozen=True, kw_only=True):
    """The whole queue at one moment. `oldest` is when the oldest waiting report came."""

    status: QueueStatus
    oldest: datetime | None
    flow: Flow | None
    dropped: int
    waiting: list[Waiting]
    setbacks: list[Setback]
    refusals: list[Refusal]
    listener_failures: list[ListenerFailure]
    listeners_left_out: LeftOut | None
