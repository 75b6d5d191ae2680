"""The client's own fingerprint: `{{ default }}` stands for our own grouping, other variables for values of
the event.

See https://docs.sentry.io/concepts/data-management/event-grouping/fingerprint-rules/#variables.
"""

import re
from collections.abc import Sequence

from app.model import Event, ExceptionInfo, Frame
from app.protocols.event.failing_frame import choice

_VARIABLE = re.compile(r"\{\{\s*([\w.-]+)\s*\}\}")


def says_nothing(fingerprint: Sequence[str]) -> bool:
    """Whether the client leaves the grouping to us: no fingerprint, or one that is our default alone."""
    return not fingerprint or (len(fingerprint) == 1 and is_default(fingerprint[0]))


def is_default(part: str) -> bool:
    """Whether `part` stands for the grouping that there would be without a fingerprint."""
    match = _VARIABLE.fullmatch(part.strip())
    return match is not None and match[1] == "default"


def filled_in(part: str, event: Event) -> str:
    """`part` with its variables replaced by what they mean for `event`; unknown ones stay as they are."""
    if "{{" not in part:
        return part
    return _VARIABLE.sub(lambda match: _value(match, event), part)


def _value(match: re.Match[str], event: Event) -> str:
    name = match[1]
    if name.startswith("tags."):
        return event.tags.get(name.removeprefix("tags."), "")
    known = _variables(event)
    return known[name] or "" if name in known else match[0]


def _variables(event: Event) -> dict[str, str | None]:
    raised = event.exceptions[-1] if event.exceptions else ExceptionInfo()
    frame = choice.of_event(event) or Frame()
    return {
        "error.type": raised.type,
        "type": raised.type,
        "error.value": raised.value,
        "value": raised.value,
        "message": event.message or raised.value,
        "level": event.level.value,
        "logger": event.logger,
        "transaction": event.transaction,
        "release": event.release,
        "environment": event.environment,
        "function": frame.function,
        "stack.function": frame.function,
        "module": frame.module,
        "stack.module": frame.module,
        "package": frame.filename,
        "stack.package": frame.filename,
        "stack.abs_path": frame.abs_path,
    }
