"""What an app says of itself in a minidump, as Crashpad writes it."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from app.protocols.minidumps import annotations
from app.protocols.minidumps.file_parts import FileParts


def narrow(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode()


def test_annotations_of_the_process_and_its_modules_are_read() -> None:
    content = bytearray(b"\0" * 64)
    places = {}
    for words in ("area", "gpu", "ptype", "renderer", "assertion failed"):
        places[words] = len(content)
        content += narrow(words)
    pairs = len(content)
    content += struct.pack("<III", 1, places["area"], places["gpu"])
    messages = len(content)
    content += struct.pack("<II", 1, places["assertion failed"])
    objects = len(content)
    content += struct.pack("<IIHHI", 1, places["ptype"], 1, 0, places["renderer"])
    module = len(content)
    content += struct.pack("<IIIIIII", 1, 8, messages, 0, 0, 16, objects)
    modules = len(content)
    content += struct.pack("<IIII", 1, 0, 28, module)
    info = len(content)
    content += struct.pack("<I16s16sIIII", 1, b"", b"", 12, pairs, 16, modules)

    assert annotations.of_crashpad(FileParts(bytes(content)), (info, 52)) == {
        "area": "gpu",
        "message": "assertion failed",
        "ptype": "renderer",
    }


def test_a_dump_without_them_has_none() -> None:
    assert annotations.of_crashpad(FileParts(b""), None) == {}
    assert annotations.thread_names(FileParts(b""), None) == {}


@given(st.binary(max_size=400), st.integers(0, 400))
def test_nothing_raises(content: bytes, at: int) -> None:
    annotations.of_crashpad(FileParts(content), (at, 52))
    annotations.thread_names(FileParts(content), (at, 52))
