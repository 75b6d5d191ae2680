"""Small spans and log lines."""

from typing import Any

from app.traces.model import LogLine, Source, Span, Traced
from tests.factories import NOON

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
MS = 1_000


def make_span(
    span_id: str, parent_id: str | None = None, *, at: int = 0, ms: int = 10, **fields: Any
) -> Span:
    """A span that begins `at` milliseconds after noon, and takes `ms`."""
    given: dict[str, Any] = {"trace_id": TRACE, "op": "db", "name": f"work {span_id}"}
    start = NOON + at * MS
    return Span(span_id=span_id, parent_id=parent_id, start=start, end=start + ms * MS, **(given | fields))


def make_line(message: str, *, at: int = 0, **fields: Any) -> LogLine:
    """A line, `at` milliseconds after noon."""
    return LogLine(time=NOON + at * MS, message=message, **({"trace_id": TRACE} | fields))


def traced(*spans: Span, lines: tuple[LogLine, ...] = (), project: str = "shop") -> Traced:
    """What one report brought."""
    return Traced(Source(project), spans, lines)
