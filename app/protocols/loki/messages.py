"""Loki's push in protobuf: the messages of pkg/push/push.proto in https://github.com/grafana/loki.

They are described here rather than generated, since nobody publishes them for Python. Texts are bytes, as
protobuf would refuse a whole push for one text that is not UTF-8. protobuf is slow to load, so this module
loads late (`app.protocols.loki`).
"""

from collections.abc import Sequence
from typing import Any, Protocol

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError

_BYTES = descriptor_pb2.FieldDescriptorProto.TYPE_BYTES
_INT64 = descriptor_pb2.FieldDescriptorProto.TYPE_INT64
# message: (field, number, type, whether it is repeated); a type that is text is a message
_MESSAGES: dict[str, tuple[tuple[str, int, int | str, bool], ...]] = {
    "Push": (("streams", 1, "Stream", True),),
    "Stream": (("labels", 1, _BYTES, False), ("entries", 2, "LokiEntry", True)),
    "LokiEntry": (("at", 1, "Moment", False), ("line", 2, _BYTES, False), ("metadata", 3, "Label", True)),
    "Moment": (("seconds", 1, _INT64, False), ("nanos", 2, _INT64, False)),
    "Label": (("name", 1, _BYTES, False), ("value", 2, _BYTES, False)),
}


class Label(Protocol):
    """A name with its value."""

    name: bytes
    value: bytes


class Moment(Protocol):
    """Seconds since 1970, and nanoseconds behind them."""

    seconds: int
    nanos: int


class LokiEntry(Protocol):
    """A line."""

    at: Moment
    line: bytes
    metadata: Sequence[Label]


class Stream(Protocol):
    """Lines with the same labels, which are one text: ``{app="shop"}``."""

    labels: bytes
    entries: Sequence[LokiEntry]


class Push(Protocol):
    """What a client sends."""

    streams: Sequence[Stream]


def push(message: bytes) -> Push:
    """The push in `message`. Raises `DecodeError`."""
    found: Push = _Push.FromString(message)
    return found


def _described() -> Any:
    file = descriptor_pb2.FileDescriptorProto(name="arecibo/loki.proto", package="arecibo", syntax="proto3")
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, number, kind, is_repeated in fields:
            described = message.field.add(name=field, number=number)
            described.label = described.LABEL_REPEATED if is_repeated else described.LABEL_OPTIONAL
            if isinstance(kind, str):
                described.type, described.type_name = described.TYPE_MESSAGE, f".arecibo.{kind}"
            else:
                described.type = descriptor_pb2.FieldDescriptorProto.Type.ValueType(kind)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("arecibo.Push"))


_Push = _described()
__all__ = ["DecodeError", "push"]
