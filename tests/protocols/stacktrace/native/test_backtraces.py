import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample


def test_glibc() -> None:
    parsed = sample("native/glibc")
    assert (parsed.platform, parsed.unread) == ("native", 0)
    assert calls(parsed.exceptions[0])[-4:] == ["shop|main ", "shop|checkout ", "shop|charge ", "shop|trace "]


def test_boost() -> None:
    assert calls(only("native/boost"))[-2:] == [
        "checkout(std::vector<int, std::allocator<int> > const&) /srv/shop/till.cpp:11",
        "charge(int) /srv/shop/till.cpp:10",
    ]


def test_glog_and_android() -> None:
    assert said(sample("native/glog")) == [("Check failed", "total >= 0 total is negative")]
    assert "shop::charge() " in calls(only("native/glog"))
    assert only("native/android").type == "SIGSEGV"
    assert calls(only("native/android"))[0] == "[libc.so|abort ]"


def test_an_assertion_has_a_place_or_a_debuggers_stack() -> None:
    assert said(sample("native/assert")) == [("Assertion failed", "total>5")]
    assert calls(only("native/assert")) == ["charge shop.c:10"]
    debugged = calls(only("native/gdb_assert"))
    assert debugged[:3] == ["main shop.c:13", "checkout shop.c:11", "charge shop.c:10"]
    assert debugged[-1].startswith("[__pthread_kill_implementation ")
    mac = parse("Assertion failed: (total > 5), function charge, file till.c, line 10.")
    assert calls(mac.exceptions[0]) == ["charge till.c:10"]


def test_what_nobody_caught() -> None:
    assert said(sample("native/terminate")) == [("std::runtime_error", "total is negative")]
    assert calls(only("native/gdb_cpp"))[:2] == ["main t.cpp:4", "charge t.cpp:3"]
    mac = parse("libc++abi: terminating due to uncaught exception of type std::out_of_range: vector")
    assert said(mac) == [("std::out_of_range", "vector")]


@pytest.mark.parametrize(
    "text",
    ["0# first\n1# second\n", "call me @ 10\nor @ 0x11", "the contract was terminated", "Assertion: it is"],
)
def test_prose_is_no_backtrace(text: str) -> None:
    assert parse(text).exceptions == ()
