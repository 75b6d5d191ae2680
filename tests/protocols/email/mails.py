"""Mails recorded (`samples/mails`) and made up for the tests, and how they are read."""

import email.mime.text
from pathlib import Path

from app.model import Event
from app.protocols.email import accept, read
from tests.protocols import captures, hostile

MAILS = Path(__file__).parents[2] / "samples" / "mails"
TRACE = (
    "Traceback (most recent call last):\n  File \"/srv/shop/pay.py\", line 3, in pay\n    x()\nKeyError: 'x'"
)


def events_of(content: bytes, *recipients: str) -> tuple[Event, ...]:
    accepted = accept.of_mail(content, recipients)
    return hostile.check(read.read(captures.report_of("email", accepted, b"MAIL SMTP", content), content))


def event_of(content: bytes, *recipients: str) -> Event:
    accepted = accept.of_mail(content, recipients)
    report = captures.report_of("email", accepted, b"MAIL SMTP", content)
    (event,) = hostile.check(read.read(report, content))
    assert (event.protocol, event.project) == ("email", accepted.project)
    return event


def sample(name: str) -> Event:
    return event_of((MAILS / f"{name}.eml").read_bytes(), "shop@localhost")


def mail(text: str, subject: str = "", **headers: str) -> bytes:
    message = email.mime.text.MIMEText(text)
    for name, value in {"Subject": subject, **headers}.items():
        message[name.replace("_", "-")] = value
    return message.as_bytes()
