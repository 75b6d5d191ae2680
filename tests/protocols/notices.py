"""Small reports of three formats, made up for the tests, and what is read of them."""

import json
from typing import Any

from app.model import Event, Report
from app.protocols import table
from tests.protocols import captures, hostile

ID = "0123456789abcdef0123456789abcdef"


def airbrake(**error: Any) -> dict[str, Any]:
    return {"errors": [{"type": "KeyError", "message": "'card'"} | error]}


def honeybadger(**error: Any) -> dict[str, Any]:
    return {"error": {"class": "KeyError", "message": "'card'"} | error}


def raygun(error: dict[str, Any] | None = None, **details: Any) -> dict[str, Any]:
    return {"details": {"error": {"className": "KeyError", "message": "'card'"} | (error or {})} | details}


def report(protocol: str) -> Report:
    return captures.report_of(protocol, table.Accepted("shop", ID))


def events_of(protocol: str, payload: Any) -> tuple[Event, ...]:
    """What `protocol` reads of a payload, which is bytes or becomes JSON."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return hostile.check(table.by_name(protocol).read(report(protocol), body))


def event_of(protocol: str, payload: Any) -> Event:
    (event,) = events_of(protocol, payload)
    return event
