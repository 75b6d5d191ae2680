"""A Raygun entry as it is on the wire, as types: what a well-behaved client sends.

See docs/protocols.md, sections 3 and 6.6. Names may come in another case, such as ``OccurredOn``. Errors are
read one by one (`errors`), since they hold one another.
"""

from typing import Any

from msgspec import Struct

from app.protocols.wire.fitting import Words

Mapping = dict[str, Any]


class RaygunWire(Struct, rename="camel"):
    """Every type of the wire; each field may be absent or null."""


class RaygunFrame(RaygunWire):
    """One call."""

    line_number: int | None = None
    column_number: int | None = None
    class_name: str | None = None
    file_name: str | None = None
    method_name: str | None = None
    local_variables: Mapping | None = None


class RaygunError(RaygunWire):
    """One exception; `inner_error` and `inner_errors` are what it was raised for."""

    class_name: str | None = None
    message: Words | None = None
    stack_trace: list[RaygunFrame] | None = None
    stack_string: str | None = None
    inner_error: Any = None
    inner_errors: list[Any] | None = None
    global_variables: Any = None
    data: Any = None


class RaygunClient(RaygunWire):
    """The client."""

    name: str | None = None
    version: str | None = None


class RaygunRequest(RaygunWire):
    """The request that the app was serving, or the page that it was."""

    host_name: str | None = None
    url: str | None = None
    http_method: str | None = None
    ip_address: str | None = None
    query_string: Any = None
    headers: Mapping | None = None
    cookies: Any = None
    form: Any = None
    raw_data: Any = None
    data: Mapping | None = None


class User(RaygunWire):
    """Who it happened to."""

    identifier: str | None = None
    email: str | None = None
    full_name: str | None = None


class RaygunCrumb(RaygunWire):
    """Something that happened before."""

    message: str | None = None
    category: str | None = None
    level: str | int | None = None
    type: str | None = None
    timestamp: str | float | None = None
    custom_data: Any = None
    class_name: str | None = None
    method_name: str | None = None
    line_number: int | None = None


class Details(RaygunWire):
    """Everything but the time."""

    error: Any = None
    client: RaygunClient | None = None
    request: RaygunRequest | None = None
    response: Any = None
    user: User | str | None = None
    environment: Mapping | None = None
    machine_name: str | None = None
    version: str | None = None
    tags: list[str] | None = None
    user_custom_data: Any = None
    breadcrumbs: list[RaygunCrumb] | None = None
    grouping_key: str | None = None


class RaygunEntry(RaygunWire):
    """The whole entry."""

    occurred_on: str | float | None = None
    details: Details | None = None
