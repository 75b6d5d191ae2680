"""Where in a person's file something went wrong, and the words for it."""

import traceback
from collections.abc import Callable
from types import TracebackType

from app.listeners.frames import Failed

LONGEST_ERROR = 500
LONGEST_TRACEBACK = 20_000


def failed(file: str, listener: str, error: Exception, act: Callable[..., object] | None) -> Failed:
    """`listener`, which is `act` if that could be loaded, has raised `error`."""
    theirs = _theirs(file, error.__traceback__)
    words = traceback.format_exception_only(error)[-1].strip()[:LONGEST_ERROR]
    text = "".join(traceback.format_exception(type(error), error, theirs))[-LONGEST_TRACEBACK:]
    return Failed(listener, _place(file, error, act), words, text)


def slow(file: str, listener: str, seconds: float, act: Callable[..., object] | None) -> Failed:
    """`listener` took its time, and the digest waited."""
    words = f"It took {seconds:.1f} s: the digest waits for it"
    return Failed(listener, definition(file, act), words, words + ".\n")


def definition(file: str, act: Callable[..., object] | None) -> str:
    """Where `act` begins, as file:line; the file alone when it is defined elsewhere."""
    code = getattr(act, "__code__", None)
    if code is None or code.co_filename != file:
        return file
    return f"{file}:{code.co_firstlineno}"


def _theirs(file: str, raised: TracebackType | None) -> TracebackType | None:
    """The traceback from their first line on; ours, which called it, helps nobody."""
    inner = raised
    while inner is not None:
        if inner.tb_frame.f_code.co_filename == file:
            return inner
        inner = inner.tb_next
    return raised


def _place(file: str, error: Exception, act: Callable[..., object] | None) -> str:
    """The last line of their file that was being run, as file:line; else where the function begins."""
    if isinstance(error, SyntaxError) and error.filename == file:
        return f"{file}:{error.lineno}"
    stack = traceback.extract_tb(error.__traceback__)
    line = next((frame.lineno for frame in reversed(stack) if frame.filename == file), None)
    return definition(file, act) if line is None else f"{file}:{line}"
