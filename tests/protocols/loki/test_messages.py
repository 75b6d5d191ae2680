import cramjam
import pytest

from app.protocols.loki import messages
from tests.protocols.loki.pushes import WINSTON

MESSAGE = bytes(cramjam.snappy.decompress_raw(WINSTON))


def test_the_message_of_winston_loki() -> None:
    (stream,) = messages.push(MESSAGE).streams

    assert stream.labels == b'{level="error",app="shop"}'
    (entry,) = stream.entries
    assert entry.line == b'the cart is empty {"customer":"ada","level":"error"}'
    assert (entry.at.seconds, entry.at.nanos) == (1795515371, 785000000)
    assert list(entry.metadata) == []


def test_text_that_is_not_utf8_does_not_refuse_the_push() -> None:
    (stream,) = messages.push(MESSAGE.replace(b"cart", b"\xff\xfe\xff\xfe")).streams

    assert stream.entries[0].line.startswith(b"the \xff\xfe\xff\xfe is empty")


def test_metadata_of_a_line() -> None:
    """Field 3 of EntryAdapter in pkg/push/push.proto: name is its field 1, value its field 2."""
    label = b"\x0a\x05trace\x12\x01t"
    entry = b"\x12\x01a" + b"\x1a" + bytes([len(label)]) + label
    stream = b"\x12" + bytes([len(entry)]) + entry

    (found,) = messages.push(b"\x0a" + bytes([len(stream)]) + stream).streams

    (only,) = found.entries
    assert [(one.name, one.value) for one in only.metadata] == [(b"trace", b"t")]


@pytest.mark.parametrize("message", [MESSAGE[:-5], b"\x0a\xff", b"\xff\xff\xff"])
def test_other_bytes_are_an_error(message: bytes) -> None:
    with pytest.raises(messages.DecodeError):
        messages.push(message)


def test_an_empty_message_is_a_push_of_nothing() -> None:
    assert list(messages.push(b"").streams) == []
