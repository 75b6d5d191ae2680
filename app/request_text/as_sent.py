"""A request as its report brought it, with the secrets that are hidden otherwise: when a person asks for them."""

from typing import TYPE_CHECKING

from app.model import Report, Request, to_micros
from app.protocols import table

if TYPE_CHECKING:
    from app.detail import EventDetail


def request_of(detail: "EventDetail") -> Request | None:
    """The request of the event, read from its report again; None when the report has it no more."""
    event = detail.event
    report = Report(
        id=0,
        received_at=to_micros(event.received_at),
        protocol=event.protocol,
        project=event.project,
        event_id=event.event_id,
        remote="",
        head=detail.raw_head.encode("latin-1", "replace"),
        body=b"",
    )
    delivery = table.by_name(event.protocol).read(report, detail.raw_body)
    events = delivery.events
    same = [sent for sent in events if sent.event_id == event.event_id] or (
        events if len(events) == 1 else []
    )
    return same[0].request if same else None
