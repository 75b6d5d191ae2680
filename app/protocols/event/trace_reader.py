"""Gathers the spans and log lines of one report, for every format: by source, bounded, times in order."""

import math
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from app.model import Level, Report, to_micros
from app.protocols.event import timestamps
from app.protocols.wire import lenient_json
from app.traces import bounding
from app.traces.ids import id_text
from app.traces.model import MOST_LINES, MOST_SPANS, LogLine, Source, Span, Traced

_DAY = 86_400_000_000
_SECOND = 1_000_000
# 2000-01-01: what is before is no time, but a counter or nothing.
_EARLIEST = 946_684_800 * _SECOND


class _OfSource(Struct):
    spans: list[Span] = field(default_factory=list)
    lines: list[LogLine] = field(default_factory=list)
    left_out: int = 0


class TraceReader:
    """Takes what an adapter finds; anything may be of any type. Raises nothing."""

    def __init__(self, report: Report) -> None:
        self._received_at = report.received_at
        self._found: dict[Source, _OfSource] = {}
        self._spans = self._lines = 0

    def span(
        self,
        source: Source,
        *,
        trace_id: object,
        span_id: object,
        parent_id: object = None,
        op: object = None,
        name: object = None,
        start: object = None,
        end: object = None,
        seconds: float | None = None,
        status: object = None,
        transaction: object = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Add a span; one without its ids is none. `seconds` is how long it took, where it has no `end`."""
        own, trace = id_text(span_id), id_text(trace_id)
        if not own or not trace:
            return
        found = self._of(source)
        if self._spans >= MOST_SPANS:
            found.left_out += 1
            return
        self._spans += 1
        begun, ended = self._time(start), self._time(end)
        if seconds is not None and begun is not None and 0 <= seconds < 1e9:
            ended = begun + int(seconds * _SECOND)
        if begun is None:
            begun = ended if ended is not None else self._received_at
        found.spans.append(
            Span(
                trace_id=trace,
                span_id=own,
                parent_id=id_text(parent_id) or None,
                op=short_text(op),
                name=some_text(name) or "",
                start=begun,
                # A clock that was set back while it ran.
                end=begun if ended is None else max(begun, ended),
                status=short_text(status),
                transaction=short_text(transaction),
                data=bounding.values(data) if data else {},
            )
        )

    def line(
        self,
        source: Source,
        *,
        time: object,
        message: object,
        level: Level | None = None,
        logger: object = None,
        trace_id: object = None,
        span_id: object = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Add a log line."""
        found = self._of(source)
        if self._lines >= MOST_LINES:
            found.left_out += 1
            return
        self._lines += 1
        at = self._time(time)
        found.lines.append(
            LogLine(
                time=self._received_at if at is None else at,
                level=level or Level.INFO,
                message=some_text(message) or "",
                logger=short_text(logger),
                trace_id=id_text(trace_id),
                span_id=id_text(span_id) or None,
                data=bounding.values(data) if data else {},
            )
        )

    def traced(self) -> tuple[Traced, ...]:
        """What was taken, by source."""
        return tuple(
            Traced(source, tuple(found.spans), tuple(found.lines), found.left_out)
            for source, found in self._found.items()
        )

    def _of(self, source: Source) -> _OfSource:
        found = self._found.get(source)
        if found is None:
            found = self._found[source] = _OfSource()
        return found

    def _time(self, value: object) -> int | None:
        """Microseconds since 1970 of a time as `timestamps.parse` takes it; None for what cannot be one."""
        if type(value) is float and _SECOND < value < 1e11:
            micros = int(value * _SECOND)
        elif isinstance(value, str | int | float) and type(value) is not bool:
            if isinstance(value, float) and not math.isfinite(value):
                return None
            moment = timestamps.parse(value)
            if moment is None:
                return None
            micros = to_micros(moment)
        else:
            return None
        return micros if _EARLIEST <= micros <= self._received_at + _DAY else None


def some_text(value: object) -> str | None:
    """A value as text, bounded; None where there is none."""
    if value is None or value == "":
        return None
    return bounding.text(value if isinstance(value, str) else lenient_json.as_text(value))


def short_text(value: object) -> str | None:
    """The same for a name or a word."""
    if value is None or value == "":
        return None
    return bounding.name(value if isinstance(value, str) else lenient_json.as_text(value))
