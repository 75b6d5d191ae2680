"""Another body that the same client sends: a capture with its JSON changed, read by its own adapter.

Only for bodies that are JSON, or lines of it (envelopes, Elastic's intake): lengths of items are left out.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from app.model import Event
from tests.protocols import captures

LINES = {"lineno", "lineNumber", "line_number", "line", "_line", "number", "code.lineno", "code.line.number"}
_PYTHON_LINE = re.compile(r"(?<=\bline )\d+")
_JS_LINE = re.compile(r"(?<=\.js:)\d+(?=:\d)")

Change = Callable[[Any], Any]


def changed(name: str, change: Change) -> tuple[Event, ...] | None:
    """The events of the capture `name`, every value of its body changed; None if it is no JSON."""
    capture = captures.load(name)
    body = _rewritten(capture.body(), change)
    if body is None:
        return None
    return capture.protocol.read(capture.report(), body).events


def _rewritten(body: bytes, change: Change) -> bytes | None:
    try:
        return json.dumps(change(json.loads(body))).encode()
    except ValueError:
        pass
    lines = []
    try:
        for line in body.split(b"\n"):
            if not line.strip():
                lines.append(line)
                continue
            read = json.loads(line)
            if isinstance(read, dict) and "type" in read:
                read.pop("length", None)
            lines.append(json.dumps(change(read)).encode())
    except ValueError:
        return None
    return b"\n".join(lines)


def texts(swap: Callable[[str], str]) -> Change:
    """A change of every string, also of keys that hold one."""

    def change(value: Any) -> Any:
        if isinstance(value, str):
            return swap(value)
        if isinstance(value, list):
            return [change(part) for part in value]
        if isinstance(value, dict):
            return {key: change(part) for key, part in value.items()}
        return value

    return change


def lines_moved(by: int) -> Change:
    """A change of every line number: of frames, of the source lines around them, and in printed stacks."""

    def text(value: str) -> str:
        value = _PYTHON_LINE.sub(lambda found: str(int(found[0]) + by), value)
        return _JS_LINE.sub(lambda found: str(int(found[0]) + by), value)

    def number(key: str, value: Any) -> Any:
        if key in LINES and isinstance(value, int) and not isinstance(value, bool):
            return value + by
        if key in LINES and isinstance(value, str) and value.isdigit():
            return str(int(value) + by)
        return change(value)

    def change(value: Any) -> Any:
        if isinstance(value, str):
            return text(value)
        if isinstance(value, list):
            return [change(part) for part in value]
        if isinstance(value, dict):
            if value and all(key.isdigit() for key in value):
                return {str(int(key) + by): part for key, part in value.items()}
            return {key: number(key, part) for key, part in value.items()}
        return value

    return change
