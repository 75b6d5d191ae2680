import pytest

from tests.protocols.elastic.requests import ERROR, one


def test_the_agent_for_java_sends_the_newest_call_first() -> None:
    frames = [
        {"filename": "Cart.java", "classname": "shop.Cart", "module": "app", "function": "pay", "lineno": 9},
        {"filename": "Main.java", "classname": "shop.Main", "function": "main", "lineno": 3},
    ]
    raised = {"type": "shop.NoCard", "message": "no card", "stacktrace": frames}

    event = one({**ERROR, "exception": raised})

    (only,) = event.exceptions
    assert (event.platform, only.type, only.module) == ("java", "NoCard", "shop")
    assert [(frame.module, frame.function) for frame in only.frames] == [
        ("shop.Main", "main"),
        ("shop.Cart", "pay"),
    ]
    assert event.culprit == "shop.Cart in pay"
    assert event.extra == {"exception.stacktrace.0.module": "app"}


def test_several_causes_are_a_tree() -> None:
    causes = [{"type": "A", "cause": [{"type": "C"}]}, {"type": "B", "code": 5}]

    event = one({**ERROR, "exception": {"type": "Outer", "cause": causes, "attributes": {"n": 1}}})

    assert [(raised.type, raised.parent) for raised in event.exceptions] == [
        ("B", 3),
        ("C", 2),
        ("A", 3),
        ("Outer", None),
    ]
    assert event.extra == {"exception.cause.1.code": 5, "exception.attributes": {"n": 1}}


def test_source_without_a_line_number_is_in_extra() -> None:
    frame = {"function": "f", "pre_context": ["a"], "context_line": "b"}

    event = one({**ERROR, "exception": {"type": "E", "stacktrace": [frame]}})

    assert event.extra == {"exception.stacktrace.0.source": ["a", "b"]}


def test_the_agent_for_python_sends_the_newest_call_last_but_of_log_records() -> None:
    """docs/protocols.md, section 4"""
    metadata = {"service": {"name": "shop", "agent": {"name": "python"}}}
    calls = [{"function": "checkout"}, {"function": "pay"}]
    raised = {"type": "KeyError", "message": "KeyError: 'card'", "stacktrace": calls}

    event = one({"exception": raised, "log": {"message": "no card", "stacktrace": calls}}, metadata=metadata)

    (only,) = event.exceptions
    assert (only.type, only.value) == ("KeyError", "'card'")
    assert [frame.function for frame in only.frames] == ["checkout", "pay"]
    logged = one({"log": {"message": "no card", "stacktrace": calls}}, metadata=metadata)
    assert [frame.function for frame in logged.threads[0].frames] == ["pay", "checkout"]


@pytest.mark.parametrize(
    ("frame", "in_app"),
    [
        ({"classname": "shop.Cart", "function": "pay"}, True),
        ({"classname": "java.lang.Thread", "function": "run"}, False),
        ({"classname": "java.lang.Thread", "function": "run", "library_frame": False}, True),
        ({"classname": "shop.Cart", "function": "pay", "library_frame": True}, False),
    ],
)
def test_library_frame_goes_before_the_name_of_the_class(frame: dict[str, object], in_app: bool) -> None:
    event = one({"exception": {"type": "E", "stacktrace": [frame]}})

    assert event.exceptions[0].frames[0].in_app is in_app


def test_an_empty_exception_is_none() -> None:
    event = one({"exception": {"handled": False}, "log": {"message": "no card"}})

    assert (event.exceptions, event.title) == ((), "no card")
