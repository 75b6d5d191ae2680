from typing import Any

from tests.protocols.sentry.requests import event_of


def test_without_in_app_the_path_decides() -> None:
    frames = [{"abs_path": "/v/site-packages/x.py", "filename": "x.py"}, {"filename": "shop.py"}]
    event = event_of({"exception": [{"type": "E", "stacktrace": {"frames": frames}}]})

    assert [frame.in_app for frame in event.exceptions[0].frames] == [False, True]


def test_the_in_app_of_the_client_counts() -> None:
    frames = [{"filename": "node:x", "in_app": True}, {"filename": "a.py", "in_app": False}]
    event = event_of({"exception": {"values": [{"type": "E", "stacktrace": {"frames": frames}}]}})

    assert [frame.in_app for frame in event.exceptions[0].frames] == [True, False]


def test_members_of_a_group_name_it_by_its_index() -> None:
    """https://develop.sentry.dev/sdk/data-model/event-payloads/exception/#exception-groups"""
    values = [
        {"type": "KeyError", "mechanism": {"type": "chained", "exception_id": 2, "parent_id": 0}},
        {"type": "ValueError", "mechanism": {"type": "chained", "exception_id": 1, "parent_id": 0}},
        {"type": "ExceptionGroup", "mechanism": {"type": "generic", "exception_id": 0, "parent_id": 0}},
    ]
    event = event_of({"exception": {"values": values}})

    assert [(raised.type, raised.parent) for raised in event.exceptions] == [
        ("KeyError", 2),
        ("ValueError", 2),
        ("ExceptionGroup", None),
    ]


def test_an_exception_without_a_type_is_the_place_of_a_message() -> None:
    frames = {"frames": [{"function": "checkout"}, {"function": "pay"}]}
    synthetic = {"value": "no card", "stacktrace": frames, "mechanism": {"synthetic": True}}

    event = event_of({"message": "the cart is empty", "exception": [synthetic]})

    assert (event.title, event.message, event.exceptions) == ("the cart is empty", "the cart is empty", ())
    (thread,) = event.threads
    assert thread.current
    assert [frame.function for frame in thread.frames] == ["checkout", "pay"]
    assert event.extra == {"mechanism": {"synthetic": True}, "value": "no card"}


def test_a_value_without_a_type_is_taken_apart() -> None:
    mechanism = {"type": "generic", "handled": False}
    frames = {"frames": [{"function": "charge"}]}
    sent = {"value": "PaymentError: no card", "mechanism": mechanism, "stacktrace": frames}
    event = event_of({"exception": [sent]})

    (raised,) = event.exceptions
    assert (raised.type, raised.value, raised.mechanism) == ("PaymentError", "no card", mechanism)


def test_an_exception_with_a_module_stays_one_though_it_has_no_type() -> None:
    event = event_of({"exception": [{"value": "no card", "module": "shop.pay"}]})

    assert [(raised.module, raised.value) for raised in event.exceptions] == [("shop.pay", "no card")]
    assert event.title == "no card"


def test_the_place_of_a_message_is_not_taken_apart() -> None:
    synthetic = {"value": "shop: no card", "module": "shop", "mechanism": {"synthetic": True}}
    event = event_of({"exception": [synthetic]})

    assert (event.exceptions, event.message) == ((), "shop: no card")
    assert event.extra["module"] == "shop"


def test_a_cause_of_a_member_hangs_below_it() -> None:
    """sentry-python says 0 for any cause's parent; others say which it is."""

    def value(kind: str, own: int, parent: int, source: str) -> dict[str, Any]:
        mechanism = {"type": "chained", "exception_id": own, "parent_id": parent, "source": source}
        return {"type": kind, "mechanism": mechanism}

    for parent in (0, 1):
        values = [
            value("Second", 3, 0, "exceptions[1]"),
            value("Cause", 2, parent, "__cause__"),
            value("First", 1, 0, "exceptions[0]"),
            {"type": "Group", "mechanism": {"type": "generic", "exception_id": 0}},
        ]
        event = event_of({"exception": {"values": values}})
        assert [raised.parent for raised in event.exceptions] == [3, 2, 3, None]


def test_threads() -> None:
    threads = [
        {
            "id": 7,
            "name": "main",
            "crashed": True,
            "current": True,
            "stacktrace": {"frames": [{"function": "f"}]},
        },
        {"id": "worker-1"},
    ]
    event = event_of({"threads": {"values": threads}, "stacktrace": {"frames": [{"function": "g"}]}})

    assert [(thread.id, thread.name, thread.crashed, thread.current) for thread in event.threads] == [
        ("7", "main", True, True),
        ("worker-1", None, False, False),
        (None, None, False, True),
    ]
    assert [frame.function for thread in event.threads for frame in thread.frames] == ["f", "g"]


def test_lines_of_source_are_numbered_around_that_of_the_call() -> None:
    source = {"pre_context": ["a", "b"], "context_line": "c", "post_context": ["d"]}
    frames = {"frames": [{"lineno": 20, **source}, source]}

    event = event_of({"exception": [{"type": "E", "stacktrace": frames}]})

    numbered, without_number = event.exceptions[0].frames
    assert numbered.context == ((18, "a"), (19, "b"), (20, "c"), (21, "d"))
    assert without_number.context == ()
    assert event.extra == {"source": ["a", "b", "c", "d"]}
