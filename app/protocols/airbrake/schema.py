"""An Airbrake notice as it is on the wire, as types: what a well-behaved notifier sends.

See docs/protocols.md, sections 3 and 6.4.
"""

from typing import Any

from msgspec import Struct

from app.protocols.wire.fitting import Words

Mapping = dict[str, Any]


class AirbrakeWire(Struct, rename="camel"):
    """Every type of the wire; each field may be absent or null."""


class AirbrakeFrame(AirbrakeWire):
    """One call. `code` has the lines around it by their numbers."""

    file: str | None = None
    function: str | None = None
    line: int | None = None
    column: int | None = None
    code: Mapping | None = None


class AirbrakeError(AirbrakeWire):
    """One exception, or what a logger said."""

    type: str | None = None
    message: Words | None = None
    backtrace: list[AirbrakeFrame] | None = None


class AirbrakeNotifier(AirbrakeWire):
    """The client."""

    name: str | None = None
    version: str | None = None


class AirbrakeContext(AirbrakeWire):
    """Where the app ran and what it was doing. Frameworks add what they like."""

    severity: str | None = None
    component: str | None = None
    action: str | None = None
    route: str | None = None
    url: str | None = None
    method: str | None = None
    http_method: str | None = None
    user_agent: str | None = None
    user_addr: str | None = None
    referer: str | None = None
    user: Any = None
    environment: str | None = None
    version: str | None = None
    revision: str | None = None
    hostname: str | None = None
    language: str | None = None
    os: str | None = None
    platform: str | None = None
    architecture: str | None = None
    root_directory: str | None = None
    versions: Mapping | None = None
    history: list[Mapping] | None = None
    window_error: bool | None = None
    unhandled_rejection: bool | None = None
    message_pattern: str | None = None
    notifier: AirbrakeNotifier | None = None


class AirbrakeNotice(AirbrakeWire):
    """The whole notice."""

    errors: list[AirbrakeError] | None = None
    context: AirbrakeContext | None = None
    params: Mapping | None = None
    session: Any = None
    environment: Any = None
    notifier: Any = None
