"""The parts of a Sentry event that an event is filed by: what it is grouped, found and counted with.

Locals, breadcrumbs and contexts are most of an event's bytes, and the digest has no use for them: whoever
looks at the event reads the report whole. The types are those of `schema`, so that the same adapter takes
them; the decoder skips the other parts, which halves its time.
"""

from typing import Any

import msgspec

from app.protocols.notes import Notes
from app.protocols.sentry import repair, schema


def _skipped(name: str) -> Any:
    # A field of this name never comes, so the attribute stays None, and the real one is skipped as unknown.
    return msgspec.field(default=None, name=f"({name})")


class Frame(schema.Frame, forbid_unknown_fields=False):
    """A call without its locals and the lines around its own."""

    pre_context: list[str] | None = _skipped("pre_context")
    post_context: list[str] | None = _skipped("post_context")
    vars: schema.Mapping | None = _skipped("vars")


class Stacktrace(schema.Stacktrace, forbid_unknown_fields=False):
    """Frames, oldest call first."""

    frames: list[Frame] | None = None  # type: ignore[assignment]  # narrower, and only ever read


class ExceptionValue(schema.ExceptionValue, forbid_unknown_fields=False):
    """One exception of the chain."""

    stacktrace: Stacktrace | None = None


class Exceptions(schema.Exceptions, forbid_unknown_fields=False):
    """The chain, wrapped in an object."""

    values: list[ExceptionValue] | None = None  # type: ignore[assignment]


class Thread(schema.Thread, forbid_unknown_fields=False):
    """One thread."""

    stacktrace: Stacktrace | None = None


class Threads(schema.Threads, forbid_unknown_fields=False):
    """Threads, wrapped in an object."""

    values: list[Thread] | None = None  # type: ignore[assignment]


class Request(schema.Request, forbid_unknown_fields=False):
    """The address and the headers, which name the browser."""

    query_string: Any = _skipped("query_string")
    cookies: Any = _skipped("cookies")
    data: Any = _skipped("data")
    env: schema.Mapping | None = _skipped("env")


class Event(schema.Event, forbid_unknown_fields=False):
    """The event's outline."""

    exception: Exceptions | list[ExceptionValue] | None = None  # type: ignore[assignment]
    stacktrace: Stacktrace | None = None
    threads: Threads | list[Thread] | None = None  # type: ignore[assignment]
    request: Request | None = None
    breadcrumbs: schema.Breadcrumbs | list[schema.Breadcrumb] | None = _skipped("breadcrumbs")
    contexts: schema.Mapping | None = _skipped("contexts")
    extra: schema.Mapping | None = _skipped("extra")
    modules: dict[str, str | None] | None = _skipped("modules")
    sdk: schema.Mapping | None = _skipped("sdk")
    transaction_info: Any = _skipped("transaction_info")
    debug_meta: Any = _skipped("debug_meta")
    meta: Any = _skipped("_meta")

    # The words of old clients, which `repair` translates.
    old_culprit: Any = msgspec.field(default=None, name="culprit")
    old_request: Any = msgspec.field(default=None, name="sentry.interfaces.Http")
    old_user: Any = msgspec.field(default=None, name="sentry.interfaces.User")


_decoder = msgspec.json.Decoder(Event)


def decode(payload: bytes, notes: Notes) -> schema.Event:
    """The outline of an exception as clients send it today; all else is decoded whole. Raises nothing."""
    try:
        event = _decoder.decode(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return repair.decode(payload, notes)
    is_old = event.old_culprit is not None or event.old_request is not None or event.old_user is not None
    part = event.exception
    exceptions = part.values if isinstance(part, Exceptions) else part
    return repair.decode(payload, notes) if is_old or not exceptions else event
