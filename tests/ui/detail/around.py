"""What is stored around an event, made by hand: spans and lines by their milliseconds before the crash."""

from typing import Any

from app.model import to_micros
from app.store.traces.trace_lookup import TraceNumbers
from app.trace_detail import Around, ShownLine
from app.traces import waterfall
from app.traces.model import LogLine, Source, Span, Traced
from tests.ui.detail.samples import CRASHED_AT

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
CRASH = to_micros(CRASHED_AT)


def span(span_id: str, parent_id: str | None = None, *, at: int = -100, ms: int = 10, **fields: Any) -> Span:
    """A span that begins `at` milliseconds after the crash."""
    given: dict[str, Any] = {"op": "db", "name": f"work {span_id}"}
    start = CRASH + at * 1_000
    return Span(
        trace_id=TRACE,
        span_id=span_id,
        parent_id=parent_id,
        start=start,
        end=start + ms * 1_000,
        **(given | fields),
    )


def line(message: str, *, at: int = -100, project: str = "shop", **fields: Any) -> ShownLine:
    """A log line of the trace."""
    return ShownLine(LogLine(time=CRASH + at * 1_000, message=message, trace_id=TRACE, **fields), project)


def around(*spans: Span, own: str = "", others: tuple[Span, ...] = (), **fields: Any) -> Around:
    """Spans of the project shop, and `others` of the project pay."""
    found = [("shop", Traced(Source("shop"), spans)), ("pay", Traced(Source("pay"), others))]
    given: dict[str, Any] = {"numbers": TraceNumbers(), "trace_id": TRACE, "span_id": own}
    return Around(**(given | {"waterfall": waterfall.of(TRACE, found)} | fields))
