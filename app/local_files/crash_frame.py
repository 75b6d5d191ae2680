"""Which stack of an event failed, and the frame in it that a person wants to see first."""

from collections.abc import Sequence

from app.model import Event, Frame


def stack(event: Event) -> tuple[Frame, ...]:
    """The frames of the exception raised last that has any, else of the thread that crashed; oldest call
    first.
    """
    for exception in reversed(event.exceptions):
        if exception.frames:
            return exception.frames
    threads = sorted(event.threads, key=lambda thread: (not thread.crashed, not thread.current))
    return next((thread.frames for thread in threads if thread.frames), ())


def failing(frames: Sequence[Frame]) -> int | None:
    """The index of the newest frame of the app itself, else of the newest one; None without frames."""
    ours = (number for number in range(len(frames) - 1, -1, -1) if frames[number].in_app)
    return next(ours, len(frames) - 1 if frames else None)


def all_frames(event: Event) -> list[Frame]:
    """Every frame of the event: of all exceptions, and of all threads."""
    return [
        *(frame for exception in event.exceptions for frame in exception.frames),
        *(frame for thread in event.threads for frame in thread.frames),
    ]
