"""Minidumps at a glance."""

from hypothesis import given
from hypothesis import strategies as st

from app.event_parts import minidumps
from tests.protocols.minidumps import dumps
from tests.protocols.minidumps.dumps import Made

MADE = Made(names={77: "render"}).content()


def test_a_crash_says_why_and_where() -> None:
    said = minidumps.summary(MADE)
    assert said == {
        "crash reason": "EXCEPTION_ACCESS_VIOLATION (0xc0000005)",
        "what happened": "memory that is not its own",
        "crash address": "0x50010",
        "crashed thread": "77 render",
        "crashed in": "libpay.so + 0x10",
        "system": "Windows 10.0.19045",
        "processor": "x86-64, 8 cores",
        "threads": {"76": "libpay.so + 0x10", "77 render": "libpay.so + 0x10"},
        "modules": {"0x10000": "C:\\app\\shop.exe (4,096 bytes)", "0x50000": "libpay.so (4,096 bytes)"},
    }


def test_a_real_one_says_what_the_app_said_of_itself() -> None:
    said = minidumps.summary(dumps.real("crashpad-segv"))
    assert said["annotations"] == {"area": "gpu", "prod": "shop", "ver": "2.1.0"}
    assert said["crashed in"] == "/opt/shop/shop + 0x1381"


def test_what_is_no_minidump_says_nothing() -> None:
    assert minidumps.summary(b"PNG") == minidumps.summary(b"") == {}


def test_one_that_is_empty_says_so() -> None:
    (sentence,) = minidumps.summary(b"MDMP".ljust(80, b"\0"))["not read"]
    assert "empty" in sentence


@given(st.integers(4, len(MADE)), st.binary(max_size=40), st.integers(4, len(MADE)))
def test_one_that_is_cut_or_overwritten_is_no_fault(length: int, noise: bytes, at: int) -> None:
    content = MADE[:length]
    assert minidumps.summary(content[:at] + noise + content[at + len(noise) :])
