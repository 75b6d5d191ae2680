"""A request as its report brought it, with the secrets that are hidden until a person asks for them."""

from app.model import Event, Report, Request, to_micros
from app.protocols import table


def request_of(event: Event, head: str, body: bytes) -> Request | None:
    """The request of `event`, read again from its report: head and decoded body. None: it is not in it."""
    report = Report(
        id=0,
        received_at=to_micros(event.received_at),
        protocol=event.protocol,
        project=event.project,
        event_id=event.event_id,
        remote="",
        head=head.encode("latin-1", "replace"),
        body=b"",
    )
    delivery = table.by_name(event.protocol).read(report, body)
    events = delivery.events
    same = [sent for sent in events if sent.event_id == event.event_id] or (
        events if len(events) == 1 else []
    )
    return same[0].request if same else None
