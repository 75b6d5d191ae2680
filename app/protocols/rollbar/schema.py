"""A Rollbar item as it is on the wire, as types: what a well-behaved notifier sends.

See docs/protocols.md, sections 3 and 6.2, and https://docs.rollbar.com/reference/create-item.
"""

from typing import Any

import msgspec
from msgspec import Struct

from app.protocols.wire.fitting import Words

Mapping = dict[str, Any]


class RollbarContext(Struct):
    """The lines of source before and after that of a frame."""

    pre: list[str] | None = None
    post: list[str] | None = None


class RollbarFrame(Struct):
    """One call. `argspec` and its like name those of the locals that are arguments."""

    filename: str | None = None
    lineno: int | None = None
    colno: int | None = None
    method: str | None = None
    class_name: str | None = None
    code: str | None = None
    context: RollbarContext | None = None
    locals: Mapping | None = None
    argspec: list[str] | None = None
    varargspec: str | None = None
    keywordspec: str | None = None
    runtime_position: Mapping | None = msgspec.field(default=None, name="runtimePosition")


class RollbarExceptionValue(Struct):
    """An exception; `stack` is its text where no frames could be read from it, as in odd browsers."""

    class_: str | None = msgspec.field(default=None, name="class")
    message: Words | None = None
    description: Words | None = None
    stack: str | None = None
    raw: str | None = None


class Trace(Struct):
    """An exception and its frames, oldest call first."""

    exception: RollbarExceptionValue | None = None
    frames: list[RollbarFrame] | None = None
    extra: Mapping | None = None


class CrashReport(Struct):
    """A crash as text."""

    raw: str | None = None


class Telemetry(Struct):
    """Something that happened before."""

    type: str | None = None
    level: str | None = None
    source: str | None = None
    timestamp_ms: int | float | str | None = None
    body: Mapping | None = None
    uuid: str | None = None


class Body(Struct):
    """What happened, in one of four forms, and before it; a chain runs raised exception first."""

    trace: Trace | None = None
    trace_chain: list[Trace] | None = None
    message: Mapping | str | None = None
    crash_report: CrashReport | None = None
    telemetry: list[Telemetry] | None = None


class Attribute(Struct):
    """What rollbar.js 3 and pyrollbar 1.4 say of an item beside all else."""

    key: str | None = None
    value: str | None = None


class Item(Struct):
    """The `data` of a request."""

    body: Body | None = None
    uuid: str | None = None
    timestamp: int | float | str | None = None
    level: str | None = None
    environment: str | None = None
    language: str | None = None
    platform: str | None = None
    framework: str | None = None
    context: str | None = None
    code_version: str | None = None
    fingerprint: str | None = None
    custom: Any = None
    tags: list[str] | None = None
    attributes: list[Attribute] | None = None
    notifier: Mapping | None = None
    server: Mapping | None = None
    client: Mapping | None = None
    request: Mapping | None = None
    person: Mapping | None = None
    is_uncaught: bool | None = msgspec.field(default=None, name="_isUncaught")


class RollbarPayload(Struct):
    """A whole request."""

    access_token: str | None = None
    data: Mapping | None = None
