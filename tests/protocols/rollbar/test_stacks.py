import pytest

from tests.protocols.rollbar.items import event_of, trace


def test_a_root_without_any_frame_is_ignored() -> None:
    frames = [{"filename": "/app/cart.py", "lineno": 1, "method": "pay"}]
    wrong = event_of({"server": {"root": "/srv/other"}, "body": trace(*frames)})
    right = event_of({"server": {"root": "/app"}, "body": trace({"filename": "/lib/x.py"}, *frames)})

    assert wrong.exceptions[0].frames[0].in_app
    assert [frame.in_app for frame in right.exceptions[0].frames] == [False, True]


def test_a_stack_in_text_is_read_where_there_are_no_frames() -> None:
    stack = "TypeError: x\n    at pay (http://localhost/app.js:7:12)\n    at http://localhost/app.js:9:1"
    event = event_of({"language": "javascript", "body": trace(stack=stack, raw="TypeError: x")})

    assert event.extra == {
        "trace_chain.0.exception.stack": stack,
        "trace_chain.0.exception.raw": "TypeError: x",
    }
    crashes = [frame.function for frame in event.exceptions[0].frames]
    assert crashes == [] or crashes[-1] == "pay"


def test_a_crash_report_is_read_as_text() -> None:
    text = 'Traceback (most recent call last):\n  File "/srv/a.py", line 3, in pay\n    x()\nKeyError: 1'
    parsed = event_of({"body": {"crash_report": {"raw": text}}})
    unknown = event_of({"body": {"crash_report": {"raw": "Incident 5\nException: SIGSEGV"}}})

    assert (parsed.title, parsed.exceptions[0].frames[0].line) == ("KeyError: 1", 3)
    assert parsed.extra == {"crash_report": text}
    assert (unknown.title, unknown.exceptions) == ("Incident 5", ())


def test_other_fields_of_an_exception_are_in_extra() -> None:
    chain = [
        {"exception": {"class": "E"}, "extra": {"cart": 2, "own": 1}},
        {"exception": {"class": "F", "description": "why"}, "extra": {"cart": 3}},
    ]
    event = event_of({"custom": {"cart": 2}, "body": {"trace_chain": chain}})

    assert [one.type for one in event.exceptions] == ["F", "E"]
    assert event.extra == {
        "cart": 2,
        "own": 1,
        "trace_chain.1.extra": {"cart": 3},
        "trace_chain.1.exception.description": "why",
    }


def test_a_chain_sends_the_raised_exception_and_the_oldest_call_first() -> None:
    """docs/protocols.md, section 4"""
    frames = [{"filename": "main.py", "method": "main"}, {"filename": "pay.py", "method": "pay"}]
    chain = [
        {"exception": {"class": "PaymentError", "message": "no card"}, "frames": frames},
        {"exception": {"class": "KeyError", "message": "'card'"}, "frames": frames[1:]},
    ]
    cause, raised = event_of({"body": {"trace_chain": chain}, "custom": {}}).exceptions

    assert (cause.type, raised.type) == ("KeyError", "PaymentError")
    assert [frame.function for frame in raised.frames] == ["main", "pay"]
    assert (cause.mechanism, raised.mechanism) == (None, {"type": "rollbar"})


@pytest.mark.parametrize("unknown", ["", "<unknown>", "(unknown)"])
def test_a_word_for_unknown_is_none(unknown: str) -> None:
    frame = {"filename": unknown, "method": unknown, "lineno": 0}
    (only,) = event_of({"body": trace(frame, **{"class": unknown})}).exceptions

    assert only.type is None
    (call,) = only.frames
    assert (call.filename, call.function, call.line) == (None, None, None)


def test_arguments_that_the_locals_have_already_are_not_repeated() -> None:
    frame = {"filename": "pay.py", "lineno": 3, "argspec": ["card"], "locals": {"card": "4111"}}
    event = event_of({"body": trace(frame, {**frame, "argspec": ["other"]})})

    assert event.exceptions[0].frames[0].vars == {"card": "4111"}
    assert event.extra == {"trace_chain.0.frames.1.argspec": ["other"]}
