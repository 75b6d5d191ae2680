"""Items made up for the tests, and how they are read."""

import json
from typing import Any

import msgspec

from app.model import Event
from app.protocols import table
from app.protocols.rollbar import read
from tests.protocols import captures

ID = "0123456789abcdef0123456789abcdef"
REPORT = captures.report_of("rollbar.item", table.Accepted("shop", ID))


def event_in(body: bytes) -> Event:
    (event,) = read.read(REPORT, body).events
    assert msgspec.json.encode(event)
    return event


def event_of(data: dict[str, Any]) -> Event:
    return event_in(json.dumps({"access_token": "t", "data": data}).encode())


def trace(*frames: dict[str, Any], **raised: Any) -> dict[str, Any]:
    return {"trace": {"exception": {"class": "E", "message": "m", **raised}, "frames": list(frames)}}
