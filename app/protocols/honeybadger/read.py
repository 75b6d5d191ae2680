"""Reads a Honeybadger notice into an event. Fields that no other module here reads go to extra."""

from typing import Any

from app.model import Event, Level, Report, Sdk
from app.protocols.delivery import Delivery
from app.protocols.event import client_platform, event_builder, event_ids, levels, tag_list
from app.protocols.event.error_or_message import ErrorOrMessage
from app.protocols.honeybadger import errors, event_context, schema
from app.protocols.wire import fitting, nested_query
from app.protocols.wire.notes import Notes


def read(report: Report, body: bytes) -> Delivery:
    """The event of a notice. Raises nothing."""
    notes = Notes(subject="notice")
    return Delivery(events=(_event(fitting.decode(body, schema.HoneybadgerNotice, notes), report, notes),))


def read_beacon(report: Report, _body: bytes) -> Delivery:
    """The event of a notice in the address, as honeybadger-js sent it before version 1. Raises nothing."""
    notes = Notes(subject="notice")
    sent = nested_query.of_head(report.head).get("notice")
    return Delivery(
        events=(_event(fitting.fit_object(sent, schema.HoneybadgerNotice, notes), report, notes),)
    )


def read_check_in(_report: Report, _body: bytes) -> Delivery:
    """Word that a job has run: counted."""
    return Delivery(others={"check_in": 1})


def _event(notice: schema.HoneybadgerNotice, report: Report, notes: Notes) -> Event:
    error, request = notice.error or schema.HoneybadgerError(), notice.request or schema.HoneybadgerRequest()
    server, notifier = notice.server or schema.Server(), notice.notifier or schema.HoneybadgerNotifier()
    client = notifier.name or ""
    platform = _platform(client, server)
    found = errors.find(notice, client, errors.FrameContext(event_context.root(server), platform, notes))
    context = dict(request.context or {})
    words = [error.tags] if isinstance(error.tags, str) else error.tags or []
    level, logger, created = _logged(found, context, tag_list.level(words), notes)
    _keep_left_over(notice, request, notes)
    return event_builder.build(
        report,
        notes,
        event_id=_token(error, notes),
        timestamp=created if created is not None else server.time,
        level=level,
        exceptions=found.exceptions,
        threads=found.threads,
        message=found.message,
        platform=platform,
        logger=logger,
        request=event_context.request(request, context),
        user=event_context.user(context),
        extra=context,
        transaction=event_context.transaction(request),
        release=server.revision,
        environment=server.environment_name,
        server_name=server.hostname,
        breadcrumbs=event_context.breadcrumbs(notice.breadcrumbs, notes),
        tags=tag_list.tags(words),
        contexts=event_context.contexts(server),
        sdk=Sdk(name=notifier.name, version=notifier.version) if notifier.name else None,
        fingerprint=(error.fingerprint,) if error.fingerprint else (),
    )


def _platform(client: str, server: schema.Server) -> str | None:
    """The platform. Both clients of JavaScript have one name; only Node's names its process."""
    platform = client_platform.platform_of(client)
    return "node" if platform == "javascript" and server.pid is not None else platform


def _logged(
    found: ErrorOrMessage, context: dict[str, Any], tagged: Level | None, notes: Notes
) -> tuple[Level, str | None, float | None]:
    """Level, logger and time: those of a record of Python's logging, or the level that the tags name."""
    level = tagged or Level.ERROR
    if found.exceptions or not isinstance(context.get("levelname"), str):
        return level, None, None
    level = levels.read(context.pop("levelname"), notes, level)
    logger = context.pop("name") if isinstance(context.get("name"), str) else None
    created = context.pop("created") if type(context.get("created")) is float else None
    return level, logger, created


def _token(error: schema.HoneybadgerError, notes: Notes) -> str | None:
    """The client's own id of the error, if it is one."""
    if error.token is not None and event_ids.normalise(error.token) is None:
        notes.keep("error.token", error.token)
        return None
    return error.token


def _keep_left_over(
    notice: schema.HoneybadgerNotice, request: schema.HoneybadgerRequest, notes: Notes
) -> None:
    """Keep the fields that nothing else has read, under their own names."""
    parts = (
        ("session", request.session),
        ("details", notice.details),
        ("correlation_context", notice.correlation_context),
    )
    for name, value in parts:
        if value not in (None, {}, [], ""):
            notes.keep(name, value)
