"""Reads Raygun's entries into events. Fields that no other module here reads go to extra."""

from typing import Any

from msgspec.structs import replace

from app.model import Event, ExceptionInfo, Level, Report, Sdk
from app.protocols.delivery import Delivery
from app.protocols.event import client_platform, event_builder, tag_list
from app.protocols.raygun import errors, event_context, schema
from app.protocols.wire import fitting, name_case
from app.protocols.wire.notes import Notes

_EMPTY: tuple[Any, ...] = (None, "", {}, [])
_UNHANDLED = frozenset(
    ("UnhandledException", "UnhandledPromiseRejection", "uncaughtException", "unhandledRejection")
)
# What raygun4js adds to the custom data of an error that came before it was ready.
_EARLY = "From Raygun4JS snippet global error handler"
# What the clients send for a version when the app has not set its own.
_NO_VERSIONS = frozenset(("", "Not defined", "Not supplied"))
_LOGGER = "Logger Name"


def read(report: Report, body: bytes) -> Delivery:
    """The event of an entry, or those of a list of entries. Raises nothing."""
    notes = Notes(subject="entry")
    value = fitting.lenient(body, notes)
    if not isinstance(value, list):
        return Delivery(events=(_event(value, report, 0, notes),))
    events = []
    for n, item in enumerate(value):
        own = Notes(subject="entry", problems=[*notes.problems])
        events.append(_event(item, report, n, own))
    return Delivery(events=tuple(events))


def _event(value: Any, report: Report, number: int, notes: Notes) -> Event:
    entry = fitting.fit_object(name_case.renamed(value, schema.RaygunEntry), schema.RaygunEntry, notes)
    details = entry.details or schema.Details()
    sender = details.client or schema.RaygunClient()
    client = sender.name or ""
    platform = client_platform.platform_of(client)
    found = errors.find(details.error, client, platform, notes)
    words = details.tags or []
    custom = _custom(details.user_custom_data, notes)
    early = custom.get("handler") == _EARLY
    logger = found.logger
    if client == errors.PYTHON and isinstance(custom.get(_LOGGER), str):
        logger = custom.pop(_LOGGER)
    wire = details.request
    return event_builder.build(
        report,
        notes,
        fallback_id=event_builder.id_of(report, number),
        timestamp=entry.occurred_on,
        level=tag_list.level(words) or Level.ERROR,
        exceptions=_as_caught(found.exceptions, unhandled=bool(_UNHANDLED.intersection(words)) or early),
        threads=found.threads,
        message=found.message,
        extra=custom,
        platform=platform,
        logger=logger,
        release=None if details.version in _NO_VERSIONS else details.version,
        server_name=details.machine_name,
        breadcrumbs=event_context.breadcrumbs(details.breadcrumbs, notes),
        request=event_context.request(wire, client, notes) if wire else None,
        user=event_context.user(details.user, wire.ip_address if wire else None, _of_user(notes)),
        tags=tag_list.tags(words),
        contexts=_contexts(details),
        sdk=Sdk(name=sender.name, version=sender.version) if sender.name else None,
        fingerprint=(details.grouping_key,) if details.grouping_key else (),
    )


def _as_caught(exceptions: tuple[ExceptionInfo, ...], *, unhandled: bool) -> tuple[ExceptionInfo, ...]:
    """Mark the raised exception as uncaught; no client says that one was caught."""
    if not exceptions:
        return exceptions
    mechanism = event_builder.mechanism("raygun", False if unhandled else None)
    return (*exceptions[:-1], replace(exceptions[-1], mechanism=mechanism))


def _of_user(notes: Notes) -> dict[str, Any]:
    """Move what else a client says of the user from extra to the user."""
    names = [name for name in notes.kept if name.startswith("details.user.")]
    return {name.removeprefix("details.user."): notes.kept.pop(name) for name in names}


def _custom(data: Any, notes: Notes) -> dict[str, Any]:
    if isinstance(data, dict):
        return dict(data)
    if data not in _EMPTY:
        notes.keep("userCustomData", data)
    return {}


def _contexts(details: schema.Details) -> dict[str, Any]:
    """The machine or the browser, and the answer that the app gave, as the client calls their parts."""
    parts = {"environment": details.environment, "response": details.response}
    return {name: part for name, part in parts.items() if part not in _EMPTY}
