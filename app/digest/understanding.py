"""Turns a report into its events: decoding, adapter, user agent. Pure, so that it can be repeated.

The digest does it once to file the events, in outline; the window does it again, whole, for an event that it
shows. What cannot be decoded becomes an event too: it was acknowledged, so it must be visible.
"""

from collections.abc import Callable

from msgspec.structs import replace

from app import digest, settings
from app.digest import fallback_title, scrubbing
from app.model import Event, Frame, Level, Report, UserAgent, from_micros
from app.protocols import table
from app.protocols.delivery import Attachment, Delivery
from app.protocols.event import anonymous_classes, event_bounds
from app.protocols.protocol import Outline
from app.protocols.sketch import Outlined, Sketch, delivered
from app.protocols.wire import charset, encoding, http_head
from app.settings import KIB, MIB

# A report, and how many bytes it may decode to.
Understand = Callable[[Report, int], Outlined]
Finish = Callable[[Event], Event]
# What a User-Agent header names.
ReadAgent = Callable[[str], UserAgent]
BEYOND = "The limits of today leave this event out of its report: see [limits] in the settings."
_FIRST_LINE = 8_192
_decoded: tuple[Report, bytes] | None = None
_many: tuple[Report, Outline, tuple[Event, ...], bytes] | None = None
_DOCUMENT_BYTES = 4 * MIB
# How much of a text's end is read, besides its beginning, if decoding up to there takes under a second.
_ENDING, _MOST_DECODED = 16 * KIB, 512 * MIB


def understand(report: Report, max_decoded_bytes: int) -> Delivery:
    """Everything that `report` delivers, its events with their user agents parsed and without secrets."""
    read = table.by_name(report.protocol).read
    return delivered(_finished(*_understand(report, max_decoded_bytes, read), _whole))


def understand_texts(report: Report, max_decoded_bytes: int) -> Delivery:
    """As `understand`, without the locals and the lines of source of each call."""
    read = table.by_name(report.protocol).read
    return delivered(_finished(*_understand(report, max_decoded_bytes, read), _texts))


def event(report: Report, ordinal: int, max_decoded_bytes: int, read_agent: ReadAgent | None = None) -> Event:
    """The `ordinal`th event of `report`, as `understand` returns it; the others are not completed.

    If lowered limits now leave it out, an event that says so. `read_agent` is used in place of
    `digest.user_agent.understand`, which takes long to load.
    """
    read = table.by_name(report.protocol).read
    events, body = _events(report, max_decoded_bytes, read)
    if ordinal >= len(events):
        return _unreadable(report, BEYOND)
    return _with_user_agent(_whole(_readable(events[ordinal], body)), read_agent)


def files(report: Report, max_decoded_bytes: int) -> tuple[Attachment, ...]:
    """The files that `report` brought, with their bytes; no event is completed for it."""
    outlined, _body = _understand(report, max_decoded_bytes, table.by_name(report.protocol).read)
    return delivered(outlined).attachments


def outlined_event(report: Report, ordinal: int) -> Event:
    """The `ordinal`th event of `report` in outline, by the limits of the process."""
    return scrubbing.outline(event_as_sent(report, ordinal))


def event_as_sent(report: Report, ordinal: int) -> Event:
    """As `outlined_event`, with its secrets: it must not be shown."""
    protocol = table.by_name(report.protocol)
    events, body = _events(report, settings.decoded_bytes(), protocol.outline or protocol.read)
    if ordinal >= len(events):
        return _unreadable(report, BEYOND)
    return event_bounds.bound_outline(_readable(events[ordinal], body))


def _events(report: Report, max_decoded_bytes: int, read: Outline) -> tuple[tuple[Event, ...], bytes]:
    """Every event as the adapter built it, and the body. Of a report of many, events are read one by one."""
    global _many  # noqa: PLW0603 - one cache of what was read last
    if _many is not None and _many[0] is report and _many[1] is read:
        return _many[2:]
    outlined, body = _understand(report, max_decoded_bytes, read)
    events = delivered(outlined).events
    _many = (report, read, events, body) if len(events) > 1 else None
    return events, body


def forget() -> None:
    """Drop the caches of what was read last."""
    global _many, _decoded  # noqa: PLW0603 - see above
    _many = _decoded = None


def outline(report: Report, max_decoded_bytes: int) -> Delivery:
    """As `understand`, with only those parts of the events that they are filed by."""
    return delivered(sketch(report, max_decoded_bytes))


def sketch(report: Report, max_decoded_bytes: int) -> Outlined:
    """As `outline`; where the protocol can, only what distinguishes the event, and the rest on demand."""
    protocol = table.by_name(report.protocol)
    return _finished(*_understand(report, max_decoded_bytes, protocol.outline or protocol.read), _outline)


def _whole(event: Event) -> Event:
    return scrubbing.scrub(event_bounds.bound_event(event))


def _texts(event: Event) -> Event:
    exceptions = tuple(replace(each, frames=_bare(each.frames)) for each in event.exceptions)
    threads = tuple(replace(thread, frames=_bare(thread.frames)) for thread in event.threads)
    return _whole(replace(event, exceptions=exceptions, threads=threads))


def _bare(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    return tuple(
        replace(frame, vars={}, context=()) if frame.vars or frame.context else frame for frame in frames
    )


def _outline(event: Event) -> Event:
    return scrubbing.outline(event_bounds.bound_outline(event))


def _understand(report: Report, max_decoded_bytes: int, read: Outline) -> tuple[Outlined, bytes]:
    """What the adapter reads, and the body that it read; empty where not all of the body could be decoded."""
    try:
        body = decoded(report, max_decoded_bytes)
        return read(report, body), body
    except encoding.TooLarge as error:
        return _begun(report, error, read), b""
    except encoding.BrokenEncoding as broken:
        return _salvaged(report, str(broken), broken.decoded, read), b""
    except encoding.EncodingError as error:
        return Delivery(events=(_unreadable(report, str(error)),)), b""


def _finished(outlined: Outlined, body: bytes, finish: Finish) -> Outlined:
    if isinstance(outlined, Sketch):
        deliver = outlined.deliver
        return replace(outlined, deliver=lambda: _delivery(deliver(), body, finish))
    return _delivery(outlined, body, finish)


def _delivery(delivery: Delivery, body: bytes, finish: Finish) -> Delivery:
    # Of thousands of events the body is looked through once.
    cleaned = (
        map(anonymous_classes.without_places, delivery.events) if _has_anonymous(body) else delivery.events
    )
    events = tuple(_with_user_agent(finish(_with_title(event, body))) for event in cleaned)
    return replace(event_bounds.bound_delivery(delivery), events=events[: settings.limits().events])


def _readable(event: Event, body: bytes) -> Event:
    return _with_title(anonymous_classes.without_places(event) if _has_anonymous(body) else event, body)


def _has_anonymous(body: bytes) -> bool:
    return anonymous_classes.SIGN in body


def _with_title(event: Event, body: bytes) -> Event:
    return fallback_title.titled(event, body) if event.title in fallback_title.UNREAD else event


def decoded(report: Report, limit: int) -> bytes:
    """The body without its compression, in UTF-8 if it is text. Raises what `encoding.decode` raises."""
    if _decoded is not None and _decoded[0] is report and len(_decoded[1]) <= limit:
        return _decoded[1]
    body = encoding.decode(report.body, _content_encoding(report), limit=limit)
    if body[:1] == b"{" and body[1:2] != b"\x00" and b"charset" not in report.head:
        return body
    return charset.as_utf8(body, http_head.header(report.head, "content-type"))


def decoded_once(report: Report, limit: int) -> bytes:
    """The same, cached until another report is decoded: a report whose size is checked is read next."""
    global _decoded  # noqa: PLW0603 - one cache of the last body
    body = decoded(report, limit)
    _decoded = (report, body)
    return body


def beginning(report: Report, size: int) -> bytes:
    """The first `size` bytes of the body without its compression. Raises `encoding.UnknownEncoding`."""
    return encoding.beginning(report.body, _content_encoding(report), size=size)


def _content_encoding(report: Report) -> str:
    return http_head.header(report.head, "content-encoding")


def _begun(report: Report, error: encoding.TooLarge, read: Outline) -> Delivery:
    """The events in the beginning of a body that is too large.

    Lines and the items of an envelope are read up to the limit; of one long document the first megabytes are
    as much as a person reads.
    """
    body = beginning(report, error.limit)
    if b"\n" not in body[:_FIRST_LINE]:
        body = body[:_DOCUMENT_BYTES]
    elif report.protocol == "plain" and body.lstrip()[:1] not in (b"{", b"["):
        # Of a text, also read the end: a stack trace ends with the exception.
        end = encoding.ending(report.body, _content_encoding(report), size=_ENDING, most=_MOST_DECODED)
        body = body[:-_ENDING] + end[end.find(b"\n") :]
    problem = f"The report is larger than {error.limit:,} bytes when it is decoded; not all of it was read."
    return _salvaged(report, problem, body, read)


def _salvaged(report: Report, problem: str, body: bytes, read: Outline) -> Delivery:
    """The events of a body that was cut short; at least one that says that it arrived."""
    delivery = delivered(read(report, body)) if body else Delivery()
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


def _with_user_agent(event: Event, read_agent: ReadAgent | None = None) -> Event:
    raw = _user_agent_header(event)
    if not raw:
        return event
    return replace(event, user_agent=(read_agent or digest.user_agent.understand)(raw))


def _user_agent_header(event: Event) -> str | None:
    if event.user_agent is not None:
        return event.user_agent.raw
    if event.request is not None:
        for name, value in event.request.headers.items():
            if len(name) == 10 and name.lower() == "user-agent":
                return value
    return None
