"""Reads the exceptions of a span: each is an event with the span as its context."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from app.model import Breadcrumb, Event, Report
from app.protocols.event import event_builder, timestamps
from app.protocols.otlp import contexts, conventions, exception_attributes, records, resource, schema, values
from app.protocols.otlp.identity import Ids
from app.protocols.otlp.records import Record
from app.protocols.wire import fitting, lenient_json
from app.protocols.wire.notes import Notes

_KINDS = ("unspecified", "internal", "server", "client", "producer", "consumer")
# The request of such a span is one that the app made, not the one that it served.
_OUTGOING = frozenset(("client", "producer"))
_STATUSES = ("unset", "ok", "error")


def events(record: Record, report: Report, ids: Ids) -> Iterator[Event]:
    """An event for each exception. Raises nothing."""
    span = fitting.fit(record.record, schema.Span, "span.", Notes())
    for number, span_event in enumerate(span.events or ()):
        if _is_exception(span_event):
            yield _event(record, number, report, ids)


def _is_exception(span_event: schema.SpanEvent) -> bool:
    names = values.attributes(span_event.attributes, Notes())
    return span_event.name == "exception" or not records.RAISED.isdisjoint(names)


def _event(record: Record, number: int, report: Report, ids: Ids) -> Event:
    # Fitted again for each exception, so that each event has the problems of its span.
    notes = Notes(subject="span")
    span = fitting.fit(record.record, schema.Span, "span.", notes)
    span_event = (span.events or [])[number]
    source = resource.source(record.resource, report, notes)
    own = values.attributes(span_event.attributes, notes)
    given = values.attributes(span.attributes, notes)
    sent = dict(own)
    exceptions, platform, threads = exception_attributes.read(own, source.platform, notes)
    if exceptions and not any(each.frames for each in exceptions):
        frame = conventions.frame(given, platform)
        if frame is not None:
            exceptions = (*exceptions[:-1], replace(exceptions[-1], frames=(frame,)))
    kind = _word(_KINDS, span.kind)
    around = _contexts(span, record.scope, kind, source.contexts, notes)
    request = None
    if kind not in _OUTGOING:
        status = conventions.number_of(given, "http.response.status_code", "http.status_code")
        if status is not None:
            around["response"] = {"status_code": status}
        request = conventions.request(given)
    user = conventions.user(given)
    tags, extra = conventions.left_over({**given, **own})
    time = values.nanos(span_event.time_unix_nano, span.end_time_unix_nano, span.start_time_unix_nano)
    trace_id, span_id = values.hex_id(span.trace_id), values.hex_id(span.span_id)
    status_message = span.status.message if span.status is not None else None
    last = exceptions[-1] if exceptions else None
    return event_builder.build(
        report,
        notes,
        event_id=ids.next(trace_id, span_id, time, sent, last and last.type, last and last.value),
        project=source.project,
        timestamp=time,
        exceptions=exceptions,
        threads=threads,
        message=None if exceptions else status_message or span_event.name,
        extra=extra,
        platform=platform,
        transaction=span.name or None,
        release=source.release,
        environment=source.environment,
        server_name=source.server_name,
        breadcrumbs=_breadcrumbs(span.events or [], notes),
        request=request,
        user=user,
        tags={**source.tags, **tags},
        contexts=around,
        sdk=source.sdk,
    )


def _contexts(
    span: schema.Span, scope: dict[str, Any], kind: str | None, of_source: dict[str, Any], notes: Notes
) -> dict[str, Any]:
    status = span.status or schema.Status()
    work = {
        "kind": kind,
        "status": _word(_STATUSES, status.code),
        "status_message": status.message or None,
        "start": _iso(span.start_time_unix_nano),
        "end": _iso(span.end_time_unix_nano),
        "trace_state": span.trace_state or None,
        "links": span.links or None,
        "dropped_attributes": span.dropped_attributes_count or None,
        "dropped_events": span.dropped_events_count or None,
        "dropped_links": span.dropped_links_count or None,
    }
    found = {
        "trace": contexts.trace(span.trace_id, span.span_id, span.parent_span_id, span.flags),
        "span": {name: value for name, value in work.items() if value is not None},
        "scope": contexts.scope(scope, notes),
        **of_source,
    }
    return {name: part for name, part in found.items() if part}


def _breadcrumbs(events: list[schema.SpanEvent], notes: Notes) -> tuple[Breadcrumb, ...]:
    """What else happened in the span."""
    crumbs = []
    for span_event in events:
        if _is_exception(span_event):
            continue
        data = values.attributes(span_event.attributes, notes)
        message = data.pop("message", None)
        time = values.nanos(span_event.time_unix_nano)
        crumbs.append(
            Breadcrumb(
                timestamp=timestamps.parse(time) if time is not None else None,
                category=span_event.name if message is not None else None,
                message=lenient_json.as_text(message) if message is not None else span_event.name,
                data=data,
            )
        )
    return tuple(crumbs)


def _word(words: tuple[str, ...], value: int | str | None) -> str | None:
    """An enumeration as a word, whether it came as its number or by its name: ``SPAN_KIND_SERVER``."""
    if isinstance(value, int):
        return words[value] if 0 < value < len(words) else None
    word = (value or "").rpartition("_")[2].lower()
    return word if word in words[1:] else None


def _iso(value: schema.Nanos | None) -> str | None:
    time = values.nanos(value)
    moment = timestamps.parse(time) if time is not None else None
    return moment.isoformat().replace("+00:00", "Z") if moment is not None else None
