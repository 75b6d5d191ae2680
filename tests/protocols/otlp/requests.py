"""OTLP requests made up for the tests, in JSON; and the same as protobuf."""

import base64
import json
from typing import Any

from google.protobuf.json_format import ParseDict
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from app.model import Event
from app.protocols import table
from app.protocols.delivery import Delivery
from app.protocols.otlp import read
from tests.protocols import captures, hostile

ID = "0123456789abcdef0123456789abcdef"
TRACE, SPAN = "5b8efff798038103d269b633813fc60c", "eee19b7ec3c1b174"
NOON = 1_795_435_200_000_000_000
TRACEBACK = """Traceback (most recent call last):
  File "/srv/shop/cart.py", line 7, in pay
    raise NoCard(1)
shop.NoCard: 1
"""
_HEADS = {
    "json": b"POST / HTTP/1.1\r\ncontent-type: application/json",
    "protobuf": b"POST / HTTP/1.1\r\ncontent-type: application/x-protobuf",
    "": b"POST / HTTP/1.1",
}


def pairs(values: dict[str, Any]) -> list[dict[str, Any]]:
    """Attributes as they are on the wire."""
    return [{"key": name, "value": any_value(value)} for name, value in values.items()]


def any_value(value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"intValue": str(value)}
    if isinstance(value, float):
        return {"doubleValue": value}
    if isinstance(value, list):
        return {"arrayValue": {"values": [any_value(item) for item in value]}}
    if isinstance(value, dict):
        return {"kvlistValue": {"values": pairs(value)}}
    return {"stringValue": value}


def raised(time: int = NOON, **more: Any) -> dict[str, Any]:
    """The event of an exception."""
    told = {"exception.type": "shop.NoCard", "exception.message": "1", "exception.stacktrace": TRACEBACK}
    return {"name": "exception", "timeUnixNano": str(time), "attributes": pairs({**told, **more})}


def span(*events: dict[str, Any], attributes: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    return {
        "traceId": TRACE,
        "spanId": SPAN,
        "name": "POST /pay",
        "attributes": pairs(attributes or {}),
        "events": [*events],
        **fields,
    }


def log(attributes: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    return {
        "timeUnixNano": str(NOON),
        "severityNumber": 17,
        "attributes": pairs(attributes or {}),
        **fields,
    }


def resource(**values: Any) -> dict[str, Any]:
    return {"attributes": pairs({name.replace("__", "."): value for name, value in values.items()})}


SHOP = resource(service__name="shop")


def traces(*spans: dict[str, Any], of: dict[str, Any] = SHOP) -> dict[str, Any]:
    return {"resourceSpans": [{"resource": of, "scopeSpans": [{"scope": {"name": "s"}, "spans": [*spans]}]}]}


def logs(*records: dict[str, Any], of: dict[str, Any] = SHOP) -> dict[str, Any]:
    scoped = {"scope": {"name": "shop.pay"}, "logRecords": [*records]}
    return {"resourceLogs": [{"resource": of, "scopeLogs": [scoped]}]}


def deliver(payload: Any, project: str = "", kind: str = "json", signal: str = "") -> Delivery:
    """What comes of a request; `payload` is its body, or the JSON of it."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    if not signal:
        signal = "logs" if b"resourceLogs" in body else "traces"
    report = captures.report_of(f"otlp.{signal}", table.Accepted(project, ID), _HEADS[kind], body)
    delivery = (read.read_logs if signal == "logs" else read.read_traces)(report, body)
    hostile.check(delivery)
    return delivery


def one(payload: Any, **options: Any) -> Event:
    (event,) = deliver(payload, **options).events
    return event


def protobuf(payload: dict[str, Any]) -> bytes:
    """The same request in binary; ids are hex, as in JSON."""
    request = ExportLogsServiceRequest() if "resourceLogs" in payload else ExportTraceServiceRequest()
    return ParseDict(_in_base64(payload), request).SerializeToString()


def _in_base64(value: Any) -> Any:
    if isinstance(value, list):
        return [_in_base64(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: base64.b64encode(bytes.fromhex(part)).decode() if name in _IDS else _in_base64(part)
        for name, part in value.items()
    }


_IDS = ("traceId", "spanId", "parentSpanId")
