"""A whole OTLP request: an event for each exception of a span, and for each log record of an error."""

from collections.abc import Iterable
from functools import partial

from msgspec.structs import replace

from app.model import Event, Report
from app.protocols.delivery import Delivery
from app.protocols.event import event_builder
from app.protocols.otlp import logs, records, resource, spans, traces
from app.protocols.otlp.identity import Ids
from app.protocols.otlp.records import Records
from app.protocols.wire import http_head


def read_traces(report: Report, body: bytes) -> Delivery:
    """The exceptions on spans. Raises nothing."""
    found = records.find(body, http_head.header(report.head, "content-type"), "spans")
    ids = Ids(report)
    events = [event for record in found.seen for event in spans.events(record, report, ids)]
    # All of a trace: the spans that events were made of, too.
    traced = partial(traces.read, report, body, "spans") if found.seen or found.others else None
    return replace(_delivered(report, found, "span", events), traced=traced)


def read_logs(report: Report, body: bytes) -> Delivery:
    """The log records of errors, and those with an exception. Raises nothing."""
    found = records.find(body, http_head.header(report.head, "content-type"), "logs")
    ids = Ids(report)
    delivered = _delivered(report, found, "log", [logs.event(record, report, ids) for record in found.seen])
    return replace(delivered, traced=partial(traces.read, report, body, "logs") if found.others else None)


def _delivered(report: Report, found: Records, kind: str, events: list[Event]) -> Delivery:
    """With what was odd about the request on its first event, or on one of its own, to be seen."""
    if found.notes.problems:
        if events:
            extra = event_builder.merged(events[0].extra, found.notes)
            problems = (*found.notes.sentences(), *events[0].problems)
            events[0] = replace(events[0], extra=extra, problems=problems)
        else:
            events.append(event_builder.build(report, found.notes, message="Unreadable OTLP request"))
    return Delivery(
        events=tuple(events),
        others={kind: found.others} if found.others else {},
        project=report.project or _first(map(resource.project, found.resources)),
    )


def _first(names: Iterable[str | None]) -> str:
    return next(filter(None, names), None) or ""
