"""OTLP's binary form, turned into what its JSON would have been.

The generated classes take a sixth of a second to load, so nobody loads them who does not read protobuf.
Records that nobody will see are never turned into anything: a busy app sends hundreds of spans to an error.
"""

from collections.abc import Callable, Iterator
from typing import Any


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


def as_json() -> Callable[[Any], dict[str, Any]]:
    """What turns a message into its JSON: enumerations as numbers, ids in base64."""
    from google.protobuf.json_format import MessageToDict  # noqa: PLC0415 - see above

    return lambda message: MessageToDict(message, use_integers_for_enums=True)


def _decoded(body: bytes, signal: str) -> Any:
    from google.protobuf.message import DecodeError  # noqa: PLC0415 - see above

    try:
        return _message(signal).FromString(body)
    except DecodeError as error:
        raise NotProtobuf(str(error)) from error


def _message(signal: str) -> Any:
    if signal == "spans":
        from opentelemetry.proto.collector.trace.v1 import trace_service_pb2  # noqa: PLC0415 - see above

        return trace_service_pb2.ExportTraceServiceRequest
    from opentelemetry.proto.collector.logs.v1 import logs_service_pb2  # noqa: PLC0415 - see above

    return logs_service_pb2.ExportLogsServiceRequest
