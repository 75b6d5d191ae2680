"""Hides secrets in OTLP's protobuf: its texts are searched, and it is written again as protobuf.

The generated classes take a sixth of a second to load, so this module loads late.
"""

from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from app.scrub.unsearchable import Unsearchable
from app.scrub.values import Scrubber

_BY_SIGNAL: dict[str, Any] = {
    "traces": ExportTraceServiceRequest,
    "logs": ExportLogsServiceRequest,
    "metrics": ExportMetricsServiceRequest,
}
_DEEPEST = 50


def scrub(body: bytes, signal: str, scrubber: Scrubber) -> bytes:
    """The request without secrets. Raises `Unsearchable`."""
    kind = _BY_SIGNAL.get(signal)
    if kind is None:
        raise Unsearchable("The report is binary: secrets cannot be looked for in it.")
    try:
        message = kind.FromString(body)
    except DecodeError as error:
        raise Unsearchable(
            "The report is no readable protobuf: secrets cannot be looked for in it."
        ) from error
    _walk(message, scrubber, signal, _DEEPEST)
    return bytes(message.SerializeToString())


def _walk(message: Any, scrubber: Scrubber, place: str, depth: int) -> None:
    if depth == 0:
        raise Unsearchable("The report is nested too deep: secrets cannot be looked for in it.")
    # What a newer OTLP has besides: nobody knows which of it is text.
    message.DiscardUnknownFields()
    if message.DESCRIPTOR.name == "KeyValue":
        _walk_pair(message, scrubber, place, depth)
        return
    for field, value in message.ListFields():
        here = f"{place}.{field.name}"
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            for each in value if field.is_repeated else (value,):
                _walk(each, scrubber, here, depth - 1)
        elif field.type == FieldDescriptor.TYPE_STRING:
            clean = scrubber.value(list(value) if field.is_repeated else value, here)
            if field.is_repeated:
                value[:] = clean
            else:
                setattr(message, field.name, clean)
        elif field.name == "bytes_value":
            text = scrubber.value(value.decode("utf-8", "replace"), here)
            if text.encode() != value:
                setattr(message, field.name, str(text).encode())


def _walk_pair(pair: Any, scrubber: Scrubber, place: str, depth: int) -> None:
    """An attribute: a secret by its name, whatever its value is."""
    here = f"{place}.{pair.key}"
    if scrubber.value({pair.key: "x"}, here)[pair.key] != "x":
        pair.value.string_value = "[Filtered]"
    else:
        _walk(pair.value, scrubber, here, depth - 1)
