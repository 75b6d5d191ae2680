"""The result of a language's reader: the exceptions, and where in the text they begin."""

from msgspec import Struct

from app.model import ExceptionInfo, Thread


class LocatedTrace(Struct, frozen=True, kw_only=True):
    """A stack trace in a list of lines: it begins at `column` of line number `line`, both from 0.

    Exceptions are ordered causes first, their frames oldest call first. `unread` counts the lines that
    belong to it, or stand behind it, and are understood by nobody; empty lines do not count. `threads` are
    others than the one that raised.
    """

    platform: str
    exceptions: tuple[ExceptionInfo, ...]
    line: int
    column: int = 0
    unread: int = 0
    threads: tuple[Thread, ...] = ()
