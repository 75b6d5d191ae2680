"""OTLP's binary form, turned into what its JSON would have been.

The generated classes take a sixth of a second to load, so this module loads late (`app.protocols.otlp`).
Records that nobody will see are never turned into anything: a busy app sends hundreds of spans to an error.
"""

from collections.abc import Iterator
from typing import Any

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class NotProtobuf(Exception):
    """The bytes are no such message; the text says what the decoder found."""


def records(body: bytes, signal: str) -> Iterator[tuple[Any, Any, Any]]:
    """Resource group, scope group and record of every span or log record. Raises `NotProtobuf`."""
    request = _decoded(body, signal)
    groups = request.resource_spans if signal == "spans" else request.resource_logs
    for group in groups:
        for scoped in group.scope_spans if signal == "spans" else group.scope_logs:
            for record in scoped.spans if signal == "spans" else scoped.log_records:
                yield group, scoped, record


def as_json(message: Any) -> dict[str, Any]:
    """The JSON of a message: enumerations as numbers, ids in base64."""
    return MessageToDict(message, use_integers_for_enums=True)


def _decoded(body: bytes, signal: str) -> Any:
    message: Any = ExportTraceServiceRequest if signal == "spans" else ExportLogsServiceRequest
    try:
        return message.FromString(body)
    except DecodeError as error:
        raise NotProtobuf(str(error)) from error
