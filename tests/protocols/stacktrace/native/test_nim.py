from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample


def test_the_oldest_call_comes_first() -> None:
    parsed = sample("nim/uncaught")

    assert (parsed.platform, parsed.before, parsed.unread) == ("nim", "", 0)
    assert said(parsed) == [("Declined", "total is negative: -5")]
    assert calls(parsed.exceptions[0]) == [
        "shop /srv/shop/shop.nim:7",
        "checkout /srv/shop/shop.nim:6",
        "charge /srv/shop/shop.nim:3",
    ]
    assert calls(only("nim/index"))[-1] == "[sysFatal /usr/lib/nim/lib/system/fatal.nim:54]"


def test_the_type_may_stand_some_lines_below() -> None:
    parsed = parse(
        "Traceback (most recent call last)\nshop.nim(7) shop\n"
        "Error: unhandled exception: no money\nask the bank [ValueError]\nodd\n"
    )
    assert said(parsed) == [("ValueError", "no money\nask the bank")]
    assert (parsed.before, parsed.unread) == ("", 1)


def test_an_exception_without_calls() -> None:
    assert said(parse("Error: unhandled exception: no money [ValueError]")) == [("ValueError", "no money")]


def test_prose_is_no_trace() -> None:
    assert parse("look into shop.nim(7), please", "nim").exceptions == ()
