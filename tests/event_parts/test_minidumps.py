"""Minidumps: what they say, however they are cut."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from app.event_parts import minidumps

THREADS, MODULES, EXCEPTION, SYSTEM = 3, 4, 6, 7


def text(words: str) -> bytes:
    encoded = words.encode("utf-16-le")
    return struct.pack("<I", len(encoded)) + encoded


def minidump(platform: int = 2, code: int = 0xC0000005) -> bytes:
    """A crash in the second of two modules, as Crashpad lays it out."""
    streams: dict[int, bytes] = {
        SYSTEM: struct.pack("<HHHBBIIIII", 9, 6, 0, 8, 1, 10, 0, 19045, platform, 0) + bytes(24),
        EXCEPTION: struct.pack("<IIIIQQ", 77, 0, code, 0, 0, 0x50010) + bytes(128),
        THREADS: struct.pack("<I", 2)
        + b"".join(struct.pack("<I", number) + bytes(44) for number in (76, 77)),
    }
    names = [text("C:\\app\\shop.exe"), text("libpay.so")]
    at = 32 + 12 * 4
    parts, directory = b"", b""
    for kind, content in streams.items():
        directory += struct.pack("<III", kind, len(content), at + len(parts))
        parts += content
    places = []
    for name in names:
        places.append(at + len(parts))
        parts += name
    modules = struct.pack("<I", 2) + b"".join(
        struct.pack("<QIIII", base, 0x1000, 0, 0, place) + bytes(84)
        for base, place in zip((0x10000, 0x50000), places, strict=True)
    )
    directory += struct.pack("<III", MODULES, len(modules), at + len(parts))
    return struct.pack("<4sIIIIIQ", b"MDMP", 0xA793, 4, 32, 0, 0, 0) + directory + parts + modules


def test_a_crash_says_why_and_where() -> None:
    said = minidumps.summary(minidump())
    assert said == {
        "crash reason": "EXCEPTION_ACCESS_VIOLATION (0xc0000005)",
        "crash address": "0x50010",
        "crash module": "libpay.so",
        "crashed thread": 77,
        "system": "Windows 10.0.19045",
        "processor": "x86-64, 8 cores",
        "threads": [76, 77],
        "modules": {"0x10000": "C:\\app\\shop.exe (4,096 bytes)", "0x50000": "libpay.so (4,096 bytes)"},
    }


def test_a_signal_of_linux_has_its_name() -> None:
    said = minidumps.summary(minidump(0x8201, 11))
    assert (said["crash reason"], said["system"]) == ("SIGSEGV (0xb)", "Linux")


def test_what_is_no_minidump_says_nothing() -> None:
    assert minidumps.summary(b"PNG") == minidumps.summary(b"") == {}


@given(st.integers(0, len(minidump())), st.binary(max_size=40), st.integers(0, len(minidump())))
def test_one_that_is_cut_or_overwritten_is_no_fault(length: int, noise: bytes, at: int) -> None:
    content = minidump()[:length]
    minidumps.summary(content[:at] + noise + content[at + len(noise) :])


def test_one_that_claims_to_be_endless_is_bounded() -> None:
    head = struct.pack("<4sIIIIIQ", b"MDMP", 0, 0xFFFFFFFF, 32, 0, 0, 0)
    content = head + struct.pack("<III", THREADS, 4, 44) + struct.pack("<I", 0xFFFFFFFF) + bytes(100_000)
    assert len(minidumps.summary(content)["threads"]) == 500
