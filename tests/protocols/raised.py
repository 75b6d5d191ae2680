"""What an event says of what was raised, short enough to stand in a table."""

from app.model import Event, ExceptionInfo, Frame
from app.protocols.event.failing_frame import choice

# type, value, function and line to blame, and whether it was handled
Raised = tuple[str | None, str | None, str | None, int | None, bool | None]


def handled(event: Event) -> bool | None:
    """What the raised exception knows of it."""
    mechanism = event.exceptions[-1].mechanism if event.exceptions else None
    answer: bool | None = (mechanism or {}).get("handled")
    return answer


def raised(event: Event) -> Raised:
    """The raised exception; for a message the message, and no type."""
    frame = choice.of_event(event) or Frame()
    last = event.exceptions[-1] if event.exceptions else ExceptionInfo(value=event.message)
    return last.type, last.value, frame.function, frame.line, handled(event)


def calls(frames: tuple[Frame, ...]) -> list[str]:
    """Functions and lines, oldest call first; those that are not the app's own in brackets."""
    names = [f"{frame.function}:{frame.line}" for frame in frames]
    return [name if frame.in_app else f"({name})" for name, frame in zip(names, frames, strict=True)]
