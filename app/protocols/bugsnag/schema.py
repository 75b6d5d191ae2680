"""A Bugsnag payload as it is on the wire, as types: what a well-behaved notifier sends.

See docs/protocols.md, sections 3 and 6.3. The payload's version stands in the payload (bugsnag-python) or in
each event (bugsnag-js, PHP, Java); what `userId`, `appVersion` and `releaseStage` say at the event is said by
`user` and `app` since version 4.
"""

from typing import Any

from msgspec import Struct, field

from app.protocols.wire.fitting import Words

Mapping = dict[str, Any]


class BugsnagWire(Struct, rename="camel"):
    """Every type of the wire; each field may be absent or null."""


class BugsnagFrame(BugsnagWire):
    """One call. `path` is the whole path of `file`, which the client for Node sent up to version 2."""

    file: str | None = None
    path: str | None = None
    line_number: int | None = None
    column_number: int | None = None
    method: str | None = None
    in_project: bool | None = None
    code: Mapping | None = None

    # Of compiled code: where it was, and in which program or library, on Android and on Apple's systems.
    frame_address: str | int | None = None
    symbol_address: str | int | None = None
    load_address: str | int | None = None
    code_identifier: str | None = None
    macho_file: str | None = None
    macho_load_address: str | int | None = None
    macho_vm_address: str | int | None = field(default=None, name="machoVMAddress")
    macho_uuid: str | None = field(default=None, name="machoUUID")


class BugsnagExceptionValue(BugsnagWire):
    """One exception; its frames run newest call first. `error_message` repeats `message` in bugsnag-js."""

    error_class: str | None = None
    message: Words | None = None
    error_message: Words | None = None
    type: str | None = None
    stacktrace: list[BugsnagFrame] | None = None


class BugsnagThread(BugsnagWire):
    """One thread; its frames run newest call first."""

    id: int | str | None = None
    name: str | None = None
    type: str | None = None
    state: str | None = None
    error_reporting_thread: bool | None = None
    stacktrace: list[BugsnagFrame] | None = None


class BugsnagBreadcrumb(BugsnagWire):
    """Something that happened before."""

    timestamp: str | float | None = None
    name: str | None = None
    message: str | None = None
    type: str | None = None
    meta_data: Mapping | None = None


class SeverityReason(BugsnagWire):
    """How the event came about."""

    type: str | None = None
    attributes: Mapping | None = None


class FeatureFlag(BugsnagWire):
    """A flag that was on, and in which variant."""

    feature_flag: str | None = None
    variant: str | None = None


class BugsnagEvent(BugsnagWire):
    """One event; its exceptions run raised first."""

    exceptions: list[BugsnagExceptionValue] | None = None
    threads: list[BugsnagThread] | None = None
    severity: str | None = None
    severity_reason: SeverityReason | None = None
    unhandled: bool | None = None
    context: str | None = None
    grouping_hash: str | None = None
    grouping_discriminator: str | None = None
    app: Mapping | None = None
    device: Mapping | None = None
    user: Mapping | None = None
    request: Mapping | None = None
    response: Mapping | None = None
    session: Mapping | None = None
    correlation: Mapping | None = None
    meta_data: Mapping | None = None
    breadcrumbs: list[BugsnagBreadcrumb] | None = None
    feature_flags: list[FeatureFlag] | None = None
    project_root: str | None = None
    lib_root: str | None = None
    payload_version: str | None = None
    release_stage: str | None = None
    app_version: str | None = None
    user_id: str | None = None


class BugsnagPayload(BugsnagWire):
    """A whole request: events, or how many sessions there were."""

    api_key: str | None = None
    notifier: Mapping | None = None
    payload_version: str | None = None
    events: list[Any] | None = None
    sessions: list[Any] | None = None
    session_counts: list[Any] | None = None
    app: Mapping | None = None
    device: Mapping | None = None
