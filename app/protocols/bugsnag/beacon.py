"""What bugsnag-js sent up to version 3: one event in the address of an image, with names of its own.

It posts nothing; `payload` makes of it the payload that later versions post.
"""

import re
from typing import Any

from app.model import Frame
from app.protocols import stacktrace
from app.protocols.wire import nested_query
from app.protocols.wire.notes import Notes

_KEY = re.compile(rb"(?:^|&)api_?[Kk]ey=[^&]")
# Parameters without meaning here: one defeats the cache, one asks for an image.
_ROUTING = ("cb", "ct")
# How browsers begin the message of an error that nobody caught.
_UNCAUGHT = "Uncaught "
_NUMBERS = ("lineNumber", "columnNumber")


def is_one(query: bytes) -> bool:
    """Whether the address holds an event, and is not only visited."""
    return _KEY.search(query) is not None


def payload(head: bytes, notes: Notes) -> dict[str, Any]:
    """The payload of today, with the one event that stands in the address. Raises nothing."""
    sent = nested_query.of_head(head)
    for name in _ROUTING:
        sent.pop(name, None)
    version = sent.pop("notifierVersion", None)
    place = {name: sent.pop(name) for name in ("file", *_NUMBERS) if name in sent}
    name, message = sent.pop("name", None), sent.pop("message", None)
    unhandled = {"true": True, "false": False}.get(str(sent.pop("unhandled", None)))
    if isinstance(message, str) and message.startswith(_UNCAUGHT):
        message = message.removeprefix(_UNCAUGHT).removeprefix(f"{name}: ")
        unhandled = True
    raised = {
        "errorClass": name,
        "message": message,
        "stacktrace": _frames(sent.pop("stacktrace", None), place, notes),
    }
    event = {
        "exceptions": [raised],
        "app": {"version": sent.pop("appVersion", None), "releaseStage": sent.pop("releaseStage", None)},
        "device": {"userAgent": sent.pop("userAgent", None), "locale": sent.pop("language", None)},
        "request": {"url": sent.pop("url", None)},
        "unhandled": unhandled,
    }
    key = sent.pop("apiKey", None)
    return {
        "apiKey": key,
        "notifier": {"name": "Bugsnag JavaScript", "version": version},
        "events": [{**sent, **event}],
    }


def _frames(text: Any, place: dict[str, Any], notes: Notes) -> list[dict[str, Any]]:
    """Newest call first, as later versions send them; without a stack, the place that `onerror` was given."""
    frames: tuple[Frame, ...] = ()
    if isinstance(text, str):
        frames = stacktrace.read(text, "javascript", notes, "stacktrace").frames
    if not frames and place:
        return [{name: _number(value) if name in _NUMBERS else value for name, value in place.items()}]
    return [
        {
            "file": frame.abs_path or frame.filename,
            "lineNumber": frame.line,
            "columnNumber": frame.column,
            "method": frame.function,
        }
        for frame in reversed(frames)
    ]


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value
