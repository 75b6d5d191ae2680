from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample


def test_a_panic() -> None:
    parsed = sample("zig/panic")

    assert (parsed.platform, parsed.before, parsed.unread) == ("zig", "", 0)
    assert said(parsed) == [("panic", "index out of bounds: index 5, len 3")]
    assert calls(parsed.exceptions[0])[-3:] == [
        "[posixCallMainAndExit /usr/lib/zig/std/start.zig:614:37]",
        "main /srv/shop/src/main.zig:9:15",
        "charge /srv/shop/src/main.zig:5:18",
    ]


def test_an_error_that_was_returned() -> None:
    assert said(sample("zig/error")) == [("FileNotFound", None)]
    assert calls(only("zig/error"))[-1] == "[openatZ /usr/lib/zig/std/posix.zig:1768:23]"


def test_prose_is_no_trace() -> None:
    assert parse("at 10:30:00: 0xff in all", "zig").exceptions == ()
