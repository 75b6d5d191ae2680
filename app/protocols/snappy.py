"""Snappy's block format, unpacked: Loki's clients send their protobuf in it, and nobody else anything.

See https://github.com/google/snappy/blob/main/format_description.txt: the length, then literals and copies of
what is there already.
"""


class NotSnappy(ValueError):
    """The bytes are no such block; the text says why."""


def decode(body: bytes, *, limit: int) -> bytes:
    """The unpacked block, at most `limit` bytes. Raises `NotSnappy`."""
    size, position = _length(body)
    if size > limit:
        raise NotSnappy(f"it would unpack to {size} bytes, and {limit} are allowed")
    found = bytearray()
    end = len(body)
    while position < end:
        tag = body[position]
        position += 1
        if tag & 3 == 0:
            position = _literal(body, position, tag >> 2, found)
        else:
            position = _copy(body, position, tag, found)
        if len(found) > size:
            raise NotSnappy(f"it is longer than the {size} bytes it says")
    if len(found) < size:
        raise NotSnappy(f"it ends after {len(found)} of {size} bytes")
    return bytes(found)


def _length(body: bytes) -> tuple[int, int]:
    size = 0
    for n, byte in enumerate(body[:5]):
        size |= (byte & 0x7F) << (7 * n)
        if byte < 0x80:
            return size, n + 1
    raise NotSnappy("it does not begin with a length")


def _literal(body: bytes, position: int, length: int, found: bytearray) -> int:
    if length >= 60:
        wide = length - 59
        length = int.from_bytes(body[position : position + wide], "little")
        position += wide
    after = position + length + 1
    if after > len(body):
        raise NotSnappy("it ends within a literal")
    found += body[position:after]
    return after


def _copy(body: bytes, position: int, tag: int, found: bytearray) -> int:
    wide = (1, 2, 4)[(tag & 3) - 1]
    offset = int.from_bytes(body[position : position + wide], "little")
    if tag & 3 == 1:
        length = ((tag >> 2) & 7) + 4
        offset |= (tag >> 5) << 8
    else:
        length = (tag >> 2) + 1
    if not 0 < offset <= len(found):
        raise NotSnappy("a copy reaches before the beginning")
    start = len(found) - offset
    piece = found[start : start + length]
    # A copy may reach into what it makes itself: then it repeats.
    found += (piece * (length // len(piece) + 1))[:length]
    return position + wide
