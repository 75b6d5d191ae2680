"""Stacks whose calls are numbered: where the numbers begin again, another stack begins.

Debuggers and sanitizers print several stacks below one another, of other threads or of earlier moments. Only
the first is the error's.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct

from app.model import Frame
from app.protocols.stacktrace.walk import Call


class Numbered(Struct, frozen=True):
    """A call, its number from the newest on, and how many lines it takes."""

    number: int
    frame: Frame
    lines: int = 1


def first_stack(
    read: Callable[[Sequence[str], int], Numbered | None],
) -> Callable[[Sequence[str], int], Call | None]:
    """A reader of the calls of the first stack only, for one walk; those of others are none to it."""
    last, is_other = -1, False

    def call(lines: Sequence[str], n: int) -> Call | None:
        nonlocal last, is_other
        found = read(lines, n)
        if found is None:
            return None
        is_other = is_other or found.number <= last
        last = found.number
        return None if is_other else Call(found.frame, found.lines)

    return call
