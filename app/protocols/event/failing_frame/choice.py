"""Picks the frame that failed: the newest of the app's own calls, below those that raised the error."""

from collections.abc import Sequence

from app.model import Event, ExceptionInfo, Frame, Thread
from app.protocols.event.failing_frame import calls
from app.protocols.event.failing_frame.calls import Call
from app.protocols.event.in_app import is_in_app_code

# Clients of these languages know their packages. Others mark every frame as in-app unless configured.
JUDGED_BY_CLIENT = frozenset(("python", "node", "ruby"))
# Errors of these are raised by a statement: the newest of the app's own calls is not called by the machinery.
RAISED_BY_STATEMENT = JUDGED_BY_CLIENT | {"javascript", "php", "java", "csharp"}
# So many of the newest calls are looked at for the one that raised the error: a handler has few of its own.
_MOST_RAISING = 40


def is_own(frame: Frame, platform: str | None) -> bool:
    """Whether a frame is the app's own, for its client and by our rules."""
    if not frame.in_app:
        return False
    return platform in JUDGED_BY_CLIENT or is_in_app_code(
        frame.abs_path or frame.filename, frame.module, frame.function, platform
    )


def failing(frames: Sequence[Frame], platform: str | None) -> int | None:
    """The index of the frame that failed, oldest call first; None without frames.

    It is the newest of the app's own, else of those that the client calls so, else of all that are neither
    machinery nor of the system; in this order, and below the call that raised the error if there is any.
    """
    if not frames:
        return None
    if platform not in RAISED_BY_STATEMENT:
        raising = _newest_raising(frames, platform)
        found = None if raising is None else _newest(frames[:raising], platform)
        if found is not None:
            return found
    found = _newest(frames, platform)
    return len(frames) - 1 if found is None else found


def frame_of(frames: Sequence[Frame], platform: str | None) -> Frame | None:
    """The frame of one stack that failed; None without frames."""
    index = failing(frames, platform)
    return None if index is None else frames[index]


def stack(exceptions: Sequence[ExceptionInfo], threads: Sequence[Thread]) -> tuple[Frame, ...]:
    """The frames of the exception raised last that has any, else of the thread that crashed, else of the
    current one; oldest call first.
    """
    for raised in reversed(exceptions):
        if raised.frames:
            return raised.frames
    for thread in sorted(threads, key=lambda thread: (not thread.crashed, not thread.current)):
        if thread.frames:
            return thread.frames
    return ()


def of(exceptions: Sequence[ExceptionInfo], threads: Sequence[Thread], platform: str | None) -> Frame | None:
    """The frame that failed, of the stack that failed."""
    return frame_of(stack(exceptions, threads), platform)


def of_event(event: Event) -> Frame | None:
    """The frame of an event that failed."""
    return of(event.exceptions, event.threads, event.platform)


def _newest_raising(frames: Sequence[Frame], platform: str | None) -> int | None:
    """The index of the newest call that raises an error, or that a signal put there.

    A call of the system without a name is none that the app could have made: in a library without symbols it
    stands for what raises, or for what a signal interrupted.
    """
    for index in range(len(frames) - 1, max(-1, len(frames) - 1 - _MOST_RAISING), -1):
        kind, is_of_system = _known(frames[index], platform)
        if kind is Call.RAISING:
            return index
        if is_of_system and index and _is_nameless(frames[index]):
            caller = frames[index - 1]
            path = caller.abs_path or caller.filename
            if not _is_nameless(caller) and not calls.known(path, None, None, platform)[1]:
                return index
    return None


def _is_nameless(frame: Frame) -> bool:
    return not frame.function or frame.function.startswith(("0x", "?", "<unknown"))


def _known(frame: Frame, platform: str | None) -> tuple[Call, bool]:
    return calls.known(frame.abs_path or frame.filename, frame.module, frame.function, platform)


def _newest(frames: Sequence[Frame], platform: str | None) -> int | None:
    """The index of the newest call of the best kind that there is; None where all are machinery."""
    second: int | None = None
    third: int | None = None
    last: int | None = None
    for index in range(len(frames) - 1, -1, -1):
        frame = frames[index]
        if not frame.in_app and third is not None:
            continue
        kind, is_of_system = _known(frame, platform)
        if kind is not Call.CODE:
            continue
        if is_of_system or not (frame.function or frame.filename or frame.abs_path or frame.module):
            last = index if last is None else last
        elif frame.in_app:
            if is_own(frame, platform):
                return index
            second = index if second is None else second
        elif third is None:
            third = index
    return next((index for index in (second, third, last) if index is not None), None)
