"""Reports of browsers made up for the tests, and how they are read."""

import json
from typing import Any

from app.model import Event
from app.protocols import table
from app.protocols.browser import read as browser
from app.protocols.delivery import Delivery
from tests.protocols import captures, hostile

ID = "0123456789abcdef0123456789abcdef"
HEAD = b"POST /csp HTTP/1.1\r\nUser-Agent: Mozilla/5.0 (X11) Firefox/140.0"


def read(payload: Any, head: bytes = HEAD) -> Delivery:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return browser.read(captures.report_of("browser.report", table.Accepted("shop", ID), head, body), body)


def event_of(kind: str, body: Any, **more: Any) -> Event:
    report = {"age": 7, "type": kind, "url": "https://shop.example/cart", "body": body}
    (event,) = hostile.check(read([report | more]))
    return event
