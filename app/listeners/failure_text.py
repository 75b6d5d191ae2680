"""Describes a failure in a person's file: its place and its text."""

import traceback
from collections.abc import Callable
from types import TracebackType

from app.listeners.frames import ListenerFailed

LONGEST_ERROR = 500
LONGEST_TRACEBACK = 20_000


def failed(file: str, listener: str, error: Exception, act: Callable[..., object] | None) -> ListenerFailed:
    """The failure of `listener`, which raised `error`; `act` is its function, if that could be loaded."""
    in_file = _of_file(file, error.__traceback__)
    summary = traceback.format_exception_only(error)[-1].strip()[:LONGEST_ERROR]
    text = "".join(traceback.format_exception(type(error), error, in_file))[-LONGEST_TRACEBACK:]
    return ListenerFailed(listener, _place(file, error, act), summary, text)


def slow(file: str, listener: str, seconds: float, act: Callable[..., object] | None) -> ListenerFailed:
    """The failure of `listener`, which took `seconds`."""
    summary = f"It took {seconds:.1f} s: the digest waits for it"
    return ListenerFailed(listener, definition(file, act), summary, summary + ".\n")


def definition(file: str, act: Callable[..., object] | None) -> str:
    """The line on which `act` is defined, as file:line; the file alone if it is defined elsewhere."""
    code = getattr(act, "__code__", None)
    if code is None or code.co_filename != file:
        return file
    return f"{file}:{code.co_firstlineno}"


def _of_file(file: str, raised: TracebackType | None) -> TracebackType | None:
    """The traceback from the file's first frame on, without our own frames that called it."""
    inner = raised
    while inner is not None:
        if inner.tb_frame.f_code.co_filename == file:
            return inner
        inner = inner.tb_next
    return raised


def _place(file: str, error: Exception, act: Callable[..., object] | None) -> str:
    """The innermost line of the file in the traceback, as file:line; else where the function begins."""
    if isinstance(error, SyntaxError) and error.filename == file:
        return f"{file}:{error.lineno}"
    stack = traceback.extract_tb(error.__traceback__)
    line = next((frame.lineno for frame in reversed(stack) if frame.filename == file), None)
    return definition(file, act) if line is None else f"{file}:{line}"
