"""What the transformations do to all frames of an event at once."""

from collections.abc import Callable

from msgspec.structs import replace

from app.model import Event, ExceptionInfo, Frame, Thread

Stack = tuple[Frame, ...]


def each(event: Event, change: Callable[[Frame], Frame]) -> Event:
    """`event` with every frame changed."""
    return each_stack(event, lambda frames: tuple(change(frame) for frame in frames))


def each_stack(event: Event, change: Callable[[Stack], Stack]) -> Event:
    """`event` with the frames of every exception and thread changed."""
    exceptions = (replace(one, frames=change(one.frames)) for one in event.exceptions)
    threads = (replace(one, frames=change(one.frames)) for one in event.threads)
    return replace(event, exceptions=tuple(exceptions), threads=tuple(threads))


def raised_stack(event: Event, change: Callable[[Stack], Stack]) -> Event:
    """`event` with the frames of what was raised last changed; of the thread, where nothing was raised."""
    if event.exceptions:
        *others, raised = event.exceptions
        changed: tuple[ExceptionInfo, ...] = (*others, replace(raised, frames=change(raised.frames)))
        return replace(event, exceptions=changed)
    threads: tuple[Thread, ...] = tuple(replace(one, frames=change(one.frames)) for one in event.threads)
    return replace(event, threads=threads)


def raised(event: Event) -> Stack:
    """The frames of what was raised last."""
    return event.exceptions[-1].frames if event.exceptions else ()


def in_app(frames: Stack) -> list[int]:
    """Where the app's own frames are: those that have a name, are no file's top level, and no machine's."""
    return [at for at, frame in enumerate(frames) if frame.in_app and is_named(frame) and not _is_made(frame)]


def is_named(frame: Frame) -> bool:
    """Whether the frame tells a function that a person has named."""
    name = frame.function or ""
    return (
        bool(name)
        and name[0] not in "<?"
        and not name.endswith("<")
        and name.rpartition(".")[2] not in {"?", "<anonymous>"}
    )


def _is_made(frame: Frame) -> bool:
    """Whether a machine has made the frame: a proxy, a native call, the SDK's own."""
    path = frame.filename or frame.abs_path or ""
    made = not path or path.startswith(("<", "[", "(")) or "$$" in f"{frame.module}{frame.function}"
    return made or any(word in (frame.function or "").lower() for word in ("sentry", "withscope", "eval"))


def are_in(event: Event) -> bool:
    """Whether `event` has any frame."""
    return any(one.frames for one in event.exceptions) or any(one.frames for one in event.threads)


def moved(frame: Frame, path: Callable[[str], str]) -> Frame:
    """`frame` with its paths changed."""
    return replace(
        frame,
        filename=path(frame.filename) if frame.filename else frame.filename,
        abs_path=path(frame.abs_path) if frame.abs_path else frame.abs_path,
    )
