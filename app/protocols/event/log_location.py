"""Where a log record was made: loggers know it even for an error without a stack trace."""

from collections.abc import Sequence

from msgspec.structs import replace

from app.model import ExceptionInfo, Frame, Thread
from app.protocols.wire.notes import Notes

_PLATFORMS = {
    "py": "python",
    "js": "javascript",
    "mjs": "javascript",
    "ts": "javascript",
    "tsx": "javascript",
    "jsx": "javascript",
    "java": "java",
    "kt": "java",
    "scala": "java",
    "go": "go",
    "rb": "ruby",
    "php": "php",
    "cs": "csharp",
    "fs": "csharp",
    "rs": "rust",
}


def with_location(
    exceptions: tuple[ExceptionInfo, ...], frame: Frame | None, stack: Sequence[Frame], notes: Notes
) -> tuple[tuple[ExceptionInfo, ...], tuple[Thread, ...]]:
    """The exceptions, and the thread that logged them.

    `frame` is where the record was made, `stack` all calls up to there, if they were sent. For an exception
    without frames, the app's own line that logged it stands in; a framework's line would mislead.
    """
    if stack:
        return exceptions, (Thread(current=True, frames=tuple(stack)),)
    if frame is None:
        return exceptions, ()
    if any(raised.frames for raised in exceptions):
        if not _is_known(frame, exceptions[-1].frames):
            notes.keep("logged_at", _words(frame))
        return exceptions, ()
    if exceptions and frame.in_app:
        return (*exceptions[:-1], replace(exceptions[-1], frames=(frame,))), ()
    return exceptions, (Thread(current=True, frames=(frame,)),)


def platform_of(path: str | None) -> str | None:
    """The language of a source file, in Sentry's words."""
    return _PLATFORMS.get((path or "").rpartition(".")[2].lower())


def _is_known(frame: Frame, frames: Sequence[Frame]) -> bool:
    """Whether the place is that of the newest call, as in what `window.onerror` reports."""
    newest = frames[-1] if frames else Frame()
    path = frame.abs_path or frame.filename
    return path in (newest.abs_path, newest.filename) and frame.line == newest.line


def _words(frame: Frame) -> str:
    place = frame.abs_path or frame.filename or frame.module or "?"
    line = f":{frame.line}" if frame.line is not None else ""
    return f"{place}{line} in {frame.function}" if frame.function else f"{place}{line}"
