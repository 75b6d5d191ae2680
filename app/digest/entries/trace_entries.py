"""What is stored of a report beside its events: its spans and log lines, packed, and its events' traces."""

from collections.abc import Sequence

from msgspec import Struct

from app.model import Report
from app.protocols.delivery import Delivery
from app.protocols.sketch import Outlined, Sketch
from app.traces import bounding, ids, packing
from app.traces.model import Traced

# Of how many transactions of a report it is noted that they ran.
MOST_RUNS = 100


class PackedPart(Struct, frozen=True):
    """What a report brought of one project: fields as of `store.traces.trace_rows.Part`."""

    project: str
    server: str | None
    content: bytes
    traces: frozenset[str]
    has_lines: bool
    runs: dict[str, int]


class TraceEntries(Struct, frozen=True):
    """The parts of a report, and the traces of its events as (place in the report, trace)."""

    parts: tuple[PackedPart, ...] = ()
    events: tuple[tuple[int, str], ...] = ()


def of(report: Report, outlined: Outlined, first: int = 0, *, reads_spans: bool = True) -> TraceEntries:
    """The entries of what a report delivered, of which this begins with its event `first`.

    Without `reads_spans` those of its events only, which costs next to nothing.
    """
    if isinstance(outlined, Sketch):
        return TraceEntries(events=((first, outlined.trace_id),) if outlined.trace_id else ())
    events = []
    for ordinal, event in enumerate(outlined.events, first):
        trace_id, _span_id = ids.of_event(event)
        if trace_id:
            events.append((ordinal, trace_id))
    return TraceEntries(parts(report, outlined) if reads_spans else (), tuple(events))


def parts(report: Report, delivery: Delivery) -> tuple[PackedPart, ...]:
    """The spans and log lines of a report, packed."""
    if delivery.traced is None:
        return ()
    other = report.project or delivery.project or report.protocol.partition(".")[0]
    return tuple(_packed(each, other) for each in delivery.traced() if each.spans or each.lines)


def _packed(traced: Traced, other: str) -> PackedPart:
    named: Sequence[str] = [span.trace_id for span in traced.spans]
    traces = {*named, *(line.trace_id for line in traced.lines if line.trace_id)}
    runs: dict[str, int] = {}
    for span in traced.spans:
        if span.transaction and (span.transaction in runs or len(runs) < MOST_RUNS):
            runs[span.transaction] = max(span.start, runs.get(span.transaction, 0))
    return PackedPart(
        traced.source.project or other,
        traced.source.server and bounding.name(traced.source.server),
        packing.pack(traced),
        frozenset(traces),
        bool(traced.lines),
        runs,
    )
