"""Bodies of Elastic's intake made up for the tests, and how they are read."""

import json
from typing import Any

from app.model import Event
from app.protocols import table
from app.protocols.delivery import Delivery
from app.protocols.elastic import read
from tests.protocols import captures, hostile

ID = "0123456789abcdef0123456789abcdef"
ERROR_ID = "a" * 32
NOON = 1_795_435_200_000_000
METADATA = {"service": {"name": "shop", "agent": {"name": "java", "version": "1.50"}}}
ERROR = {"id": ERROR_ID, "timestamp": NOON, "exception": {"type": "E", "message": "no card"}}


def body_of(*lines: Any) -> bytes:
    return b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)


def deliver(*lines: Any, project: str = "") -> Delivery:
    report = captures.report_of("elastic.intake", table.Accepted(project, ID))
    delivery = read.read(report, body_of(*lines))
    hostile.check(delivery)
    return delivery


def one(error: Any, metadata: Any = METADATA, **options: str) -> Event:
    (event,) = deliver({"metadata": metadata}, {"error": error}, **options).events
    return event
