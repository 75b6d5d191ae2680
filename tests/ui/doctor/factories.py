"""Examinations, made by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.doctor.examination import Caller, Examination
from app.doctor.finding import Finding, Severity
from app.store.queue.queue_overview import Refusal

NOON = datetime(2026, 9, 21, 12, tzinfo=UTC)


def make_finding(severity: Severity = Severity.OK, title: str = "All is well.", **fields: str) -> Finding:
    return Finding(severity=severity, title=title, **fields)


def make_caller(client: str = "sentry.python", **fields: Any) -> Caller:
    given: dict[str, Any] = {
        "version": "2.42.1",
        "protocol": "sentry.envelope",
        "project": "shop",
        "first_seen": NOON - timedelta(hours=3),
        "last_seen": NOON,
        "reports": 12,
        "skew_seconds": 0.2,
    }
    return Caller(client=client, **(given | fields))


def make_refusal(number: int, **fields: Any) -> Refusal:
    given: dict[str, Any] = {
        "at": NOON + timedelta(seconds=number),
        "status": 413,
        "reason": "The body is 78 MB; at most 64 MB are taken",
        "remote": "127.0.0.1",
        "head": "POST /api/1/envelope/ HTTP/1.1\r\nhost: localhost",
        "body": b"\xff{}",
    }
    return Refusal(id=number, **(given | fields))


def make_examination(**fields: Any) -> Examination:
    given: dict[str, Any] = {
        "taken_at": NOON,
        "url": "http://127.0.0.1:4711",
        "findings": (make_finding(),),
        "callers": (),
        "refusals": (),
    }
    return Examination(**(given | fields))
