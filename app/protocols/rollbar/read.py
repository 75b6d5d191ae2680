"""Reads a Rollbar item into an event.

pyrollbar must never be answered that an item is too large (docs/protocols.md, section 1, rule 7): of such an
item only the beginning is kept, and becomes an event all the same.
"""

from typing import Any

from app.model import Event, ExceptionInfo, Level, Report, Sdk
from app.protocols.delivery import Delivery
from app.protocols.event import event_builder, levels, percent_format, tag_list
from app.protocols.rollbar import event_context, platforms, schema, stacks
from app.protocols.wire import fitting, forms, lenient_json
from app.protocols.wire.notes import Notes

Mapping = dict[str, Any]


def read(report: Report, body: bytes) -> Delivery:
    """The one event of an item. Raises nothing."""
    notes = Notes(subject="item")
    if body[:8] == b"payload=":
        # The older way: a form with one field.
        body = forms.first(body, b"payload").encode()
    payload = fitting.decode(body, schema.RollbarPayload, notes)
    if payload.data is None:
        notes.problem("The item holds no data.")
    item = fitting.fit(payload.data or {}, schema.Item, "", notes)
    return Delivery(events=(_event(item, report, notes),))


def _event(item: schema.Item, report: Report, notes: Notes) -> Event:
    platform = platforms.find(item)
    handled = _is_handled(item, platform)
    exceptions = stacks.exceptions(item, platform, handled, notes)
    extra = dict(item.custom) if isinstance(item.custom, dict) else {}
    _drop_copies(extra, notes)
    message = _message(item, extra, exceptions, notes)
    level = levels.read(item.level, notes)
    server, notifier = item.server or {}, item.notifier or {}
    sdk = Sdk(name=_text(notifier.get("name")), version=_text(notifier.get("version")))
    _keep_left_over(item, platform, notes)
    return event_builder.build(
        report,
        notes,
        event_id=item.uuid,
        timestamp=_timestamp(item),
        level=_level(level, handled),
        exceptions=exceptions,
        message=message,
        platform=platform,
        logger=_logger(extra),
        transaction=item.context or None,
        release=event_context.release(item),
        environment=item.environment or None,
        server_name=_text(server.get("host")) or _text(extra.get("orig_host")),
        breadcrumbs=event_context.breadcrumbs(item, notes),
        request=event_context.request(item, notes),
        user=event_context.user(item, report),
        tags=tag_list.tags(item.tags or []),
        contexts=event_context.contexts(item, notes),
        sdk=sdk if sdk.name or sdk.version else None,
        fingerprint=(item.fingerprint,) if item.fingerprint else (),
        extra=extra,
    )


def _is_handled(item: schema.Item, platform: str | None) -> bool | None:
    """False for a crash, which rollbar.js marks; true for an unmarked item of its that has a diagnostic.

    None for a request of a server, where Express may have caught it, and for pyrollbar, which never says.
    """
    sent = (item.notifier or {}).get("diagnostic")
    diagnostic = sent if isinstance(sent, dict) else {}
    marks = {one.key: one.value for one in item.attributes or ()}
    if item.is_uncaught or marks.get("is_uncaught") == "true" or diagnostic.get("is_uncaught") is True:
        return False
    return True if diagnostic and (platform == "javascript" or not item.request) else None


def _level(level: Level, handled: bool | None) -> Level:
    return levels.of_crash(level) if handled is False else level


def _message(
    item: schema.Item, extra: Mapping, exceptions: tuple[ExceptionInfo, ...], notes: Notes
) -> str | None:
    body = item.body or schema.Body()
    said: Mapping = dict(body.message) if isinstance(body.message, dict) else {"body": body.message}
    text = _text(said.pop("body", None))
    # pyrollbar, rollbar-gem and rollbar.js in browsers repeat the custom data in what they send.
    repeated = said.pop("extra") if isinstance(said.get("extra"), dict) else {}
    _add(said | repeated, extra, notes)
    sent = stacks.traces(body)
    _add((sent[0].extra if sent else None) or {}, extra, notes)
    for n, trace in enumerate(sent[1:], 1):
        rest = {name: value for name, value in (trace.extra or {}).items() if extra.get(name) != value}
        if rest:
            notes.keep(f"trace_chain.{n}.extra", rest)
    about = stacks.description(item) or _described(extra)
    if about and exceptions and _repeats(about, exceptions[-1]):
        about = None
    if text and about and about != text:
        notes.keep("description", about)
    crash = body.crash_report.raw if body.crash_report and not exceptions else None
    return _filled(text, extra, notes) or about or crash


def _filled(text: str | None, extra: Mapping, notes: Notes) -> str | None:
    """The record's message: pyrollbar sent the template up to 0.13, beside its arguments."""
    params = extra.get("args")
    if not text or not params or not isinstance(extra.get("record"), dict):
        return text
    filled = percent_format.fill(text, params)
    if filled != text:
        notes.keep("logentry", {"message": text, "params": params})
    return filled


def _repeats(about: str, raised: ExceptionInfo) -> bool:
    """Whether the description only repeats the exception, as that of rollbar.js in browsers does."""
    return about.removeprefix("Uncaught ") in (raised.value, f"{raised.type}: {raised.value}")


def _described(extra: Mapping) -> str | None:
    """Where pyrollbar's logging handler leaves the message of a record with a chain of exceptions."""
    logged = extra.get("exception")
    if (
        isinstance(logged, dict)
        and logged.keys() == {"description"}
        and isinstance(logged["description"], str)
    ):
        del extra["exception"]
        return logged["description"]
    return None


def _add(values: Mapping, extra: Mapping, notes: Notes) -> None:
    for name, value in values.items():
        if name not in extra:
            extra[name] = value
        elif extra[name] != value:
            notes.keep(name, value)


def _drop_copies(extra: Mapping, notes: Notes) -> None:
    """rollbar.js copies custom data beside the item's own fields."""
    for name, value in extra.items():
        if name in notes.kept and notes.kept[name] == value:
            del notes.kept[name]


def _timestamp(item: schema.Item) -> Any:
    if item.timestamp is not None:
        return item.timestamp
    own = (item.client or {}).get("timestamp")
    return own if isinstance(own, str | int | float) else None


def _logger(extra: Mapping) -> str | None:
    record = extra.get("record")
    return _text(record.get("name")) if isinstance(record, dict) else None


def _keep_left_over(item: schema.Item, platform: str | None, notes: Notes) -> None:
    notifier = {
        name: value for name, value in (item.notifier or {}).items() if name not in ("name", "version")
    }
    if notifier:
        notes.keep("notifier", notifier)
    if item.platform and item.platform != "browser":
        notes.keep("platform", item.platform)
    if item.language and platform is None:
        notes.keep("language", item.language)
    if item.custom is not None and not isinstance(item.custom, dict):
        notes.keep("custom", item.custom)


def _text(value: Any) -> str | None:
    return None if value is None or value == "" else lenient_json.as_text(value)
