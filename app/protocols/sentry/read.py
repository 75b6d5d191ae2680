"""Reads a Sentry report: the items of an envelope, or the one event of the legacy store route.

Only what belongs in an error inbox becomes an event (docs/protocols.md, section 1, rule 13): ``event`` items,
feedback that belongs to no event, and check-ins that failed. Attachments and feedback go with their event,
and all else is counted.
"""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from app.model import AttachmentInfo, Event, Feedback, Level, Report
from app.protocols import minidumps
from app.protocols.delivery import Attachment, Delivery, UserFeedback
from app.protocols.event import event_ids, headline
from app.protocols.sentry import (
    app_name,
    envelope,
    legacy_clients,
    logs,
    minidump,
    minidump_form,
    outline,
    repair,
    schema,
    traces,
)
from app.protocols.sentry import event as event_adapter
from app.protocols.sentry.envelope_lines import HEADER_LIMIT
from app.protocols.sketch import Outlined
from app.protocols.wire import fitting, http_head, lenient_json
from app.protocols.wire.notes import Notes
from app.traces.ids import id_text

_TRANSACTION = "transaction"
_MINIDUMP = "event.minidump"
_CRASHES = frozenset((_MINIDUMP, "event.applecrashreport"))

Decode = Callable[[bytes, Notes], schema.SentryEvent]


class _Collected(Struct):
    """What has been read of one envelope's items so far."""

    report: Report
    header_id: str | None
    decode: Decode
    header: dict[str, Any]
    sdk: dict[str, Any] | None
    dump: bytes | None = None
    events: list[Event] = field(default_factory=list)
    files: list[envelope.EnvelopeItem] = field(default_factory=list)
    feedback: list[UserFeedback] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    traced: list[envelope.EnvelopeItem] = field(default_factory=list)

    def next_id(self) -> str:
        """The id for an event that names none: the one that was answered; later ones derive from it."""
        if not self.events:
            return self.header_id or self.report.event_id
        return event_ids.derive(self.report.event_id, str(len(self.events)))


def read_store(report: Report, body: bytes, decode: Decode = repair.decode) -> Delivery:
    """The event of a `/store/` request. Raises nothing."""
    notes = Notes()
    wire = legacy_clients.with_causes_first(decode(body, notes), report.head)
    if wire.type == _TRANSACTION:
        item = envelope.EnvelopeItem({"type": _TRANSACTION}, body, 0)
        project = report.project or app_name.of(wire) or ""
        return Delivery(
            others={_TRANSACTION: 1},
            project=project,
            traced=partial(traces.read, [item], report, project),
        )
    event = event_adapter.build(wire, report, report.event_id, notes)
    if event.sdk is None:
        event = replace(event, sdk=legacy_clients.client(report.head))
    return Delivery(events=(event,))


def read_beacon(report: Report, _body: bytes) -> Delivery:
    """The event in the address of a `/store/` request. Raises nothing."""
    return read_store(report, http_head.query(report.head).get("sentry_data", "").encode())


def read_minidump(report: Report, body: bytes) -> Delivery:
    """The event of a crash, by the minidump and the form around it. Raises nothing."""
    return minidump_form.read(report, body)


def outline_minidump(report: Report, body: bytes) -> Delivery:
    """What `read_minidump` reads, with only the parts that an event is filed by."""
    return minidump_form.read(report, body, outline.decode)


def outline_store(report: Report, body: bytes) -> Delivery:
    """What `read_store` reads, with only the parts that an event is filed by."""
    return read_store(report, body, outline.decode)


def outline_envelope(report: Report, body: bytes) -> Outlined:
    """What `read_envelope` reads, with only the parts that an event is filed by."""
    reading = envelope.read(body)
    if len(reading.items) != 1 or reading.items[0].type != "event" or reading.problems:
        return _read(reading, report, body, outline.decode)
    own_id = event_ids.normalise(reading.header.get("event_id")) or report.event_id
    trace = reading.header.get("trace")
    trace_id = id_text(trace.get("trace_id")) if isinstance(trace, dict) else ""
    sketch = outline.sketch(reading.items[0].payload, report, own_id, trace_id)
    return _read(reading, report, body, repair.decode) if sketch is None else sketch


def read_envelope(report: Report, body: bytes) -> Delivery:
    """Everything in an envelope. Raises nothing: problems are noted on an event, to be seen."""
    return _read(envelope.read(body), report, body, repair.decode)


def _read(reading: envelope.EnvelopeReading, report: Report, body: bytes, decode: Decode) -> Delivery:
    sdk = reading.header.get("sdk")
    header_id = event_ids.normalise(reading.header.get("event_id"))
    collected = _Collected(report, header_id, decode, reading.header, sdk if isinstance(sdk, dict) else None)
    collected.dump = next((item.payload for item in reading.items if _is_minidump(item)), None)
    for item in reading.items:
        _READERS.get(item.type, _read_other)(item, collected)
    if collected.dump is not None and not collected.events:
        _build(schema.SentryEvent(sdk=collected.sdk), Notes(), collected)
    if reading.problems and (collected.events or not (reading.items and reading.is_whole)):
        _note_problems(reading.problems, body, collected)
    project = collected.events[0].project if collected.events else report.project or _app_in(reading.header)
    traced = partial(traces.read, collected.traced, report, project) if collected.traced else None
    if not collected.files and not collected.feedback:
        others = dict(collected.others)
        return Delivery(events=tuple(collected.events), others=others, project=project, traced=traced)
    return replace(_with_companions(collected), project=project, traced=traced)


def _app_in(header: dict[str, Any]) -> str:
    trace = header.get("trace")
    return (isinstance(trace, dict) and app_name.in_release(trace.get("release"))) or ""


def _read_event(item: envelope.EnvelopeItem, collected: _Collected) -> None:
    notes = Notes()
    wire = collected.decode(item.payload, notes)
    if wire.type == _TRANSACTION:
        # Its item calls itself an event.
        _read_other(envelope.EnvelopeItem({"type": _TRANSACTION}, item.payload, item.offset), collected)
        return
    _build(wire, notes, collected)


def _build(wire: schema.SentryEvent, notes: Notes, collected: _Collected) -> None:
    """The event; the minidump beside it belongs to the first of them."""
    if collected.dump is not None and not collected.events:
        minidump.add(wire, collected.dump, notes)
    collected.events.append(event_adapter.build(wire, collected.report, collected.next_id(), notes))


def _is_minidump(item: envelope.EnvelopeItem) -> bool:
    kind = item.header.get("attachment_type")
    return item.type == "attachment" and kind == _MINIDUMP and item.payload.startswith(minidumps.SIGNATURE)


def _read_attachment(item: envelope.EnvelopeItem, collected: _Collected) -> None:
    collected.files.append(item)


def _read_user_report(item: envelope.EnvelopeItem, collected: _Collected) -> None:
    value = _mapping(item.payload)
    about = event_ids.normalise(value.get("event_id")) or collected.header_id or collected.report.event_id
    comments = value.get("comments")
    feedback = Feedback(
        name=_text(value.get("name")),
        email=_text(value.get("email")),
        comments="" if comments is None else lenient_json.as_text(comments),
    )
    collected.feedback.append(UserFeedback(about, feedback))


def _read_feedback(item: envelope.EnvelopeItem, collected: _Collected) -> None:
    """New feedback is a whole event, whose context says what was written and about which event."""
    notes = Notes()
    wire = repair.decode(item.payload, notes)
    said = (wire.contexts or {}).get("feedback")
    if not isinstance(said, dict):
        said = {}
    comments = lenient_json.as_text(said.get("message") or "")
    feedback = Feedback(
        name=_text(said.get("name")), email=_text(said.get("contact_email")), comments=comments
    )
    about = event_ids.normalise(said.get("associated_event_id"))
    if about is not None:
        collected.feedback.append(UserFeedback(about, feedback))
        return
    built = event_adapter.build(wire, collected.report, collected.next_id(), notes)
    title = headline.first_line(comments) or built.title
    collected.events.append(replace(built, level=Level.INFO, title=title, message=comments or built.message))
    collected.feedback.append(UserFeedback(built.event_id, feedback))


def _read_check_in(item: envelope.EnvelopeItem, collected: _Collected) -> None:
    value = _mapping(item.payload)
    if value.get("status") != "error":
        collected.others["check_in"] += 1
        return
    slug = lenient_json.as_text(value.get("monitor_slug") or "unnamed")
    message = f"Check-in failed: {slug}"
    contexts = value.get("contexts")
    wire = schema.SentryEvent(
        event_id=_text(value.get("check_in_id")),
        timestamp=_moment(value.get("timestamp")),
        message=message,
        environment=_text(value.get("environment")),
        release=_text(value.get("release")),
        contexts={**(contexts if isinstance(contexts, dict) else {}), "monitor": value},
        tags={"monitor.slug": slug},
        fingerprint=["check_in", slug],
        sdk=collected.sdk,
    )
    collected.events.append(event_adapter.build(wire, collected.report, collected.next_id(), Notes()))


def _read_log(item: envelope.EnvelopeItem, collected: _Collected) -> None:
    events, quiet = logs.read(item.payload, collected.report, collected.next_id(), collected.header)
    collected.events += events
    if quiet:
        collected.others["log"] += quiet
        collected.traced.append(item)


def _read_other(item: envelope.EnvelopeItem, collected: _Collected) -> None:
    collected.others[item.type] += 1
    if item.type in traces.KINDS:
        collected.traced.append(item)


_READERS = {
    "event": _read_event,
    "attachment": _read_attachment,
    "feedback": _read_feedback,
    "user_report": _read_user_report,
    "check_in": _read_check_in,
    "log": _read_log,
}


def _note_problems(problems: tuple[str, ...], body: bytes, collected: _Collected) -> None:
    if collected.events:
        last = collected.events[-1]
        collected.events[-1] = replace(last, problems=(*last.problems, *problems))
        return
    notes = Notes()
    for problem in problems:
        notes.problem(problem)
    notes.keep("envelope", lenient_json.clean_text(body[:HEADER_LIMIT].decode("utf-8", "replace")))
    wire = schema.SentryEvent(message="Unreadable Sentry envelope")
    collected.events.append(event_adapter.build(wire, collected.report, collected.next_id(), notes))


def _with_companions(collected: _Collected) -> Delivery:
    """Files belong to the envelope's event, feedback to the event that it names."""
    owner = (
        collected.events[0].event_id if collected.events else collected.header_id or collected.report.event_id
    )
    attachments = tuple(Attachment(owner, _file_info(item), item.payload) for item in collected.files)
    events = []
    for event in collected.events:
        infos = tuple(file.info for file in attachments) if event.event_id == owner else ()
        said = tuple(note.feedback for note in collected.feedback if note.event_id == event.event_id)
        events.append(replace(event, attachments=infos, feedback=said) if infos or said else event)
    if events and events[0].title == headline.UNLABELLED and any(map(_is_crash, collected.files)):
        events[0] = replace(events[0], title=minidump.NATIVE_CRASH, message=minidump.NATIVE_CRASH)
    return Delivery(tuple(events), attachments, tuple(collected.feedback), dict(collected.others))


def _is_crash(item: envelope.EnvelopeItem) -> bool:
    return str(item.header.get("attachment_type")) in _CRASHES


def _file_info(item: envelope.EnvelopeItem) -> AttachmentInfo:
    return AttachmentInfo(
        filename=_text(item.header.get("filename")) or "attachment",
        content_type=_text(item.header.get("content_type")),
        size=len(item.payload),
    )


def _mapping(payload: bytes) -> dict[str, Any]:
    value = fitting.lenient(payload, Notes())
    return value if isinstance(value, dict) else {"unreadable": value}


def _text(value: Any) -> str | None:
    return None if value is None else lenient_json.as_text(value)


def _moment(value: Any) -> str | float | None:
    return value if isinstance(value, (str, float, int)) else None
