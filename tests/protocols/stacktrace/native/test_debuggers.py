import pytest

from app.protocols.stacktrace import parse
from app.protocols.stacktrace.native.debuggers import numbered
from tests.protocols.stacktrace.reading import calls, only, said, sample

CHARGED = ["main shop.c:13", "checkout shop.c:11", "charge shop.c:10"]


def test_gdb() -> None:
    parsed = sample("native/gdb")
    assert parsed.platform == "native"
    assert said(parsed) == [("SIGSEGV", "Segmentation fault")]
    assert calls(parsed.exceptions[0]) == CHARGED


def test_lldb_shows_where_it_stopped_and_then_the_stack() -> None:
    parsed = sample("native/lldb")
    assert said(parsed) == [("EXC_BAD_ACCESS", "code=1, address=0x0")]
    assert calls(parsed.exceptions[0]) == [
        "[dyld|start ]",
        "shop|main ",
        "shop|checkout till.c:11:28",
        "shop|charge till.c:10:12",
    ]


def test_coredumpctl() -> None:
    assert said(sample("native/coredump")) == [("SEGV", None)]
    assert calls(only("native/coredump")) == [
        "[libc.so.6|__libc_start_call_main ]",
        "shop|main ",
        "shop|charge ",
    ]


def test_arguments_may_hold_anything() -> None:
    call = numbered(['#3  0x1 in pay (why="a (b) at c:1) from d", n=4) at ./src/till.c:94'], 0)
    assert call is not None
    assert (call.frame.function, call.frame.filename, call.frame.line) == ("pay", "./src/till.c", 94)


def test_a_call_without_a_name() -> None:
    call = numbered(["#4  0x00007ffff7c9d919 in ?? () from /lib/x86_64-linux-gnu/libstdc++.so.6"], 0)
    assert call is not None
    assert (call.frame.function, call.frame.module, call.frame.in_app) == (None, "libstdc++.so.6", False)


def test_without_a_debugger() -> None:
    parsed = parse(
        " #0 0x00007f0b1c2d3e4f sys::PrintStackTrace(std::ostream&, int) (/usr/lib/libshop.so.1+0xd0)\n"
        " #1 0x000055d0c0a01234 charge(int) /srv/shop/till.cpp:10:5\n"
        " #2 0x000055d0c0a01300 main (/srv/shop/shop+0x1300)\n"
    )
    assert calls(parsed.exceptions[0]) == [
        "shop|main ",
        "charge(int) /srv/shop/till.cpp:10:5",
        "[libshop.so.1|sys::PrintStackTrace(std::ostream&, int) ]",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "#1  Fix the login (urgent)\n#2  Paint the shed (later)",
        "#0 buy milk (two)\n#1 go home (soon)",
        "see #1 (open) at home:3",
    ],
)
def test_lists_are_no_stacks(text: str) -> None:
    assert parse(text, "native").exceptions == ()
