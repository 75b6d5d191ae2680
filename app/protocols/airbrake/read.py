"""Reads an Airbrake notice into an event. Fields that no other module here reads go to extra."""

from typing import Any

from msgspec.structs import replace

from app.model import Event, Report, Sdk
from app.protocols.airbrake import errors, event_context, schema, xml_notice
from app.protocols.delivery import Delivery
from app.protocols.event import client_platform, event_builder, levels, log_location
from app.protocols.event.error_or_message import ErrorOrMessage
from app.protocols.wire import fitting, lenient_json
from app.protocols.wire.notes import Notes

_NO_ROUTES = frozenset(("", "None", "UNKNOWN"))
# What the logging handlers of both Python clients leave in the params.
_LOGGED = ("relativeCreated", "levelname")


def read(report: Report, body: bytes) -> Delivery:
    """The event of a notice. Raises nothing."""
    notes = Notes(subject="notice")
    return Delivery(events=(_event(fitting.decode(body, schema.AirbrakeNotice, notes), report, notes),))


def read_xml(report: Report, body: bytes) -> Delivery:
    """The event of a notice of the second API, which is XML. Raises nothing."""
    notes = Notes(subject="notice")
    said = xml_notice.read(xml_notice.xml_of(report.head, body), notes)
    notice = fitting.fit_object(said, schema.AirbrakeNotice, notes)
    event = _event(notice, report, notes)
    if event.platform is None:
        files = [frame.filename for raised in event.exceptions for frame in raised.frames]
        event = replace(event, platform=next(filter(None, map(log_location.platform_of, files)), None))
    return Delivery(events=(event,))


def read_stats(_report: Report, _body: bytes) -> Delivery:
    """Statistics of routes, queries and queues: counted, and not read."""
    return Delivery(others={"stats": 1})


def read_deploy(_report: Report, _body: bytes) -> Delivery:
    """Word of a new version: counted, and not read."""
    return Delivery(others={"deploy": 1})


def _event(notice: schema.AirbrakeNotice, report: Report, notes: Notes) -> Event:
    context = notice.context or schema.AirbrakeContext()
    params = _params(notice, context)
    notifier = _notifier(notice, context, notes)
    client = notifier.name or ""
    platform = _platform(client, context)
    found = errors.find(notice, context, client, platform)
    transaction = _transaction(context, notes)
    request = event_context.request(context, params, notes)
    contexts = event_context.contexts(context, params, client)
    _keep_left_over(notice, context, notes)
    return event_builder.build(
        report,
        notes,
        timestamp=_created(params),
        level=levels.read(context.severity, notes),
        exceptions=found.exceptions,
        threads=found.threads,
        message=_message(found, context, params, notes),
        extra=params,
        platform=platform,
        logger=found.logger,
        transaction=transaction,
        release=context.version or context.revision,
        environment=context.environment,
        server_name=context.hostname,
        breadcrumbs=event_context.breadcrumbs(context, notes),
        request=request,
        user=event_context.user(context),
        contexts=contexts,
        modules={name: lenient_json.as_text(value) for name, value in (context.versions or {}).items()},
        sdk=Sdk(name=notifier.name, version=notifier.version) if notifier.name else None,
    )


def _platform(client: str, context: schema.AirbrakeContext) -> str | None:
    """The language; airbrake-js is one client for browsers and for Node, where it knows the machine."""
    if client == "airbrake-js" and context.platform and not context.user_agent:
        return "node"
    return client_platform.platform_of(client, context.language)


def _notifier(
    notice: schema.AirbrakeNotice, context: schema.AirbrakeContext, notes: Notes
) -> schema.AirbrakeNotifier:
    """The client; an older one names itself beside the context, too."""
    beside, named = notice.notifier, context.notifier or schema.AirbrakeNotifier()
    if beside is None:
        return named
    if not isinstance(beside, dict):
        notes.odd("notifier", beside, "an object")
    elif context.notifier is None:
        return fitting.fit(beside, schema.AirbrakeNotifier, "notifier.", notes)
    elif (beside.get("name"), beside.get("version")) != (named.name, named.version):
        notes.keep("notifier", beside)
    return named


def _message(
    found: ErrorOrMessage, context: schema.AirbrakeContext, params: dict[str, Any], notes: Notes
) -> str | None:
    """The message, alone or beside a logged exception. A template stays in extra, for grouping."""
    pattern = context.message_pattern
    if found.exceptions:
        said = params.get("msg")
        return pattern or (said if "levelname" in params and isinstance(said, str) else None)
    if pattern and pattern != found.message:
        notes.keep("logentry", {"message": pattern, "params": None})
    return found.message


def _params(notice: schema.AirbrakeNotice, context: schema.AirbrakeContext) -> dict[str, Any]:
    """The app's own data; pybrake wraps what was given to a logger once more."""
    params = dict(notice.params or {})
    if context.message_pattern is not None and isinstance(params.get("extra"), dict):
        params = params.pop("extra") | params
    return params


def _created(params: dict[str, Any]) -> float | None:
    """When a record was logged: no other notice has a time (docs/protocols.md, section 1)."""
    created = params.get("created")
    return created if type(created) is float and any(name in params for name in _LOGGED) else None


def _transaction(context: schema.AirbrakeContext, notes: Notes) -> str | None:
    """The route, else ``component#action``; the parts that are not used are kept."""
    route, component, action = context.route or "", context.component, context.action
    if route in _NO_ROUTES and component and action:
        return f"{component}#{action}"
    for name, value in (("component", component), ("action", action)):
        if value:
            notes.keep(name, value)
    return None if route in _NO_ROUTES else route


def _keep_left_over(notice: schema.AirbrakeNotice, context: schema.AirbrakeContext, notes: Notes) -> None:
    """Keep the fields that nothing else has read, under their own names."""
    for name, value in (("session", notice.session), ("environment", notice.environment)):
        if value not in (None, {}, []):
            notes.keep(name, value)
    if context.version and context.revision:
        notes.keep("revision", context.revision)
    if context.method and context.http_method and context.method != context.http_method:
        notes.keep("httpMethod", context.http_method)
