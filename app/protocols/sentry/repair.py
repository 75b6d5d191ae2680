"""Repairs Sentry events that break the schema, or that old clients sent: nothing is thrown away.

Most events never come here: `decode` takes them straight into the types of `schema`. Others are decoded
leniently and fitted piece by piece (`app.protocols.wire.fitting`).
"""

from collections.abc import Callable
from typing import Any

import msgspec

from app.protocols.sentry import native, schema
from app.protocols.wire import fitting, json_bounds, lenient_json
from app.protocols.wire.notes import Notes

_INTERFACES = {
    "sentry.interfaces.Message": "logentry",
    "sentry.interfaces.Exception": "exception",
    "sentry.interfaces.Stacktrace": "stacktrace",
    "sentry.interfaces.Http": "request",
    "sentry.interfaces.User": "user",
    "sentry.interfaces.Breadcrumbs": "breadcrumbs",
    "sentry.interfaces.Threads": "threads",
    "sentry.interfaces.Contexts": "contexts",
}


_MESSAGE = frozenset(("message", "formatted", "params"))
_decoder = msgspec.json.Decoder(schema.SentryEvent)


def decode(payload: bytes, notes: Notes) -> schema.SentryEvent:
    """The event in `payload`; whatever it is, an event comes out. Raises nothing."""
    if len(payload) > json_bounds.SMALL_BYTES:
        value = fitting.lenient(payload, notes)
        try:
            return msgspec.convert(value, schema.SentryEvent)
        except (msgspec.MsgspecError, RecursionError):
            return _fitted(value, notes)
    try:
        return _decoder.decode(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _fitted(fitting.lenient(payload, notes), notes)


def _fitted(value: Any, notes: Notes) -> schema.SentryEvent:
    return fitting.fit_object(_modern(value) if isinstance(value, dict) else value, schema.SentryEvent, notes)


def _well_named(crumbs: Any) -> Any:
    """Breadcrumbs whose type sentry-python called ``ty`` before version 1."""
    if isinstance(crumbs, dict):
        return {**crumbs, "values": _well_named(crumbs.get("values"))}
    if not isinstance(crumbs, list):
        return crumbs
    return [
        {("type" if name == "ty" and "type" not in crumb else name): part for name, part in crumb.items()}
        if isinstance(crumb, dict)
        else crumb
        for crumb in crumbs
    ]


def _modern(value: dict[str, Any]) -> dict[str, Any]:
    """The event with today's names and shapes, which old clients have otherwise for some parts."""
    event = dict(value)
    for old, new in _INTERFACES.items():
        if old in event and event.get(new) is None:
            event[new] = event.pop(old)
    if "culprit" in event and event.get("transaction") is None:
        event["transaction"] = event.pop("culprit")
    for name in ("exception", "threads", "breadcrumbs"):
        part = event.get(name)
        if isinstance(part, dict) and part and "values" not in part:
            event[name] = [part]
    if isinstance(event.get("fingerprint"), str):
        event["fingerprint"] = [event["fingerprint"]]
    said = event.get("message")
    if isinstance(said, dict | list) and said and not (isinstance(said, dict) and _MESSAGE & said.keys()):
        event["message"] = lenient_json.as_text(said)
    if isinstance(event.get("logentry"), str):
        event["logentry"] = {"message": event["logentry"]}
    event["breadcrumbs"] = _well_named(event.get("breadcrumbs"))
    for name in ("exception", "threads"):
        event[name] = _each(event.get(name), _each_frame)
    event.update(_each_frame({"stacktrace": event.get("stacktrace")}))
    return event


def _each_frame(holder: Any) -> Any:
    """What holds a stack, with the frames of that gathered."""
    stack = holder.get("stacktrace") if isinstance(holder, dict) else None
    frames = stack.get("frames") if isinstance(stack, dict) else None
    if not isinstance(frames, list) or not isinstance(stack, dict):
        return holder
    gathered = [native.gathered(frame) if isinstance(frame, dict) else frame for frame in frames]
    return {**holder, "stacktrace": {**stack, "frames": gathered}}


def _each(part: Any, change: Callable[[Any], Any]) -> Any:
    """The items of a list, or of one that is wrapped in an object, each changed."""
    if isinstance(part, dict):
        return {**part, "values": _each(part.get("values"), change)} if "values" in part else part
    return [change(item) for item in part] if isinstance(part, list) else part
