from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, said, sample


def test_each_place_is_in_the_function_that_the_next_line_calls() -> None:
    parsed = sample("haskell/error")

    assert (parsed.platform, parsed.before, parsed.unread) == ("haskell", "", 0)
    assert said(parsed) == [("ErrorCall", "total is negative: -5\nask the bank")]
    assert calls(parsed.exceptions[0]) == [
        "Main|None shop.hs:8:15",
        "Main|checkout shop.hs:6:29",
        "Main|charge shop.hs:4:40",
    ]


def test_a_library() -> None:
    parsed = parse(
        "shop: Prelude.head: empty list\nCallStack (from HasCallStack):\n"
        "  error, called at libraries/base/GHC/List.hs:1646:3 in base:GHC.List\n"
        "  head, called at app/Main.hs:9:3 in shop-0.1:Main\n"
    )
    assert [frame.in_app for frame in parsed.exceptions[0].frames] == [True, False]


def test_prose_is_no_trace() -> None:
    assert (
        parse("CallStack (from HasCallStack):\nis a heading; he was, called at 7:30", "haskell").exceptions
        == ()
    )
