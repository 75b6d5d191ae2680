"""Reads the reports of browsers, in their shapes, into events.

`report-uri` sends an object ``csp-report`` (https://www.w3.org/TR/CSP3/#deprecated-serialize-violation), the
Reporting API a list of ``{type, age, url, user_agent, body}`` (https://www.w3.org/TR/reporting-1/). Reports
of pinned keys (RFC 7469) have no wrapping at all. A page's own script may post to the same address: what has
none of these shapes goes to the plain adapter.
"""

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from app.model import Event, Frame, Level, Report, Request, Thread, from_micros
from app.protocols.accept_request import acceptor, in_path, in_query
from app.protocols.browser import description
from app.protocols.delivery import Delivery
from app.protocols.event import event_builder, source_lines
from app.protocols.plain import body_kind, field_names
from app.protocols.plain import read as plain
from app.protocols.protocol import Accepted, Answer
from app.protocols.wire import fitting, http_head
from app.protocols.wire.notes import Notes

_MOST = 1000
_OF_PAGE = tuple("documenturl documenturi".split())
_TEXTS = frozenset(
    (
        *_OF_PAGE,
        *description.BLOCKED,
        *description.DIRECTIVE,
        *description.SAMPLE,
        "referrer",
        "disposition",
        "sourcefile",
        "message",
    )
)
_NUMBERS = frozenset(("linenumber", "columnnumber", "statuscode"))
_QUIET_TYPES = frozenset(("csp-hash", "ok"))

accept = acceptor(in_query("sentry_key", "project"), in_path)


def answer(_accepted: Accepted) -> Answer:
    """Browsers read the status only."""
    return Answer(204, b"application/json", b"")


def read(report: Report, body: bytes) -> Delivery:
    """The reports, or what a page's own script sent. Raises nothing."""
    notes = Notes(subject="report")
    value = fitting.lenient(body, notes) if body_kind.is_json(body) else None
    found = _reports(value)
    if not found:
        return _beside_reports(report, body)
    events: list[Event] = []
    others: dict[str, int] = {}
    for number, one in enumerate(found[:_MOST]):
        kind = str(one.get("type"))
        inner = one.get("body")
        if kind in _QUIET_TYPES or (isinstance(inner, dict) and inner.get("type") in _QUIET_TYPES):
            others[kind] = others.get(kind, 0) + 1
            continue
        own = notes if number == 0 else Notes(subject="report")
        events.append(_event(report, one, own, event_builder.id_of(report, len(events))))
    if len(found) > _MOST:
        others["left_out"] = len(found) - _MOST
    return Delivery(events=tuple(events), others=others)


def _beside_reports(report: Report, body: bytes) -> Delivery:
    """What a page's own script sent, with the release and environment that the address names."""
    delivery = plain.read(report, body)
    asked = http_head.query(report.head)
    release, environment = asked.get("sentry_release"), asked.get("sentry_environment")
    if not (release or environment):
        return delivery
    events = tuple(
        replace(event, release=event.release or release, environment=event.environment or environment)
        for event in delivery.events
    )
    return replace(delivery, events=events)


def _reports(value: Any) -> list[dict[str, Any]]:
    """What is a report of a browser in `value`, in the shape of the Reporting API; nothing where none is."""
    if isinstance(value, list):
        return value if value and all(_is_report(item) for item in value) else []
    if not isinstance(value, dict):
        return []
    if _is_report(value):
        return [value]
    if "known-pins" in value and ("hostname" in value or "noted-hostname" in value):
        return [{"type": "hpkp", "body": value}]
    for name, part in value.items():
        if name == "csp-report":
            return [{"type": "csp-violation", "body": part}]
        if name.endswith("-report") and isinstance(part, dict):
            return [{"type": name.removesuffix("-report"), "body": part}]
    return []


def _is_report(value: Any) -> bool:
    return (
        isinstance(value, dict) and isinstance(value.get("type"), str) and ("body" in value or "age" in value)
    )


def _event(report: Report, one: dict[str, Any], notes: Notes, fallback_id: str) -> Event:
    kind, body = one["type"], one.get("body")
    if body is not None and not isinstance(body, dict):
        notes.odd("body", body, "an object")
    fields = field_names.Fields(body if isinstance(body, dict) else {})
    page = fields.text(_OF_PAGE) or _text(one.get("url"))
    disposition = fields.text(("disposition",))
    described = description.describe(fields, kind, notes)
    tags = {"report": kind}
    if disposition is not None:
        tags["disposition"] = disposition
    frames = _frames(fields)
    request = _request(report, one, page, fields)
    # Reports on certificates say when; the others how long ago.
    written = fields.text(("datetime",))
    _note_odd(fields, notes)
    for name, part in one.items():
        if name not in ("type", "age", "url", "user_agent", "body") and part is not None:
            notes.keep(name, part)
    by_disposition = Level.WARNING if disposition in ("report", "reporting") else Level.ERROR
    asked = http_head.query(report.head)
    exceptions = (described.exception,) if described.exception is not None else ()
    return event_builder.build(
        report,
        notes,
        fallback_id=fallback_id,
        timestamp=_moment(report, one.get("age"), notes) or written,
        level=described.level or by_disposition,
        exceptions=exceptions,
        threads=(Thread(current=True, frames=frames),) if frames and not exceptions else (),
        message=None if exceptions else described.words,
        extra={**fields.left, **described.kept},
        platform="javascript",
        logger=kind,
        request=request,
        tags=tags,
        release=asked.get("sentry_release"),
        environment=asked.get("sentry_environment"),
    )


def _moment(report: Report, age: Any, notes: Notes) -> Any:
    """When it happened: `age` is how many milliseconds the browser kept the report for."""
    if age is None:
        return None
    if type(age) not in (int, float) or not 0 <= age < 1e12:
        notes.odd("age", age, "milliseconds")
        return None
    return from_micros(report.received_at) - timedelta(milliseconds=age)


def _request(
    report: Report, one: dict[str, Any], page: str | None, fields: field_names.Fields
) -> Request | None:
    referrer = fields.text(("referrer",))
    agent = _text(one.get("user_agent")) or http_head.header(report.head, "user-agent")
    headers = {"User-Agent": agent, "Referer": referrer}
    known = {name: value for name, value in headers.items() if value}
    return Request(url=page, headers=known) if page or known else None


def _frames(fields: field_names.Fields) -> tuple[Frame, ...]:
    file = fields.text(("sourcefile",))
    line, column = fields.whole(("linenumber",)), fields.whole(("columnnumber",))
    sample = fields.text(description.SAMPLE)
    if file is None:
        if sample is not None:
            fields.put("sample", sample)
        return ()
    return (
        Frame(filename=file, line=line, column=column, context=source_lines.around(line, None, sample, None)),
    )


def _note_odd(fields: field_names.Fields, notes: Notes) -> None:
    """Note the wrong types: known fields that nothing has taken, but for the empty texts of browsers."""
    for name, value in list(fields.left.items()):
        known = field_names.plain(name)
        if value == "" and known in _TEXTS:
            del fields.left[name]
        elif known in _TEXTS:
            notes.problem(f"{name} should be text; it is kept in extra.")
        elif known in _NUMBERS and type(value) is not int:
            notes.problem(f"{name} should be a whole number; it is kept in extra.")


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
