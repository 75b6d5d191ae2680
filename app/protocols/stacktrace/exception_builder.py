"""Collects an exception while its text is read, and flattens a tree of them into an event's list."""

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from app.model import ExceptionInfo, Frame

_DEEPEST = 50


class ExceptionBuilder(Struct, eq=False):
    """One exception: its `calls`, newest first, as most runtimes print them, and the `members` of a group.

    With `are_suppressed`, these are exceptions that were suppressed in favour of this one.
    """

    type: str | None = None
    module: str | None = None
    message: list[str] = field(default_factory=list)
    calls: list[Frame] = field(default_factory=list)
    cause: "ExceptionBuilder | None" = None
    members: "list[ExceptionBuilder]" = field(default_factory=list)
    are_suppressed: bool = False

    def info(self) -> ExceptionInfo:
        """The exception as a part of an event, with its frames oldest first."""
        value = "\n".join(self.message).strip("\n").rstrip()
        return ExceptionInfo(
            type=self.type, value=value or None, module=self.module, frames=tuple(reversed(self.calls))
        )


def flatten(raised: ExceptionBuilder) -> tuple[ExceptionInfo, ...]:
    """The tree as a list: causes before what they caused, members before the group that is their parent.

    The cause of a member names what it caused as its parent, so that it is not taken for the group's.
    """
    found: list[ExceptionInfo] = []
    _flatten(raised, found, 0)
    return tuple(found)


def _flatten(raised: ExceptionBuilder, found: list[ExceptionInfo], depth: int) -> None:
    cause: int | None = None
    for one in _chain(raised):
        indexes = []
        for number, member in reversed([*enumerate(one.members if depth < _DEEPEST else ())]):
            _flatten(member, found, depth + 1)
            source = {"source": f"suppressed[{number}]"} if one.are_suppressed else None
            indexes.append((len(found) - 1, source))
        found.append(one.info())
        for index, mechanism in indexes:
            found[index] = replace(found[index], parent=len(found) - 1, mechanism=mechanism)
        if cause is not None and depth:
            found[cause] = as_cause(found[cause], len(found) - 1)
        cause = len(found) - 1


def as_cause(info: ExceptionInfo, of: int) -> ExceptionInfo:
    """`info` as the cause of a group's member, which is the event's exception number `of`."""
    return replace(info, parent=of, mechanism={"source": "cause"})


def _chain(raised: ExceptionBuilder) -> Sequence[ExceptionBuilder]:
    """`raised` and its causes, the first cause first."""
    chain = []
    cause: ExceptionBuilder | None = raised
    while cause is not None:
        chain.append(cause)
        cause = cause.cause
    return chain[::-1]
