"""Builds an `Event` from a Sentry event on the wire (`schema.SentryEvent`).

Everything here is already of the right type. `stacks` reads exceptions, threads and frames, `event_context`
the request, the user, tags and breadcrumbs.
"""

from app.model import Event, Report, from_micros
from app.protocols.event import event_builder, headline, levels, log_template
from app.protocols.sentry import app_name, event_context, schema, stacks, trimmed
from app.protocols.wire.notes import Notes


def build(wire: schema.SentryEvent, report: Report, event_id: str, notes: Notes) -> Event:
    """The event; `event_id` is its id where the wire has none. Raises nothing."""
    exceptions = stacks.exceptions(wire, notes)
    threads = stacks.threads(wire, notes)
    message = _message(wire, notes)
    if exceptions and stacks.is_where_a_message_was_sent(exceptions[-1], message):
        exceptions, threads, message = stacks.as_message(exceptions, threads, message, notes)
    transaction = wire.transaction or None
    _keep_left_over(wire, notes)
    received_at = from_micros(report.received_at)
    # Not by way of `composing.event`: through its many names an event would cost a tenth more.
    return Event(
        event_id=event_builder.id_in(wire.event_id, event_id, notes),
        project=report.project or app_name.of(wire) or "sentry",
        protocol=report.protocol,
        platform=wire.platform,
        timestamp=event_builder.moment_in(wire.timestamp, received_at, notes),
        received_at=received_at,
        level=event_builder.level_of(levels.read(wire.level, notes), exceptions),
        logger=wire.logger or None,
        title=headline.title(exceptions, message),
        culprit=transaction or headline.culprit(exceptions, threads, wire.platform),
        message=message,
        transaction=transaction,
        release=wire.release,
        environment=wire.environment,
        server_name=wire.server_name,
        exceptions=exceptions,
        threads=threads,
        breadcrumbs=event_context.breadcrumbs(wire.breadcrumbs, notes) if wire.breadcrumbs else (),
        request=event_context.request(wire.request, notes) if wire.request else None,
        user=event_context.user(wire.user, report.remote) if wire.user else {},
        tags=event_context.tags(wire.tags, notes) if wire.tags else {},
        contexts=wire.contexts or {},
        modules=event_context.modules(wire.modules) if wire.modules else {},
        sdk=event_context.sdk(wire.sdk, notes) if wire.sdk else None,
        fingerprint=tuple(wire.fingerprint) if wire.fingerprint else (),
        extra=event_builder.merged(wire.extra, notes),
        problems=notes.sentences() if notes.problems else (),
        trimmed=trimmed.read(wire.meta) if wire.meta else (),
    )


def _message(wire: schema.SentryEvent, notes: Notes) -> str | None:
    """The formatted message; a template that differs from it stays in extra as ``logentry``, for grouping."""
    message = wire.message
    entry = wire.logentry or (message if isinstance(message, schema.Message) else None)
    text = message if isinstance(message, str) else None
    if entry is None:
        return text or None
    # Some clients send the template again in place of the text.
    is_filled = entry.formatted and not (entry.params and entry.formatted == entry.message)
    formatted = entry.formatted if is_filled else text
    if entry.message and not is_filled:
        formatted = log_template.fill(entry.message, entry.params)
    if entry.message and (entry.params or entry.message != formatted):
        notes.keep("logentry", {"message": entry.message, "params": entry.params})
    if text and formatted and text not in {formatted, entry.message}:
        notes.keep("message", text)
    return formatted or None


def _keep_left_over(wire: schema.SentryEvent, notes: Notes) -> None:
    """Keep the fields that nothing else has read, under their own names."""
    for attribute, name in schema.LEFT_OVER:
        value = getattr(wire, attribute)
        if value is not None and value != {}:
            notes.keep(name, value)
