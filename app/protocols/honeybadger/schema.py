"""A Honeybadger notice as it is on the wire, as types: what a well-behaved client sends.

See docs/protocols.md, sections 3 and 6.5.
"""

from typing import Any

import msgspec
from msgspec import Struct

Mapping = dict[str, Any]


class Wire(Struct):
    """Every type of the wire; each field may be absent or null."""


class Frame(Wire):
    """One call. `source` has the lines around it by their numbers; `context` is "app" for the app's own."""

    number: int | str | None = None
    column: int | None = None
    file: str | None = None
    method: str | None = None
    source: Mapping | None = None
    context: str | None = None


class Cause(Wire):
    """One of the exceptions that led to the error; in browsers the backtrace was text up to version 2."""

    class_: str | None = msgspec.field(default=None, name="class")
    message: str | None = None
    backtrace: list[Frame] | str | None = None
    token: str | None = None


class Error(Cause):
    """The error. The `token` is its id, which only some clients send; `source` has the lines of the crash."""

    source: Mapping | None = None
    fingerprint: str | None = None
    tags: list[str] | str | None = None
    causes: list[Cause] | None = None


class Request(Wire):
    """What the app was serving, and what it had said of itself (`context`)."""

    url: str | None = None
    component: str | None = None
    action: str | None = None
    params: Any = None
    session: Any = None
    cgi_data: Mapping | None = None
    context: Mapping | None = None
    local_variables: Mapping | None = None


class Server(Wire):
    """Where the app ran."""

    project_root: Any = None
    environment_name: str | None = None
    hostname: str | None = None
    revision: str | None = None
    time: str | float | None = None
    pid: Any = None
    stats: Any = None


class Crumb(Wire):
    """Something that happened before."""

    category: str | None = None
    message: str | None = None
    metadata: Mapping | None = None
    timestamp: str | float | None = None


class Breadcrumbs(Wire):
    """What happened before, oldest first."""

    enabled: Any = None
    trail: list[Crumb] | None = None


class Notifier(Wire):
    """The client."""

    name: str | None = None
    version: str | None = None


class Notice(Wire):
    """The whole notice."""

    notifier: Notifier | None = None
    error: Error | None = None
    breadcrumbs: Breadcrumbs | None = None
    request: Request | None = None
    server: Server | None = None
    details: Any = None
    correlation_context: Any = None
