from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample


def test_the_calls_below_an_error() -> None:
    parsed = sample("gdscript/backtrace")

    assert (parsed.platform, parsed.unread) == ("gdscript", 0)
    assert said(parsed) == [
        ("SCRIPT ERROR", "Invalid access to property or key 'total' on a base object of type 'Nil'.")
    ]
    assert calls(parsed.exceptions[0]) == ["_ready res://shop.gd:9", "charge res://till.gd:5"]


def test_before_45_a_place_alone() -> None:
    assert said(sample("gdscript/plain")) == [("USER ERROR", "no money")]
    assert calls(only("gdscript/plain")) == ["charge res://till.gd:5"]


def test_prose_is_no_trace() -> None:
    assert parse("ERROR: look at it (res://till.gd:5)", "gdscript").exceptions == ()
