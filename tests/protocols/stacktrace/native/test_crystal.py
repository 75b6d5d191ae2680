from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, said, sample


def test_an_exception_and_its_cause() -> None:
    parsed = sample("crystal/uncaught")

    assert (parsed.platform, parsed.before, parsed.unread) == ("crystal", "", 0)
    assert said(parsed) == [
        ("Declined", "total is negative: -5"),
        ("ArgumentError", "could not check out"),
    ]
    assert calls(parsed.exceptions[0])[-1] == "charge shop.cr:4:3"
    assert [call for call in calls(parsed.exceptions[1]) if not call.startswith("[")] == [
        "__crystal_main shop.cr:12:1",
        "checkout shop.cr:10:3",
    ]


def test_a_message_of_several_lines() -> None:
    parsed = parse("Unhandled exception: no money\nask the bank (Declined)\n  from shop.cr:4:3 in 'pay'\n")
    assert said(parsed) == [("Declined", "no money\nask the bank")]


def test_in_a_log() -> None:
    parsed = parse("[error] no money (Declined)\n  from shop.cr:4:3 in 'pay'\n")
    assert (parsed.before, said(parsed)) == ("[error]", [("Declined", "no money")])


def test_prose_is_no_trace() -> None:
    assert parse("Unhandled exception: none today\n  from home", "crystal").exceptions == ()
