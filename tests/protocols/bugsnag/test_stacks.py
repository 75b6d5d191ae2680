from typing import Any

import pytest

from app import exception_tree
from tests.protocols.bugsnag.requests import event_of, raised


def test_java_with_threads_and_flags() -> None:
    frame = {"file": "Cart.java", "method": "com.shop.Cart.pay", "lineNumber": 31, "inProject": True}
    event = event_of(
        {
            "exceptions": [raised(errorClass="com.shop.PaymentError", type="android", stacktrace=[frame])],
            "severity": "error",
            "unhandled": True,
            "threads": [
                {
                    "id": 1,
                    "name": "main",
                    "type": "java",
                    "errorReportingThread": True,
                    "stacktrace": [frame],
                },
                {"id": "2", "name": "worker", "state": "WAITING"},
            ],
            "featureFlags": [{"featureFlag": "dark"}, {"featureFlag": "cart", "variant": "B"}],
            "correlation": {"traceId": "t1", "spanId": "s1"},
            "groupingDiscriminator": "tenant-1",
        }
    )

    (one,) = event.exceptions
    assert (one.module, one.type) == ("com.shop", "PaymentError")
    assert (one.frames[0].module, one.frames[0].function) == ("com.shop.Cart", "pay")
    first, second = event.threads
    assert (first.id, first.name, first.crashed, first.current) == ("1", "main", True, True)
    assert first.frames == one.frames
    assert (second.id, second.crashed) == ("2", False)
    assert event.tags == {"dark": "true", "cart": "B"}
    assert event.contexts["trace"] == {"trace_id": "t1", "span_id": "s1"}
    assert event.fingerprint == ("{{ default }}", "tenant-1")
    assert event.extra == {"threads.0.type": "java", "threads.1.state": "WAITING"}
    assert event.problems == ()


def test_members_of_a_group_name_it_by_its_index() -> None:
    names = ["ExceptionGroup", "ValueError", "KeyError"]
    event = event_of({"exceptions": [raised(errorClass=name, type="python") for name in names]})

    assert [(one.type, one.parent) for one in event.exceptions] == [
        ("KeyError", 2),
        ("ValueError", 2),
        ("ExceptionGroup", None),
    ]


def test_the_causes_of_a_group_are_none_of_its_members() -> None:
    """bugsnag-python sends them between the group and its members."""
    group = raised(errorClass="ExceptionGroup", message="both (2 sub-exceptions)", type="python")
    names = ["CauseError", "FirstError", "ValueError", "KeyError"]
    event = event_of({"exceptions": [group, *(raised(errorClass=name, type="python") for name in names)]})

    tree = exception_tree.branches(event.exceptions)
    assert [(event.exceptions[n].type, branch.parent, branch.relation) for n, branch in enumerate(tree)] == [
        ("KeyError", 4, "Member"),
        ("ValueError", 4, "Member"),
        ("FirstError", 3, "Caused by"),
        ("CauseError", 4, "Caused by"),
        ("ExceptionGroup", None, ""),
    ]


def test_numbers_as_text_are_numbers() -> None:
    event = event_of({"exceptions": [raised(stacktrace=[{"file": "a.js", "lineNumber": "12"}])]})

    assert event.exceptions[0].frames[0].line == 12
    assert "exceptions.0.stacktrace.0.lineNumber" in event.problems[0]


def test_bugsnag_node_sends_the_full_path_beside_the_file() -> None:
    call = {"file": "shop.js", "path": "/home/ada/shop/shop.js", "lineNumber": 21, "inProject": True}

    event = event_of({"exceptions": [raised(stacktrace=[call])]})

    (frame,) = event.exceptions[0].frames
    assert (frame.filename, frame.abs_path) == ("shop.js", "/home/ada/shop/shop.js")
    assert "exceptions.0.stacktrace.0.path" not in event.extra


def test_where_some_frames_are_marked_in_project_the_others_are_not() -> None:
    calls = [{"file": "runtime/map_faststr.go", "method": "mapassign"}, {"file": "main.go", "method": "pay"}]
    marked = [calls[0], calls[1] | {"inProject": True}]

    event = event_of({"exceptions": [raised(stacktrace=marked)]}, notifier={"name": "Bugsnag Go"})

    assert [frame.in_app for frame in event.exceptions[0].frames] == [True, False]
    assert event.culprit == "main.go in pay"
    event = event_of({"exceptions": [raised(stacktrace=calls)]}, notifier={"name": "Bugsnag Go"})
    assert [frame.in_app for frame in event.exceptions[0].frames] == [True, True]


@pytest.mark.parametrize(
    ("fields", "handled"),
    [
        ({"unhandled": True}, False),
        ({"unhandled": False, "severityReason": {"type": "unhandledException"}}, True),
        ({"severityReason": {"type": "unhandledExceptionMiddleware"}}, False),
        ({"severityReason": {"type": "handledException"}}, True),
        ({}, None),
    ],
)
def test_whether_an_error_was_handled(fields: dict[str, Any], handled: bool | None) -> None:
    """https://bugsnagerrorreportingapi.docs.apiary.io: `unhandled` and `severityReason`"""
    mechanism = event_of({"exceptions": [raised(), raised()], **fields}).exceptions[-1].mechanism

    assert mechanism is not None
    assert mechanism.get("handled") is handled


def test_a_path_cut_off_by_bugsnag_python_is_whole_again() -> None:
    """As bugsnag-python 4 sends them: the folder of the project or of the libraries is cut off."""
    calls = [
        {"file": "shop/pay.py", "inProject": True},
        {"file": "flask/app.py", "inProject": False},
        {"file": "/usr/lib/python3.12/json.py", "inProject": False},
        {"file": "<string>"},
    ]
    event = event_of(
        {
            "exceptions": [raised(type="python", stacktrace=calls)],
            "projectRoot": "/srv/",
            "libRoot": "/srv/venv/lib",
        }
    )

    assert [frame.abs_path for frame in reversed(event.exceptions[0].frames)] == [
        "/srv/shop/pay.py",
        "/srv/venv/lib/flask/app.py",
        "/usr/lib/python3.12/json.py",
        "<string>",
    ]


@pytest.mark.parametrize(
    ("kind", "name", "module", "expected"),
    [
        ("python", "shop.errors.PaymentError", "shop.errors", "PaymentError"),
        ("csharp", "System.IO.IOException", "System.IO", "IOException"),
        ("nodejs", "shop.PaymentError", None, "shop.PaymentError"),
        ("python", "no card. sorry.", None, "no card. sorry."),
        ("python", "", None, None),
    ],
)
def test_only_some_platforms_name_a_class_with_its_module(
    kind: str, name: str, module: str | None, expected: str | None
) -> None:
    (only,) = event_of({"exceptions": [raised(errorClass=name, type=kind)]}).exceptions

    assert (only.module, only.type) == (module, expected)


@pytest.mark.parametrize(
    ("error_class", "level", "is_message"), [("LogERROR", "ERROR", True), ("KeyError", "ERROR", False)]
)
def test_a_log_record_without_an_exception_is_a_message(
    error_class: str, level: str, is_message: bool
) -> None:
    reason = {"type": "log", "attributes": {"level": level}}

    event = event_of({"exceptions": [raised(errorClass=error_class)], "severityReason": reason})

    assert (event.exceptions == ()) is is_message
    assert event.message == ("m" if is_message else None)


def native(**frame: Any) -> Any:
    (found,) = (
        event_of(
            {
                "app": {"version": "1.2"},
                "exceptions": [raised(errorClass="SIGSEGV", type="c", stacktrace=[frame])],
            }
        )
        .exceptions[0]
        .frames
    )
    return found


@pytest.mark.parametrize(
    ("frame", "address"),
    [
        ({"frameAddress": "0xeedcb0b8", "loadAddress": "0xeedb0000"}, "1.2+0x1b0b8"),
        ({"frameAddress": "0xeedcb0b8", "loadAddress": "0xeedb0000", "codeIdentifier": "a1"}, "a1+0x1b0b8"),
        ({"frameAddress": "0x1010", "machoLoadAddress": "0x1000", "machoUUID": "B-1"}, "B-1+0x10"),
        ({"method": "0xeedcb0b8", "lineNumber": 16}, "1.2+0x10"),
        ({"method": "pay", "lineNumber": 16}, None),
        ({"frameAddress": "odd", "loadAddress": []}, None),
    ],
)
def test_a_call_of_native_code_without_a_name_has_its_place_in_its_build(
    frame: dict[str, Any], address: str | None
) -> None:
    assert native(file="/data/libshop.so", **frame).address == address


def test_addresses_are_kept_as_they_came() -> None:
    sent = {
        "method": "pay",
        "machoFile": "/x/Shop",
        "frameAddress": "0x1010",
        "machoUUID": "B-1",
        "isPC": True,
    }
    event = event_of({"exceptions": [raised(type="cocoa", stacktrace=[{"method": "main"}, sent])]})

    assert event.exceptions[0].frames[0].filename == "/x/Shop"
    kept = {
        name: value for name, value in event.extra.items() if name.startswith("exceptions.0.stacktrace.1.")
    }
    assert kept == {f"exceptions.0.stacktrace.1.{name}": sent[name] for name in sent if name != "method"}
