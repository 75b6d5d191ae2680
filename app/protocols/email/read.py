"""Reads a mail into an event: Arecibo's fields, Django's report, or any other program's text.

A mail is always an event: only programs that failed send one here.
"""

import re
from typing import Any

from msgspec.structs import replace

from app.model import AttachmentInfo, Event, Level, Report
from app.protocols import arecibo, stacktrace
from app.protocols.delivery import Attachment, Delivery
from app.protocols.email import arecibo_fields, django_text, mail
from app.protocols.event import event_builder, levels, log_line
from app.protocols.wire.notes import Notes

_SUBJECT = re.compile(
    r"(?:\[(?P<prefix>[^\]]*)\] ?)?(?P<level>CRITICAL|ERROR|WARNING|INFO|DEBUG)"
    r"(?: \((?:internal|EXTERNAL) IP\))?: (?P<message>.*)",
    re.DOTALL | re.IGNORECASE,
)


def read(report: Report, body: bytes) -> Delivery:
    """The event of the mail, and its files; Arecibo's client may count several. Raises nothing."""
    received = mail.parse(body)
    notes = Notes(subject="mail")
    fields = arecibo_fields.of(received.text)
    if fields is not None:
        event, *others = arecibo.events(fields, report, notes)
    else:
        event, others = _event(report, received, notes), []
    files = tuple(
        Attachment(
            event.event_id,
            AttachmentInfo(filename=file.name, content_type=file.content_type, size=len(file.content)),
            file.content,
        )
        for file in received.files
    )
    if files:
        event = replace(event, attachments=tuple(file.info for file in files))
    return Delivery(events=(event, *others), attachments=files)


def _event(report: Report, received: mail.Mail, notes: Notes) -> Event:
    link = django_text.broken_link(received.text)
    if link is not None:
        return event_builder.build(
            report,
            notes,
            timestamp=received.date or None,
            level=Level.WARNING,
            message=f"{_without_prefix(received.subject)}: {link.url}",
            platform="python",
            logger="django.middleware.common",
            request=link,
            user={"ip_address": link.env["REMOTE_ADDR"]} if link.env else {},
            contexts=_contexts(received),
        )
    written = django_text.of(received.text, received.page, notes)
    return (
        _of_django(report, received, written, notes)
        if written is not None
        else _of_any(report, received, notes)
    )


def _of_django(report: Report, received: mail.Mail, written: django_text.DjangoMail, notes: Notes) -> Event:
    subject = _SUBJECT.match(received.subject)
    level = levels.find(subject["level"]) if subject is not None else None
    contexts = _contexts(received)
    if written.python:
        contexts["runtime"] = {"name": "Python", "version": written.python}
    return event_builder.build(
        report,
        notes,
        timestamp=received.date or None,
        level=level or Level.ERROR,
        exceptions=written.exceptions,
        message=written.message,
        extra=written.more,
        platform="python",
        logger="django.request" if written.is_crash else None,
        transaction=written.transaction,
        server_name=written.server_name,
        request=written.request,
        user=written.user,
        contexts=contexts,
        modules={"Django": written.version} if written.version else {},
    )


def _of_any(report: Report, received: mail.Mail, notes: Notes) -> Event:
    """A mail with a stack trace in it, or only with text: then its subject identifies the bug."""
    text, request = django_text.old_request(received.text)
    parsed = stacktrace.read(text, None, notes, "text")
    subject = _SUBJECT.match(received.subject)
    level = levels.find(subject["level"]) if subject is not None else None
    said = parsed.before.strip()
    message = "\n\n".join(part for part in (received.subject, said) if part)
    if not parsed.exceptions and received.subject:
        notes.keep("logentry", {"message": received.subject, "params": None})
    return event_builder.build(
        report,
        notes,
        timestamp=received.date or None,
        level=level or log_line.level(received.subject) or log_line.level(said) or Level.ERROR,
        exceptions=parsed.exceptions,
        threads=parsed.threads,
        message=message or ("An empty mail" if not parsed.exceptions else None),
        platform=parsed.platform,
        request=request,
        contexts=_contexts(received),
    )


def _without_prefix(subject: str) -> str:
    return re.sub(r"^\[[^\]]*\] ?", "", subject)


def _contexts(received: mail.Mail) -> dict[str, Any]:
    about = {
        "subject": received.subject,
        "from": received.sender,
        "to": ", ".join(received.recipients),
        "message_id": received.message_id,
    }
    return {"email": {name: value for name, value in about.items() if value}}
