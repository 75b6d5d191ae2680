"""What stands beside a record of Sentry's logs: its attributes, its trace, and the envelope's header.

An attribute comes with its type, ``{"value": 5, "type": "integer"}``. Those with a place of their own in an
event go there: https://develop.sentry.dev/sdk/telemetry/logs/#default-attributes. The rest is extra.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from app.model import Frame, Sdk
from app.protocols.event import client_platform
from app.protocols.event.in_app import is_in_app_code
from app.protocols.wire import lenient_json
from app.protocols.wire.notes import Notes

_FIELDS = {
    "sentry.release": "release",
    "sentry.environment": "environment",
    "sentry.segment.name": "transaction",
    "server.address": "server_name",
    "logger.name": "logger",
}
_USER = {
    "user.id": "id",
    "user.name": "username",
    "user.email": "email",
    "user.ip_address": "ip_address",
}
_CONTEXTS = {
    "process.runtime.name": ("runtime", "name"),
    "process.runtime.version": ("runtime", "version"),
    "browser.name": ("browser", "name"),
    "browser.version": ("browser", "version"),
    "os.name": ("os", "name"),
    "os.version": ("os", "version"),
    "device.brand": ("device", "brand"),
    "device.family": ("device", "family"),
    "device.model": ("device", "model"),
    "sentry.replay_id": ("replay", "replay_id"),
    "sentry.trace.parent_span_id": ("trace", "span_id"),
}
_EXCEPTION = {
    "type": ("exception.type", "error.type", "error.name"),
    "value": ("exception.message", "error.message"),
    "stack": ("exception.stacktrace", "error.stack", "exception.stack", "stacktrace", "stack"),
}
_PARAMETER = "sentry.message.parameter."
# The level and the order again.
_REPEATED = ("sentry.severity_number", "sentry.severity_text", "sentry.timestamp.sequence")


class Beside(Struct, frozen=True):
    """What stands beside a record. `fields` are those of an event by name.

    `type`, `value` and `stack` are those of an exception that attributes name, `frame` is where it was
    logged, `template` the message before it was filled.
    """

    fields: dict[str, str]
    user: dict[str, Any]
    contexts: dict[str, Any]
    extra: dict[str, Any]
    sdk: Sdk | None
    platform: str | None
    frame: Frame | None
    template: str
    type: str | None
    value: str | None
    stack: str | None


def read(record: Mapping[str, Any], header: Mapping[str, Any], notes: Notes) -> Beside:
    """All that stands beside a record. Raises nothing: what is odd is noted, or stays in extra."""
    attributes = record.get("attributes")
    if attributes is not None and not isinstance(attributes, dict):
        notes.odd("attributes", attributes, "an object")
    given = {name: plain(part) for name, part in attributes.items()} if isinstance(attributes, dict) else {}
    for name in _REPEATED:
        given.pop(name, None)
    template = _template(given, record.get("body"), notes)
    fields = {place: text for name, place in _FIELDS.items() if (text := _text(given, name))}
    said = {name: _first(given, names) for name, names in _EXCEPTION.items()}
    sdk = _sdk(given, header)
    platform = client_platform.platform_of(sdk.name) if sdk is not None else None
    contexts = _contexts(given, record, notes)
    user = {place: text for name, place in _USER.items() if (text := _text(given, name))}
    frame = _frame(given, platform)
    trace = header.get("trace")
    for name in ("release", "environment", "transaction"):
        known = trace.get(name) if isinstance(trace, dict) else None
        if isinstance(known, str) and known:
            fields.setdefault(name, known)
    return Beside(
        fields=fields,
        user=user,
        contexts=contexts,
        extra=given,
        sdk=sdk,
        platform=platform,
        frame=frame,
        template=template,
        **said,
    )


def plain(attribute: Any) -> Any:
    """The value of an attribute, which comes with its type."""
    return attribute.get("value") if isinstance(attribute, dict) and "value" in attribute else attribute


def _text(given: dict[str, Any], name: str) -> str | None:
    """A text or a number, taken out of `given`; anything else stays there."""
    value = given.get(name)
    if value in (None, "") or isinstance(value, (bool, dict, list)):
        return None
    return lenient_json.as_text(given.pop(name))


def _first(given: dict[str, Any], names: tuple[str, ...]) -> str | None:
    name = next((name for name in names if isinstance(given.get(name), str) and given[name]), None)
    return None if name is None else lenient_json.clean_text(given.pop(name))


def _template(given: dict[str, Any], body: Any, notes: Notes) -> str:
    """The template, which stays in extra as ``logentry``, for grouping, with its parameters."""
    template = _text(given, "sentry.message.template")
    names = [name for name in given if name.startswith(_PARAMETER)]
    params = {name.removeprefix(_PARAMETER): given.pop(name) for name in names}
    if template is None:
        if params:
            notes.keep("params", params)
        return ""
    if template != body:
        in_order = [params[str(n)] for n in range(len(params)) if str(n) in params]
        filled = in_order if len(in_order) == len(params) else params
        notes.keep("logentry", {"message": template, "params": filled or None})
    return template


def _sdk(given: dict[str, Any], header: Mapping[str, Any]) -> Sdk | None:
    """The client, by the record's own word or by the envelope's."""
    name, version = _text(given, "sentry.sdk.name"), _text(given, "sentry.sdk.version")
    if name is None:
        sdk = header.get("sdk")
        named = sdk if isinstance(sdk, dict) else {}
        name, version = (
            named[key] if isinstance(named.get(key), str) and named[key] else None
            for key in ("name", "version")
        )
    return Sdk(name=name, version=version) if name else None


def _contexts(given: dict[str, Any], record: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {}
    for name in ("trace_id", "span_id"):
        value = record.get(name)
        if isinstance(value, str) and value:
            found.setdefault("trace", {})[name] = value
        elif value not in (None, ""):
            notes.odd(name, value, "text")
    for name, (context, key) in _CONTEXTS.items():
        if key in found.get(context, {}):
            continue
        text = _text(given, name)
        if text:
            found.setdefault(context, {})[key] = text
    return dict(found)


def _frame(given: dict[str, Any], platform: str | None) -> Frame | None:
    """Where it was logged: https://opentelemetry.io/docs/specs/semconv/registry/attributes/code/."""
    path, function = _first(given, ("code.file.path",)), _first(given, ("code.function.name",))
    line = given.get("code.line.number")
    if path is None and function is None:
        return None
    is_line = type(line) is int and 0 <= line < 1 << 31
    if is_line:
        del given["code.line.number"]
    return Frame(
        filename=path,
        abs_path=path,
        function=function,
        line=line if is_line else None,
        in_app=is_in_app_code(path, None, function, platform),
    )
