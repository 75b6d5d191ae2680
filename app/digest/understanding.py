"""From a report to what it says: decode, adapter, user agent. Pure, so that it can be done again.

The digest does it once to file the events, in outline; the window does it again, whole, whenever somebody
looks at one. What cannot be decoded becomes an event too: it was acknowledged, so it must be seen.
"""

from collections.abc import Callable

from msgspec.structs import replace

from app.digest import scrubbing, user_agent
from app.model import Event, Level, Report, from_micros
from app.protocols import encoding, http_head, table
from app.protocols.delivery import Delivery
from app.protocols.protocol import Outline
from app.protocols.sketch import Outlined, Sketch, delivered

# A report, and how many bytes it may decode to.
Understand = Callable[[Report, int], Outlined]
Scrub = Callable[[Event], Event]


def understand(report: Report, max_decoded_bytes: int) -> Delivery:
    """Everything that `report` delivers, its events with their user agents and without secrets."""
    read = table.by_name(report.protocol).read
    return delivered(_understand(report, max_decoded_bytes, read, scrubbing.scrub))


def outline(report: Report, max_decoded_bytes: int) -> Delivery:
    """The same, with only those parts of the events that they are filed by."""
    return delivered(sketch(report, max_decoded_bytes))


def as_sent(report: Report, max_decoded_bytes: int) -> Delivery:
    """What `outline` gives, with its secrets: nobody may be shown it."""
    protocol = table.by_name(report.protocol)
    return delivered(
        _understand(report, max_decoded_bytes, protocol.outline or protocol.read, lambda event: event)
    )


def sketch(report: Report, max_decoded_bytes: int) -> Outlined:
    """What `outline` gives, or where the protocol can tell, first only what tells the event from others."""
    protocol = table.by_name(report.protocol)
    return _understand(report, max_decoded_bytes, protocol.outline or protocol.read, scrubbing.outline)


def _understand(report: Report, max_decoded_bytes: int, read: Outline, scrub: Scrub) -> Outlined:
    try:
        read_out = read(report, decoded(report, max_decoded_bytes))
    except encoding.BrokenEncoding as broken:
        read_out = _salvaged(report, broken, read)
    except encoding.EncodingError as error:
        return Delivery(events=(_unreadable(report, str(error)),))
    if isinstance(read_out, Sketch):
        deliver = read_out.deliver
        return replace(read_out, deliver=lambda: _finished(deliver(), scrub))
    return _finished(read_out, scrub)


def _finished(delivery: Delivery, scrub: Scrub) -> Delivery:
    return replace(delivery, events=tuple(_with_user_agent(scrub(event)) for event in delivery.events))


def decoded(report: Report, limit: int) -> bytes:
    """The body without its compression. Raises what `encoding.decode` raises."""
    return encoding.decode(report.body, http_head.header(report.head, "content-encoding"), limit=limit)


def _salvaged(report: Report, broken: encoding.BrokenEncoding, read: Outline) -> Delivery:
    """What a body says that was cut short; at least that it came."""
    problem = str(broken)
    delivery = delivered(read(report, broken.decoded)) if broken.decoded else Delivery()
    if not delivery.events:
        return replace(delivery, events=(_unreadable(report, problem),))
    events = (replace(event, problems=(problem, *event.problems)) for event in delivery.events)
    return replace(delivery, events=tuple(events))


def _unreadable(report: Report, problem: str) -> Event:
    arrived = from_micros(report.received_at)
    return Event(
        event_id=report.event_id,
        project=report.project or report.protocol.partition(".")[0],
        protocol=report.protocol,
        timestamp=arrived,
        received_at=arrived,
        level=Level.ERROR,
        title="A report that could not be read",
        message=problem,
        problems=(problem,),
    )


def _with_user_agent(event: Event) -> Event:
    raw = _user_agent_header(event)
    return replace(event, user_agent=user_agent.understand(raw)) if raw else event


def _user_agent_header(event: Event) -> str | None:
    if event.user_agent is not None:
        return event.user_agent.raw
    if event.request is not None:
        for name, value in event.request.headers.items():
            if len(name) == 10 and name.lower() == "user-agent":
                return value
    return None
