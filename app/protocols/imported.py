"""Takes what Arecibo has exported: a report that is imported comes by HTTP as all else does.

The body is a `report_file`. Its report is read by the protocol that it names, as if it had come by that; or
it is one event as Arecibo itself understood it (`event`). Its events are tagged `imported`, and keep their
ids: importing them again changes nothing.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from app import settings
from app.model import Event, Report, from_micros
from app.protocols import report_file
from app.protocols.accept_request import peek_body, printable_name
from app.protocols.delivery import Delivery
from app.protocols.event import event_builder, event_ids, timestamps
from app.protocols.protocol import Accepted, Answer, HttpRequest, Malformed, Protocol
from app.protocols.report_file import NotAReport
from app.protocols.wire import charset, encoding, http_head
from app.protocols.wire.notes import Notes

NAME = "import"
PATH = "arecibo/import"
EVENT = "event"
TAG = "imported"
_OTHERWISE = "plain"
Find = Callable[[str], Protocol]


def accept(http_request: HttpRequest) -> Accepted:
    """Raises `Malformed` for what is no exported report, and `encoding.EncodingError`."""
    try:
        report = report_file.read(peek_body(http_request)[0])
    except NotAReport as error:
        raise Malformed(str(error), 0) from error
    if report.protocol == NAME:
        raise Malformed("this is an import within an import", 0)
    return Accepted(printable_name(report.project), report.event_id)


def answer(accepted: Accepted) -> Answer:
    """The event's id."""
    return Answer(200, b"application/json", b'{"id": "%s"}' % accepted.event_id.encode())


def reader(find: Find) -> Callable[[Report, bytes], Delivery]:
    """Makes `read`; `find` is the protocol with a name, and raises KeyError."""

    def read(report: Report, body: bytes) -> Delivery:
        try:
            file = report_file.read(body)
        except NotAReport as error:
            return _unreadable(report, str(error))
        if file.protocol == EVENT:
            return Delivery(events=(_marked(_event(report, file.body), report),))
        try:
            protocol = find(_OTHERWISE if file.protocol == NAME else file.protocol)
        except KeyError:
            protocol = find(_OTHERWISE)
        received_at = min(file.received_at or report.received_at, report.received_at)
        inner = replace(
            report, protocol=protocol.name, head=file.head, received_at=received_at, body=file.body
        )
        try:
            content = encoding.decode(
                file.body, http_head.header(file.head, "content-encoding"), limit=settings.decoded_bytes()
            )
        except encoding.EncodingError as error:
            return _unreadable(report, f"The imported report cannot be unpacked: {error}")
        content = charset.as_utf8(content, http_head.header(file.head, "content-type"))
        delivery = protocol.read(inner, content)
        return replace(delivery, events=tuple(_marked(event, report) for event in delivery.events))

    return read


def _marked(event: Event, report: Report) -> Event:
    return replace(event, tags={**event.tags, TAG: "true"}, received_at=from_micros(report.received_at))


def _event(report: Report, body: bytes) -> Event:
    try:
        event = msgspec.json.decode(body, type=Event)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return _unreadable(report, f"The imported event cannot be read: {error}").events[0]
    received_at = from_micros(report.received_at)
    when = _aware(event.timestamp)
    return replace(
        event,
        event_id=event_ids.normalise(event.event_id) or report.event_id,
        issue_id=0,
        project=report.project or printable_name(event.project),
        timestamp=when if timestamps.is_plausible(when, received_at) else received_at,
        breadcrumbs=tuple(
            replace(crumb, timestamp=None if crumb.timestamp is None else _aware(crumb.timestamp))
            for crumb in event.breadcrumbs
        ),
        grouping=None,
        attachments=(),
    )


def _aware(moment: datetime) -> datetime:
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


def _unreadable(report: Report, problem: str) -> Delivery:
    notes: Any = Notes(subject="imported report")
    notes.problem(problem)
    event = event_builder.build(report, notes, message="A report that could not be imported")
    return Delivery(events=(event,))
