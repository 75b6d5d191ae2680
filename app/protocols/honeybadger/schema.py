"""A Honeybadger notice as it is on the wire, as types: what a well-behaved client sends.

See docs/protocols.md, sections 3 and 6.5.
"""

from typing import Any

import msgspec
from msgspec import Struct

from app.protocols.wire.fitting import Words

Mapping = dict[str, Any]


class HoneybadgerWire(Struct):
    """Every type of the wire; each field may be absent or null."""


class HoneybadgerFrame(HoneybadgerWire):
    """One call. `source` has the lines around it by their numbers; `context` is "app" for the app's own."""

    number: int | str | None = None
    column: int | None = None
    file: str | None = None
    method: str | None = None
    source: Mapping | None = None
    context: str | None = None


class Cause(HoneybadgerWire):
    """One of the exceptions that led to the error; in browsers the backtrace was text up to version 2."""

    class_: str | None = msgspec.field(default=None, name="class")
    message: Words | None = None
    backtrace: list[HoneybadgerFrame] | str | None = None
    token: str | None = None


class HoneybadgerError(Cause):
    """The error. The `token` is its id, which only some clients send; `source` has the lines of the crash."""

    source: Mapping | None = None
    fingerprint: str | None = None
    tags: list[str] | str | None = None
    causes: list[Cause] | None = None


class HoneybadgerRequest(HoneybadgerWire):
    """What the app was serving, and what it had said of itself (`context`)."""

    url: str | None = None
    component: str | None = None
    action: str | None = None
    params: Any = None
    session: Any = None
    cgi_data: Mapping | None = None
    context: Mapping | None = None
    local_variables: Mapping | None = None


class Server(HoneybadgerWire):
    """Where the app ran."""

    project_root: Any = None
    environment_name: str | None = None
    hostname: str | None = None
    revision: str | None = None
    time: str | float | None = None
    pid: Any = None
    stats: Any = None


class HoneybadgerCrumb(HoneybadgerWire):
    """Something that happened before."""

    category: str | None = None
    message: str | None = None
    metadata: Mapping | None = None
    timestamp: str | float | None = None


class HoneybadgerBreadcrumbs(HoneybadgerWire):
    """What happened before, oldest first."""

    enabled: Any = None
    trail: list[HoneybadgerCrumb] | None = None


class HoneybadgerNotifier(HoneybadgerWire):
    """The client."""

    name: str | None = None
    version: str | None = None


class HoneybadgerNotice(HoneybadgerWire):
    """The whole notice."""

    notifier: HoneybadgerNotifier | None = None
    error: HoneybadgerError | None = None
    breadcrumbs: HoneybadgerBreadcrumbs | None = None
    request: HoneybadgerRequest | None = None
    server: Server | None = None
    details: Any = None
    correlation_context: Any = None
