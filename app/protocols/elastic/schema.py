"""An error record and the metadata before it, as types: what a well-behaved agent sends.

See docs/protocols.md, sections 3 and 6.7, and Elastic's own schemas, docs/spec/v2/error.json and
docs/spec/v2/metadata.json in https://github.com/elastic/apm-server. Any field may be absent or null.
"""

from typing import Any

from msgspec import Struct

from app.protocols.wire.fitting import Words

Mapping = dict[str, Any]


class ElasticFrame(Struct):
    """One call."""

    abs_path: str | None = None
    filename: str | None = None
    module: str | None = None
    classname: str | None = None
    function: str | None = None
    lineno: int | None = None
    colno: int | None = None
    library_frame: bool | None = None
    pre_context: list[str] | None = None
    context_line: str | None = None
    post_context: list[str] | None = None
    vars: Mapping | None = None


class ElasticExceptionValue(Struct):
    """One exception, with those that caused it inside."""

    type: str | None = None
    message: Words | None = None
    module: str | None = None
    code: Any = None
    attributes: Mapping | None = None
    handled: bool | None = None
    stacktrace: list[ElasticFrame] | None = None
    cause: list["ElasticExceptionValue"] | None = None


class Log(Struct):
    """What was logged, and where."""

    level: str | int | None = None
    logger_name: str | None = None
    message: Words | None = None
    param_message: str | None = None
    stacktrace: list[ElasticFrame] | None = None


class Url(Struct):
    """An address and its parts."""

    full: str | None = None
    raw: str | None = None
    protocol: str | None = None
    hostname: str | None = None
    port: int | str | None = None
    pathname: str | None = None
    search: str | None = None
    hash: str | None = None


class Socket(Struct):
    """The connection that a request came by."""

    remote_address: str | None = None
    encrypted: bool | None = None


class ElasticRequest(Struct):
    """The HTTP request that the service was answering."""

    method: str | None = None
    url: Url | str | None = None
    headers: Mapping | None = None
    cookies: Any = None
    body: Any = None
    env: Mapping | None = None
    socket: Socket | None = None
    http_version: str | None = None


class Page(Struct):
    """The page that a browser was on."""

    url: str | None = None
    referer: str | None = None


class ElasticContext(Struct):
    """The context of the error."""

    request: ElasticRequest | None = None
    response: Mapping | None = None
    page: Page | None = None
    user: Mapping | None = None
    tags: Mapping | None = None
    custom: Mapping | None = None
    message: Mapping | None = None
    service: Mapping | None = None


class ElasticTransaction(Struct):
    """The transaction that the error happened in."""

    name: str | None = None
    type: str | None = None
    sampled: bool | None = None


class ElasticError(Struct):
    """The whole record. `timestamp` is in microseconds since 1970; browsers send none."""

    id: str | None = None
    timestamp: int | float | str | None = None
    culprit: str | None = None
    exception: ElasticExceptionValue | None = None
    log: Log | None = None
    context: ElasticContext | None = None
    transaction: ElasticTransaction | None = None
    trace_id: str | None = None
    transaction_id: str | None = None
    parent_id: str | None = None


class Named(Struct):
    """A runtime, a framework, a language."""

    name: str | None = None
    version: str | None = None


class Agent(Named):
    """The client."""

    activation_method: str | None = None
    ephemeral_id: str | None = None


class Service(Struct):
    """The app."""

    name: str | None = None
    version: str | None = None
    environment: str | None = None
    agent: Agent | None = None
    language: Named | None = None
    runtime: Named | None = None
    framework: Named | None = None
    node: Mapping | None = None


class System(Struct):
    """The machine."""

    configured_hostname: str | None = None
    detected_hostname: str | None = None
    hostname: str | None = None
    architecture: str | None = None
    platform: str | None = None
    container: Mapping | None = None
    kubernetes: Mapping | None = None


class Metadata(Struct):
    """What is the same for all records behind it."""

    service: Service | None = None
    system: System | None = None
    process: Mapping | None = None
    cloud: Mapping | None = None
    labels: Mapping | None = None
    user: Mapping | None = None
    network: Mapping | None = None
