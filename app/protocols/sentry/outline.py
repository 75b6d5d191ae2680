"""Reads the parts of a Sentry event that it is filed by: what it is grouped, searched and counted by.

Locals, breadcrumbs and contexts are most of an event's bytes, and the digest has no use for them: the report
is read whole when the event is shown. The types are those of `schema`, so that the same adapter takes them;
the decoder skips the other parts, which halves its time.
"""

import re
from typing import Any

import msgspec

from app.model import Report, from_micros
from app.protocols.delivery import Delivery
from app.protocols.event import event_builder
from app.protocols.sentry import event as event_adapter
from app.protocols.sentry import repair, schema
from app.protocols.sketch import Sketch
from app.protocols.wire import json_bounds
from app.protocols.wire.notes import Notes


def _skipped(name: str) -> Any:
    # A field of this name never comes, so the attribute stays None, and the real one is skipped as unknown.
    return msgspec.field(default=None, name=f"({name})")


class FrameOutline(schema.SentryFrame, forbid_unknown_fields=False, omit_defaults=True):
    """A call without its locals and the lines around its own."""

    pre_context: list[str] | None = _skipped("pre_context")
    post_context: list[str] | None = _skipped("post_context")
    vars: schema.Mapping | None = _skipped("vars")


class StacktraceOutline(schema.SentryStacktrace, forbid_unknown_fields=False, omit_defaults=True):
    """Frames, oldest call first."""

    frames: list[FrameOutline] | None = None  # type: ignore[assignment]  # narrower, and only ever read


class ExceptionValueOutline(schema.SentryExceptionValue, forbid_unknown_fields=False, omit_defaults=True):
    """One exception of the chain."""

    stacktrace: StacktraceOutline | None = None


class ExceptionsOutline(schema.SentryExceptions, forbid_unknown_fields=False, omit_defaults=True):
    """The chain, wrapped in an object."""

    values: list[ExceptionValueOutline] | None = None  # type: ignore[assignment]


class ThreadOutline(schema.SentryThread, forbid_unknown_fields=False, omit_defaults=True):
    """One thread."""

    stacktrace: StacktraceOutline | None = None


class ThreadsOutline(schema.SentryThreads, forbid_unknown_fields=False, omit_defaults=True):
    """Threads, wrapped in an object."""

    values: list[ThreadOutline] | None = None  # type: ignore[assignment]


class RequestOutline(schema.SentryRequest, forbid_unknown_fields=False, omit_defaults=True):
    """The address and the headers, which name the browser."""

    query_string: Any = _skipped("query_string")
    cookies: Any = _skipped("cookies")
    data: Any = _skipped("data")
    env: schema.Mapping | None = _skipped("env")


class EventOutline(schema.SentryEvent, forbid_unknown_fields=False, omit_defaults=True):
    """The event's outline."""

    exception: ExceptionsOutline | list[ExceptionValueOutline] | None = None  # type: ignore[assignment]
    stacktrace: StacktraceOutline | None = None
    threads: ThreadsOutline | list[ThreadOutline] | None = None  # type: ignore[assignment]
    request: RequestOutline | None = None
    breadcrumbs: schema.SentryBreadcrumbs | list[schema.SentryBreadcrumb] | None = _skipped("breadcrumbs")
    contexts: schema.Mapping | None = _skipped("contexts")
    extra: schema.Mapping | None = _skipped("extra")
    modules: dict[str, str | None] | None = _skipped("modules")
    sdk: schema.Mapping | None = _skipped("sdk")
    transaction_info: Any = _skipped("transaction_info")
    debug_meta: Any = _skipped("debug_meta")
    meta: Any = _skipped("_meta")

    # The names of old clients, which `repair` translates.
    old_culprit: Any = msgspec.field(default=None, name="culprit")
    old_request: Any = msgspec.field(default=None, name="sentry.interfaces.Http")
    old_user: Any = msgspec.field(default=None, name="sentry.interfaces.User")


class NativeOutline(EventOutline, forbid_unknown_fields=False, omit_defaults=True):
    """The outline of an event of compiled code, whose frames may have no names."""

    debug_images: msgspec.Raw = msgspec.field(default=msgspec.Raw(b""), name="debug_meta")


_TRACE = re.compile(rb'"trace_id"\s{0,9}:\s{0,9}"([0-9a-fA-F]{32})"')
_decoder = msgspec.json.Decoder(EventOutline)
_native_decoder = msgspec.json.Decoder(NativeOutline)
_ADDRESS = b'"instruction_addr"'
# JSON, as integers may be larger than MessagePack's.
_encoder = msgspec.json.Encoder()


def decode(payload: bytes, notes: Notes) -> schema.SentryEvent:
    """The outline of an exception as current clients send it; all else is decoded whole. Raises nothing."""
    return _outline(payload) or repair.decode(payload, notes)


def sketch(payload: bytes, report: Report, event_id: str, trace_id: str = "") -> Sketch | None:
    """The sketch of an event that `decode` need not decode whole, if its id and time have no problem.

    `event_id` is the event's id where it names none, `trace_id` what the envelope says of its trace.
    """
    event = _outline(payload)
    if event is None:
        return None
    notes = Notes()
    own_id = event_builder.id_in(event.event_id, event_id, notes)
    moment = event_builder.moment_in(event.timestamp, from_micros(report.received_at), notes)
    if notes.problems:
        return None

    def encode() -> bytes | None:
        id_and_time = event.event_id, event.timestamp
        event.event_id = event.timestamp = None
        try:
            return _encoder.encode(event)
        except RecursionError:
            return None
        finally:
            event.event_id, event.timestamp = id_and_time

    def deliver() -> Delivery:
        built = event_adapter.build(event, report, event_id, Notes())
        return Delivery(events=(built,), project=built.project)

    return Sketch(encode, own_id, moment, deliver, trace_id or _trace_in(payload))


def _trace_in(payload: bytes) -> str:
    """The trace of an event whose envelope names none: its contexts are not decoded."""
    found = _TRACE.search(payload) if b'"trace_id"' in payload else None
    return found[1].decode().lower() if found is not None else ""


def _outline(payload: bytes) -> EventOutline | None:
    if len(payload) > json_bounds.SMALL_BYTES:
        # It may hold a million of something: that is bounded on the way to the whole event.
        return None
    try:
        event = (_native_decoder if _ADDRESS in payload else _decoder).decode(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    is_old = event.old_culprit is not None or event.old_request is not None or event.old_user is not None
    part = event.exception
    exceptions = part.values if isinstance(part, ExceptionsOutline) else part
    return None if is_old or not exceptions else event
