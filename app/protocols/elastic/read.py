"""Reads a body of Elastic's intake: each error, record or log line, becomes an event, all else is counted."""

from functools import partial
from typing import Any

from app.model import Event, ExceptionInfo, Level, Report
from app.protocols.delivery import Delivery
from app.protocols.elastic import (
    event_context,
    intake_v1,
    lines,
    log_lines,
    rum,
    schema,
    stacks,
    traces,
)
from app.protocols.elastic.lines import EndedTransaction, ErrorLine, TransactionContext
from app.protocols.elastic.stacks import AgentInfo
from app.protocols.event import event_builder, levels
from app.protocols.wire import fitting
from app.protocols.wire.notes import Notes

# What the Python agent calls the logger of a message that none has logged.
_NO_LOGGER = "__root__"
_MOST_LOGS = 1000


def read(report: Report, body: bytes) -> Delivery:
    """Everything in `body`. Raises nothing: problems are noted on an event, to be seen."""
    return _delivery(report, lines.read(body))


def read_v1(report: Report, body: bytes) -> Delivery:
    """Everything in a body of the intake's first version. Raises nothing."""
    return _delivery(report, intake_v1.read(body))


def _delivery(report: Report, found: lines.Lines) -> Delivery:
    known = lines.transactions(found) if found.errors else {}
    events = [_event(report, line, number, known) for number, line in enumerate(found.errors)]
    for record, metadata in found.logs[:_MOST_LOGS]:
        own_id = event_builder.id_of(report, len(events))
        events.append(log_lines.event(report, record, metadata, own_id))
    service = found.metadata.get("service")
    name = service.get("name") if isinstance(service, dict) else None
    project = report.project or (name if isinstance(name, str) else "")
    traced = partial(traces.read, found, report) if found.traced else None
    return Delivery(events=tuple(events), others=dict(found.others), project=project, traced=traced)


def _event(report: Report, line: ErrorLine, number: int, known: dict[str, EndedTransaction]) -> Event:
    notes = line.notes
    wire = fitting.fit_object(line.error, schema.ElasticError, notes)
    context = wire.context or schema.ElasticContext()
    metadata = fitting.fit(_overridden(line.metadata, context.service), schema.Metadata, "metadata.", notes)
    service = metadata.service or schema.Service()
    agent = AgentInfo((service.agent and service.agent.name) or None, event_context.platform(service))
    exceptions = stacks.exceptions(wire.exception, agent, notes)
    message = _message(wire.log, notes)
    if exceptions:
        exceptions, message = _as_message(exceptions, message)
    log, transaction = wire.log or schema.Log(), wire.transaction or schema.ElasticTransaction()
    ended = known.get(wire.transaction_id or "") or EndedTransaction()
    around = ended.context or TransactionContext()
    culprit = wire.culprit or None
    if agent.name in rum.AGENTS and culprit is not None:
        # It is the file of the oldest call, which is not the one that failed.
        notes.keep("culprit", culprit)
        culprit = None
    return event_builder.build(
        report,
        notes,
        event_id=wire.id,
        fallback_id=event_builder.id_of(report, number),
        project=service.name or None,
        timestamp=wire.timestamp,
        level=levels.read(log.level, notes, Level.ERROR),
        exceptions=exceptions,
        threads=stacks.threads(wire.log, agent, notes),
        message=message,
        culprit=culprit,
        extra=_custom(context.custom or around.custom, message),
        platform=agent.platform,
        logger=log.logger_name if log.logger_name and log.logger_name != _NO_LOGGER else None,
        transaction=transaction.name or ended.name or None,
        release=service.version or None,
        environment=service.environment or None,
        server_name=event_context.server_name(metadata.system or schema.System()),
        request=event_context.request(context, report, notes),
        user=event_context.user(context.user, around.user, metadata.user),
        tags=event_context.tags(
            metadata.labels, event_context.service_tag(report, service.name), around.tags, context.tags
        ),
        contexts=event_context.contexts(wire, context, metadata),
        sdk=event_context.sdk(service),
    )


def _overridden(metadata: dict[str, Any], own: dict[str, Any] | None) -> dict[str, Any]:
    """The metadata, with what the error itself says of the service: one process may run several."""
    service = metadata.get("service")
    if not own or not isinstance(service, dict | None):
        return metadata
    said = {name: value for name, value in own.items() if value is not None}
    known = {**(service or {})}
    if said.get("name", known.get("name")) != known.get("name"):
        # The process's version is that of another service.
        known.pop("version", None)
    return {**metadata, "service": {**known, **said}}


def _custom(custom: dict[str, Any] | None, message: str | None) -> dict[str, Any]:
    """The app's own context, and what Python's logging handler puts there: the record, the message again."""
    said = {name: value for name, value in (custom or {}).items() if value is not None}
    if message is not None and said.get("message") == message:
        del said["message"]
    return said


def _message(log: schema.Log | None, notes: Notes) -> str | None:
    """What was logged; a template that differs from it stays in extra as ``logentry``, for grouping."""
    if log is None:
        return None
    if log.param_message and log.param_message != log.message:
        notes.keep("logentry", {"message": log.param_message})
    return log.message or log.param_message or None


def _as_message(
    exceptions: tuple[ExceptionInfo, ...], message: str | None
) -> tuple[tuple[ExceptionInfo, ...], str | None]:
    """Without a message that only repeats the exception; a text that an app reports is no exception."""
    raised = exceptions[-1]
    repeated = message is None or message == raised.value
    is_caught = (raised.mechanism or {}).get("handled") is not False
    if repeated and is_caught and raised.type is None and not raised.frames and len(exceptions) == 1:
        return (), raised.value
    return exceptions, None if repeated else message
