"""Reads a Bugsnag payload: events, or the count of sessions, whichever route it came by."""

from typing import Any

import msgspec

from app.model import Event, ExceptionInfo, Level, Report, Sdk, Thread
from app.protocols.bugsnag import beacon, event_context, platforms, schema, stacks
from app.protocols.delivery import Delivery
from app.protocols.event import event_builder, headline, levels
from app.protocols.wire import fitting, http_head, lenient_json
from app.protocols.wire.notes import Notes

# Clients send one; so many have never been seen, and each costs memory.
_MOST_EVENTS = 1_000


def read(report: Report, body: bytes) -> Delivery:
    """Everything in a payload. Raises nothing: an empty one becomes an event that says so."""
    notes = Notes(subject="payload")
    return _delivery(fitting.decode(body, schema.BugsnagPayload, notes), report, notes)


def read_beacon(report: Report, _body: bytes) -> Delivery:
    """The one event in an address. Raises nothing."""
    notes = Notes(subject="payload")
    return _delivery(
        fitting.fit_object(beacon.payload(report.head, notes), schema.BugsnagPayload, notes), report, notes
    )


def _delivery(payload: schema.BugsnagPayload, report: Report, notes: Notes) -> Delivery:
    sessions = len(payload.sessions or ()) + len(payload.session_counts or ())
    others = {"session": sessions} if sessions else {}
    if not payload.events and (sessions or report.protocol == "bugsnag.sessions"):
        return Delivery(others=others or {"session": 1})
    for name in ("app", "device"):
        value = getattr(payload, name)
        if value:
            notes.keep(name, value)
    sent = payload.events or [{}]
    if not payload.events:
        notes.problem("The payload holds no events.")
    if len(sent) > _MOST_EVENTS:
        notes.problem(f"The payload holds {len(sent):,} events; the first {_MOST_EVENTS:,} are shown.")
    events = []
    for n, one in enumerate(sent[:_MOST_EVENTS]):
        # Problems of the payload are noted on its first event.
        own_notes = notes if n == 0 else Notes()
        wire = fitting.fit_object(one, schema.BugsnagEvent, own_notes)
        events.append(_event(wire, payload, report, n, own_notes))
    return Delivery(tuple(events), others=others)


def _event(
    wire: schema.BugsnagEvent, payload: schema.BugsnagPayload, report: Report, number: int, notes: Notes
) -> Event:
    app, device = wire.app or {}, wire.device or {}
    notifier = payload.notifier or {}
    sdk = Sdk(name=_text(notifier.get("name")), version=_text(notifier.get("version")))
    kinds = [one.type for one in wire.exceptions or []]
    platform = platforms.find(kinds[0] if kinds else None, sdk.name)
    exceptions = stacks.exceptions(wire, platform, notes)
    threads = stacks.threads(wire, platform, notes)
    message = None
    level = _level(wire, notes)
    record = stacks.logged(wire)
    if record is not None:
        # The exception is only where the record was logged from.
        threads = (*threads, Thread(current=True, frames=exceptions[0].frames))
        exceptions, message = (), record.message
    extra = {name: value for name, value in (wire.meta_data or {}).items() if value not in (None, {})}
    _keep_left_over(wire, payload, exceptions, notes)
    return event_builder.build(
        report,
        notes,
        fallback_id=event_builder.id_of(report, number),
        project=headline.first_line(payload.api_key or "", 100),
        timestamp=_sent_at(device, report),
        level=levels.of_crash(level) if stacks.is_handled(wire) is False else level,
        exceptions=exceptions,
        threads=threads,
        message=message,
        platform=platform,
        logger=_logger(wire),
        transaction=wire.context or None,
        release=_first("appVersion", _text(app.get("version")), wire.app_version, notes),
        environment=_first("releaseStage", _text(app.get("releaseStage")), wire.release_stage, notes),
        server_name=_text(device.get("hostname")),
        breadcrumbs=event_context.breadcrumbs(wire, notes),
        request=event_context.request(wire, extra),
        user=event_context.user(wire),
        tags=event_context.tags(wire, notes),
        contexts=event_context.contexts(wire, platform),
        modules=event_context.modules(wire, platform),
        sdk=sdk if sdk.name or sdk.version else None,
        fingerprint=_fingerprint(wire),
        extra=extra,
    )


def _level(wire: schema.BugsnagEvent, notes: Notes) -> Level:
    reason = wire.severity_reason
    if reason is not None and reason.type == "log":
        # Bugsnag knows three severities; the record's own level says it better.
        level = levels.find((reason.attributes or {}).get("level"))
        if level is not None:
            return level
    return levels.read(wire.severity, notes)


def _logger(wire: schema.BugsnagEvent) -> str | None:
    reason, record = wire.severity_reason, (wire.meta_data or {}).get("extra data")
    if reason is not None and reason.type == "log" and isinstance(record, dict):
        return _text(record.get("name"))
    return None


def _sent_at(device: dict[str, Any], report: Report) -> str | float | None:
    """The event's own time, else when the client sent it: bugsnag-python says nothing else."""
    own = device.get("time")
    if isinstance(own, str | float | int) and own:
        return own
    return http_head.header(report.head, "bugsnag-sent-at") or None


def _fingerprint(wire: schema.BugsnagEvent) -> tuple[str, ...]:
    if wire.grouping_discriminator:
        return (wire.grouping_hash or "{{ default }}", wire.grouping_discriminator)
    return (wire.grouping_hash,) if wire.grouping_hash else ()


def _first(name: str, value: str | None, older: str | None, notes: Notes) -> str | None:
    if value and older and value != older:
        notes.keep(name, older)
    return value or older or None


def _keep_left_over(
    wire: schema.BugsnagEvent,
    payload: schema.BugsnagPayload,
    exceptions: tuple[ExceptionInfo, ...],
    notes: Notes,
) -> None:
    notifier = {
        name: value for name, value in (payload.notifier or {}).items() if name not in ("name", "version")
    }
    version = payload.payload_version or wire.payload_version
    if version:
        notifier["payloadVersion"] = version
    if notifier:
        notes.keep("notifier", notifier)
    if wire.severity_reason is not None and not exceptions:
        notes.keep("severityReason", msgspec.to_builtins(wire.severity_reason))


def _text(value: Any) -> str | None:
    return None if value is None or value == "" else lenient_json.as_text(value)
