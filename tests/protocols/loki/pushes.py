"""Pushes made up for the tests, one that was recorded, and how they are read."""

import json
from typing import Any

from app.protocols import table
from app.protocols.delivery import Delivery
from app.protocols.loki import read as loki_read
from tests.protocols import captures, hostile

ID = "0123456789abcdef0123456789abcdef"
NS = "1795436048379528960"


def read(body: bytes, head: bytes = b"", project: str = "shop") -> Delivery:
    return loki_read.read(captures.report_of("loki", table.Accepted(project, ID), head, body), body)


def push(*lines: Any, labels: Any = None, project: str = "shop") -> Delivery:
    values = [[NS, line] if isinstance(line, str) else line for line in lines]
    streams = [{"stream": {"app": "shop"} if labels is None else labels, "values": values}]
    delivery = read(json.dumps({"streams": streams}).encode(), project=project)
    hostile.check(delivery)
    return delivery


PROTOBUF = b"POST /loki/api/v1/push HTTP/1.1\r\nContent-Type: application/x-protobuf"
# What winston-loki 6.1 sent for logger.error("the cart is empty", {"customer": "ada"}).
WINSTON = (
    b'd\xf0c\nb\n\x1a{level="error",app="shop"}\x12D\n\x0c\x08\xeb\xc7\x95\xd8\x06\x10\xc0\xcc\xa8\xf6\x02\x124t'
    b'he cart is empty {"customer":"ada","level":"error"}'
)
