"""Payloads of Bugsnag's notifiers made up for the tests, and how they are read."""

import json
from typing import Any

import msgspec

from app.model import Event
from app.protocols import table
from app.protocols.bugsnag import read
from app.protocols.delivery import Delivery
from tests.protocols import captures

ID = "0123456789abcdef0123456789abcdef"
REPORT = captures.report_of(
    "bugsnag.notify",
    table.Accepted("shop", ID),
    b"POST /bugsnag/notify HTTP/1.1\r\nBugsnag-Sent-At: 2026-11-23T12:00:00",
)


def delivery_of(payload: Any) -> Delivery:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    delivery = read.read(REPORT, body)
    assert msgspec.json.encode(delivery)
    return delivery


def event_of(event: dict[str, Any], **payload: Any) -> Event:
    (read_event,) = delivery_of({"events": [event], **payload}).events
    return read_event


def raised(**fields: Any) -> dict[str, Any]:
    return {"errorClass": "E", "message": "m", "stacktrace": [], **fields}
