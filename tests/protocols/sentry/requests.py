"""Sentry events made up for the tests, and how they are read."""

import json
from typing import Any

import msgspec

from app.model import Event
from app.protocols import table
from app.protocols.sentry import read
from tests.protocols import captures

ID = "0123456789abcdef0123456789abcdef"
ACCEPTED = table.Accepted("shop", ID)
STORE = captures.report_of("sentry.store", ACCEPTED)


def event_of(payload: Any) -> Event:
    """The event of a body, or of the JSON of any other value."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    (event,) = read.read_store(STORE, body).events
    assert msgspec.json.encode(event)
    return event
