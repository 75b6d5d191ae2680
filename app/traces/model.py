"""The types of traces: a span, a log line, and what one report brought of both.

Times are in microseconds since 1970, by the client's clock. Ids are hex in lower case where the client sent
such, and otherwise its own text. All are arrays where they are encoded: the store has a hundred in a row.
"""

from typing import Any

from msgspec import Struct, field

from app.model import Level

MOST_SPANS = 5_000
"""How many spans of one report are read."""
MOST_LINES = 5_000
"""How many log lines of one report are read."""


class Span(Struct, frozen=True, kw_only=True, array_like=True):
    """A piece of work, part of a trace.

    `name` says what was done (``SELECT …``), `op` of which kind that is (``db``). `transaction` is the name
    that an event would give to what the span did, None where it is only a part of that. `status` is ``ok``,
    ``error`` or the client's own word.
    """

    trace_id: str
    span_id: str
    parent_id: str | None = None
    op: str | None = None
    name: str = ""
    start: int
    end: int
    status: str | None = None
    transaction: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


class LogLine(Struct, frozen=True, kw_only=True, array_like=True):
    """A line of a log. `trace_id` is empty where the client named no trace."""

    time: int
    level: Level = Level.INFO
    message: str = ""
    logger: str | None = None
    trace_id: str = ""
    span_id: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


class Source(Struct, frozen=True, array_like=True):
    """Where spans and lines come from: the project, and the machine if the client named it."""

    project: str
    server: str | None = None


class Traced(Struct, frozen=True, array_like=True):
    """The spans and log lines of one source in one report. `left_out` is how many more it held."""

    source: Source
    spans: tuple[Span, ...] = ()
    lines: tuple[LogLine, ...] = ()
    left_out: int = 0
