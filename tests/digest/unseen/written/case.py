"""A case: an event in few lines, and what is to be replaced in it to tell of the same bug, or of another.

A stack is lines, oldest first: `+` in-app or `-` not, then `module | function | file | line | source`, the
last ones as far as there are any.
"""

import json
import re
from typing import Any

from msgspec import Struct, field

from app.model import Event
from app.protocols import table
from tests.protocols import captures

Swap = dict[str, str]
_ID = "0" * 32
_BAR = re.compile(r"\s\|(?=\s|$)")


class Case(Struct, frozen=True, kw_only=True):
    """One event, and its variants by name: each is its body with parts of it replaced."""

    name: str
    body: str
    protocol: str = "sentry.store"
    same: dict[str, Swap] = field(default_factory=dict)
    other: dict[str, Swap] = field(default_factory=dict)

    def event(self, swap: Swap | None = None) -> Event:
        """The event, with parts replaced: every one has to be there, or nothing would be tried."""
        body = self.body
        for old, new in (swap or {}).items():
            assert _quoted(old, self.protocol) in body, f"{self.name}: {old!r} is not in it"
            body = body.replace(_quoted(old, self.protocol), _quoted(new, self.protocol))
        report = captures.report_of(self.protocol, table.Accepted(project="shop", event_id=_ID))
        (event,) = table.by_name(self.protocol).read(report, body.encode()).events
        return event


def sentry(platform: str, type_: str, value: str, stack: str, **more: Any) -> str:
    """The body of one exception, as Sentry's SDKs send it."""
    exception = {"type": type_, "value": value, "stacktrace": {"frames": frames(stack)}}
    for key in ("mechanism", "module"):
        if key in more:
            exception[key] = more.pop(key)
    return payload(platform, exception={"values": [exception]}, **more)


def chain(platform: str, *exceptions: tuple[str, str, str], **more: Any) -> str:
    """The body of a chain of exceptions, cause first."""
    values = [
        {"type": one, "value": value, "stacktrace": {"frames": frames(stack)}}
        for one, value, stack in exceptions
    ]
    return payload(platform, exception={"values": values}, **more)


def payload(platform: str, **more: Any) -> str:
    """The body of an event."""
    return json.dumps({"event_id": _ID, "platform": platform, "timestamp": 1764000000, **more})


def frames(stack: str) -> list[dict[str, Any]]:
    """The frames of a stack in few lines."""
    return [_frame(line.strip()) for line in stack.strip().splitlines() if line.strip()]


def _frame(line: str) -> dict[str, Any]:
    parts = [part.strip() or None for part in _BAR.split(line[1:])]
    module, function, filename, number, source = (*parts, None, None, None, None)[:5]
    found: dict[str, Any] = {
        "module": module,
        "function": function,
        "filename": filename,
        "in_app": line[0] == "+",
    }
    if filename and filename.startswith(("/", "http", "C:")):
        found["abs_path"] = filename
    if number:
        found["lineno"] = int(number)
    if source:
        found["context_line"] = source
    return {key: value for key, value in found.items() if value is not None}


def _quoted(text: str, protocol: str) -> str:
    return json.dumps(text)[1:-1] if protocol.startswith("sentry") else text
