"""Log lines that agents send along (`log_sending`): which are of errors, and the events of those.

A line reports an error by its level, or by a stack trace in it. Its names, of the Elastic Common Schema, come
dotted (``"log.level": "error"``) or as objects: https://www.elastic.co/docs/reference/ecs/ecs-log.
"""

import re
from typing import Any

from msgspec.structs import replace

from app.model import Event, Level, Report
from app.protocols.elastic import event_context, schema
from app.protocols.event import event_builder, levels
from app.protocols.plain import document, trace_in_fields
from app.protocols.wire import fitting
from app.protocols.wire.notes import Notes

# Without any of these a line need not be decoded.
_SUSPICIOUS = re.compile(rb"err|fatal|crit|emerg|alert|panic|severe|exception|fail|stack|\\n", re.IGNORECASE)
_GROUPS = ("log", "trace", "span", "transaction", "service", "ecs")
_BAD = frozenset((Level.ERROR, Level.FATAL))


def error_in(line: bytes) -> dict[str, Any] | None:
    """The record of a line that reports an error, `flattened`; None for all others. Raises nothing."""
    if _SUSPICIOUS.search(line) is None:
        return None
    value = fitting.lenient(line, Notes())
    record = value.get("log") if isinstance(value, dict) else None
    if not isinstance(record, dict):
        return None
    flat = flattened(record)
    if levels.of_log(flat.get("log.level")) in _BAD or trace_in_fields.holds_trace(flat):
        return flat
    return None


def flattened(record: dict[str, Any]) -> dict[str, Any]:
    """The record with the names in its groups dotted, as most loggers write them."""
    found: dict[str, Any] = {}
    for name, value in record.items():
        if name in _GROUPS and isinstance(value, dict):
            found |= {f"{name}.{inner}": part for inner, part in value.items()}
        else:
            found[name] = value
    return found


def event(report: Report, record: dict[str, Any], metadata: dict[str, Any], fallback_id: str) -> Event:
    """The event of a record that `error_in` gave. Raises nothing."""
    notes = Notes(subject="log line")
    fields = dict(record)
    said = levels.of_log(fields.get("log.level")) if fields.get("log.level") is not None else Level.ERROR
    level = levels.of_crash(said)
    if level is said:
        fields.pop("log.level", None)
    known = fitting.fit(metadata, schema.Metadata, "metadata.", notes)
    service = known.service or schema.Service()
    name = _taken(fields, "service.name") or service.name
    version, environment = service.version, service.environment
    if name != service.name:
        # One process may run several services: the metadata is not of this one.
        version = environment = None
    ids = schema.ElasticError(
        trace_id=_taken(fields, "trace.id"),
        parent_id=_taken(fields, "span.id"),
        transaction_id=_taken(fields, "transaction.id"),
    )
    own_environment = _taken(fields, "service.environment")
    fields.pop("ecs.version", None)
    built = document.event(report, fields, notes, fallback_id=fallback_id, level=level)
    tags = event_context.tags(known.labels, event_context.service_tag(report, name))
    return replace(
        built,
        project=report.project or name or built.project,
        platform=built.platform or event_context.platform(service),
        release=built.release or version or None,
        environment=own_environment or built.environment or environment or None,
        server_name=built.server_name or event_context.server_name(known.system or schema.System()),
        user=built.user or event_context.user(known.user),
        tags={**tags, **built.tags},
        contexts={**event_context.contexts(ids, schema.ElasticContext(), known), **built.contexts},
        sdk=event_context.sdk(service),
        exceptions=tuple(
            replace(raised, mechanism=raised.mechanism or event_builder.mechanism("logging", handled=True))
            if raised is built.exceptions[-1]
            else raised
            for raised in built.exceptions
        ),
    )


def _taken(fields: dict[str, Any], name: str) -> str | None:
    value = fields.get(name)
    return fields.pop(name) if isinstance(value, str) and value else None
