"""A Sentry event as it is on the wire, as types: what a well-behaved client sends.

See docs/protocols.md, sections 3 and 6.1, and
https://develop.sentry.dev/sdk/data-model/event-payloads/.

Decoding straight into these types checks everything at the speed of C, so that the adapter need not. They
forbid unknown fields: whatever has other fields, or other types, goes the slower way through `repair`, which
keeps what has no place here.
"""

from typing import Any

import msgspec
from msgspec import Struct

from app.protocols.wire.fitting import Words

Mapping = dict[str, Any]


class SentryWire(Struct, forbid_unknown_fields=True):
    """Every type of the wire; each field may be absent or null."""


class SentryFrame(SentryWire):
    """One call."""

    filename: str | None = None
    abs_path: str | None = None
    module: str | None = None
    function: str | None = None
    lineno: int | None = None
    colno: int | None = None
    in_app: bool | None = None
    pre_context: list[str] | None = None
    context_line: str | None = None
    post_context: list[str] | None = None
    vars: Mapping | None = None
    platform: str | None = None

    # Of compiled code: the file of the program or library, where in it, and what else `repair` gathers.
    package: str | None = None
    instruction_addr: str | int | None = None
    image_addr: str | int | None = None
    addr_mode: str | None = None
    place: Mapping | None = msgspec.field(default=None, name="(place)")


class SentryStacktrace(SentryWire):
    """Frames, oldest call first."""

    frames: list[SentryFrame] | None = None

    # From which frame to which the client left them out, counted in the whole stack.
    frames_omitted: list[int] | None = None


class SentryExceptionValue(SentryWire):
    """One exception of the chain."""

    type: str | None = None
    value: Words | None = None
    module: str | None = None
    mechanism: Mapping | None = None
    stacktrace: SentryStacktrace | None = None
    thread_id: int | str | None = None


class SentryExceptions(SentryWire):
    """The chain in its older form, wrapped in an object. The mechanism is raven-js's, for the last one."""

    values: list[SentryExceptionValue] | None = None
    mechanism: Mapping | None = None


class SentryBreadcrumb(SentryWire):
    """Something that happened before."""

    timestamp: str | float | None = None
    type: str | None = None
    category: str | None = None
    level: str | None = None
    message: str | None = None
    data: Mapping | None = None
    event_id: str | None = None


class SentryBreadcrumbs(SentryWire):
    """Breadcrumbs in the older form."""

    values: list[SentryBreadcrumb] | None = None


class SentryThread(SentryWire):
    """One thread."""

    id: int | str | None = None
    name: str | None = None
    crashed: bool | None = None
    current: bool | None = None
    stacktrace: SentryStacktrace | None = None


class SentryThreads(SentryWire):
    """Threads in the older form."""

    values: list[SentryThread] | None = None


class Message(SentryWire):
    """A message with its template and parameters."""

    message: Words | None = None
    formatted: Words | None = None
    params: Any = None


class SentryRequest(SentryWire):
    """The HTTP request that the app was serving, or the page that it was."""

    url: str | None = None
    method: str | None = None
    query_string: Any = None
    headers: Mapping | list[Any] | None = None
    cookies: Any = None
    data: Any = None
    env: Mapping | None = None


class SentryEvent(SentryWire):
    """The whole event. What stands below `sdk` has no place in the house's own event."""

    event_id: str | None = None
    platform: str | None = None
    timestamp: str | float | None = None
    level: str | int | None = None
    logger: str | None = None
    message: str | Message | None = None
    logentry: Message | None = None
    transaction: str | None = None
    release: str | None = None
    environment: str | None = None
    server_name: str | None = None
    exception: SentryExceptions | list[SentryExceptionValue] | None = None
    stacktrace: SentryStacktrace | None = None
    threads: SentryThreads | list[SentryThread] | None = None
    breadcrumbs: SentryBreadcrumbs | list[SentryBreadcrumb] | None = None
    request: SentryRequest | None = None
    user: Mapping | None = None
    tags: Mapping | list[Any] | None = None
    contexts: Mapping | None = None
    extra: Mapping | None = None
    modules: dict[str, str | None] | None = None
    fingerprint: list[str] | None = None
    sdk: Mapping | None = None

    dist: str | None = None
    type: str | None = None
    project: Any = None
    transaction_info: Any = None
    debug_meta: Any = None
    time_spent: Any = None
    repos: Any = None
    meta: Any = msgspec.field(default=None, name="_meta")

    # The same as `debug_meta`, undecoded: the outline of an event of compiled code has that instead.
    debug_images: Any = msgspec.field(default=None, name="(debug_images)")


# Known, but without a field in `SentryEvent`: attribute and name on the wire.
LEFT_OVER = (
    ("dist", "dist"),
    ("project", "project"),
    ("transaction_info", "transaction_info"),
    ("debug_meta", "debug_meta"),
    ("time_spent", "time_spent"),
    ("repos", "repos"),
)
