"""Entries that only some clients send. What no good client sends: `tests.protocols.test_bad_notices`."""

from functools import partial
from typing import Any

import pytest

from app.model import Level
from app.protocols import table
from tests.protocols import captures, notices
from tests.protocols.raised import calls, handled

REPORT = notices.report("raygun.entry")
entry = notices.raygun
event_of = partial(notices.event_of, "raygun.entry")
events_of = partial(notices.events_of, "raygun.entry")


@pytest.mark.parametrize(
    ("path", "headers", "query", "project"),
    [
        ("/entries", {"x-apikey": "checkout_api"}, b"", "checkout_api"),
        ("/entries", {}, b"apikey=checkout_api", "checkout_api"),
        ("/entries/bulk", {"x-apikey": "checkout_api"}, b"", "checkout_api"),
        ("/checkout_api/entries/", {}, b"", "checkout_api"),
        ("/checkout_api/entries/bulk", {}, b"", "checkout_api"),
        ("/entries", {}, b"", ""),
    ],
)
def test_the_key_names_the_project(path: str, headers: dict[str, str], query: bytes, project: str) -> None:
    protocol, request = captures.arrival(path, b"{}", headers, query)
    assert protocol.name == "raygun.entry"
    assert protocol.accept(request).project == project
    assert protocol.answer(table.Accepted(project, notices.ID)).status == 202


def test_many_entries_in_one_request() -> None:
    first = events_of([entry(), entry({"className": "E"}), 7])
    assert first == events_of([entry(), entry({"className": "E"}), 7])
    assert [event.title for event in first] == ["KeyError: 'card'", "E: 'card'", "<unlabelled event>"]
    assert first[0].event_id == notices.ID
    assert len({event.event_id for event in first}) == 3
    assert first[0].problems == ()
    assert first[2].extra == {"payload": 7}


def test_an_empty_list_brings_nothing() -> None:
    assert events_of([]) == ()


def test_names_in_the_case_of_net() -> None:
    frames = [
        {
            "LineNumber": 12,
            "ClassName": "Shop.Pay",
            "FileName": "Pay.cs",
            "MethodName": "Charge(Order order)",
        },
        {"LineNumber": 3, "ClassName": "Shop.Program", "FileName": "Program.cs", "MethodName": "Main()"},
    ]
    inner = {"ClassName": "System.NullReferenceException", "Message": "null", "StackTrace": frames[:1]}
    error = {"ClassName": "Shop.PayException", "Message": "no", "StackTrace": frames, "InnerError": inner}
    request = {"HostName": "shop", "Url": "/pay", "HttpMethod": "GET", "IPAddress": "::1", "Data": {"A": "b"}}
    details = {
        "MachineName": "vm",
        "Version": "1.2",
        "Client": {"Name": "Raygun4Net", "Version": "11"},
        "Error": error | {"Data": {"Key": "Value"}},
        "Request": request | {"QueryString": {"Q": "1"}, "Headers": {"X-A": "1"}, "Cookies": [{"name": "c"}]},
        "Response": {"StatusCode": 500},
        "User": {"Identifier": "7", "UUID": "u"},
        "Tags": ["vip"],
        "UserCustomData": {"ClassName": "mine"},
        "GroupingKey": "k",
    }
    event = event_of({"OccurredOn": "2026-11-23T12:00:00Z", "Details": details})
    cause, outer = event.exceptions
    assert (cause.type, outer.type) == ("System.NullReferenceException", "Shop.PayException")
    assert calls(outer.frames) == ["Main():3", "Charge(Order order):12"]
    assert outer.frames[-1].module == "Shop.Pay"
    assert (event.platform, event.server_name, event.release) == ("csharp", "vm", "1.2")
    assert str(event.timestamp) == "2026-11-23 12:00:00+00:00"
    assert event.request is not None
    assert (event.request.url, event.request.method, event.request.query) == ("http://shop/pay", "GET", "Q=1")
    assert (event.request.headers, event.request.env) == ({"X-A": "1"}, {"A": "b"})
    assert event.request.cookies == [{"name": "c"}]
    assert event.user == {"id": "7", "UUID": "u", "ip_address": "::1"}
    assert event.contexts == {"response": {"StatusCode": 500}}
    assert event.extra == {"ClassName": "mine", "error.data": {"Key": "Value"}}
    assert (event.fingerprint, event.problems) == (("k",), ())


def test_an_aggregate_exception_is_read_as_a_tree() -> None:
    parts = [{"className": "A"}, {"className": "B", "innerError": {"className": "C"}}]
    event = event_of(entry({"className": "AggregateException", "innerErrors": parts}))
    assert [(raised.type, raised.parent) for raised in event.exceptions] == [
        ("C", 1),
        ("B", 3),
        ("A", 3),
        ("AggregateException", None),
    ]


def test_an_inner_error_that_is_repeated_counts_once() -> None:
    part = {"className": "A"}
    event = event_of(entry({"innerError": part, "innerErrors": [part]}))
    assert [raised.type for raised in event.exceptions] == ["A", "KeyError"]


def test_errors_without_an_end() -> None:
    error: dict[str, Any] = {"className": "Deepest"}
    for n in range(60):
        error = {"className": f"E{n}", "innerError": error}
    event = event_of({"details": {"error": error}})
    assert len(event.exceptions) == 50
    assert event.exceptions[-1].type == "E59"
    assert any(name.startswith("error.innerError") for name in event.extra)
    many = event_of(entry({"innerErrors": [{"className": f"E{n}"} for n in range(300)]}))
    assert len(many.exceptions) == 200
    assert len(many.extra) == 101


@pytest.mark.parametrize(
    ("tags", "custom", "expected"),
    [
        (["UnhandledException"], {}, False),
        (["UnhandledPromiseRejection"], {}, False),
        (["uncaughtException"], {}, False),
        (["unhandledRejection"], {}, False),
        (["vip"], {"handler": "From Raygun4JS snippet global error handler"}, False),
        (["vip"], {"handler": "mine"}, None),
        (None, None, None),
    ],
)
def test_the_handled_flag(tags: Any, custom: Any, expected: bool | None) -> None:
    event = event_of(entry(tags=tags, userCustomData=custom))
    assert handled(event) is expected
    assert event.level is Level.ERROR


@pytest.mark.parametrize(
    ("tag", "level"),
    [
        ("Debug Log", "debug"),
        ("Warning Log", "warning"),
        ("Critical Log", "fatal"),
        ("info", "info"),
        ("Ship Log", "error"),
        ("trace", "error"),
    ],
)
def test_tags_may_name_the_level(tag: str, level: str) -> None:
    assert event_of(entry(tags=[tag])).level == level


def test_an_uncaught_error_has_the_level_error() -> None:
    assert event_of(entry(tags=["info", "uncaughtException"])).level is Level.ERROR


@pytest.mark.parametrize("version", ["", "Not defined", "Not supplied", None])
def test_what_is_no_version(version: str | None) -> None:
    assert event_of(entry(version=version)).release is None


@pytest.mark.parametrize(
    ("message", "value"),
    [("KeyError: 'card'", "'card'"), ("KeyError: KeyError: x", "KeyError: x"), ("KeyError", "KeyError")],
)
def test_python_puts_the_type_into_the_message(message: str, value: str) -> None:
    event = event_of(entry({"message": message}, client={"name": "raygun4py"}))
    assert event.exceptions[0].value == value


def test_a_frame_of_python_without_source() -> None:
    frame = {"className": "pay", "fileName": "<string>", "lineNumber": 3, "methodName": None}
    event = event_of(entry({"stackTrace": [frame]}, client={"name": "raygun4py"}))
    assert calls(event.exceptions[0].frames) == ["pay:3"]
    assert event.exceptions[0].frames[0].context == ()


def test_a_stack_as_text_is_read_where_nothing_else_is() -> None:
    text = "KeyError: x\n    at pay (http://localhost/app.js:3:7)"
    event = event_of(entry({"stackString": text}, client={"name": "raygun-js"}))
    frames = event.exceptions[0].frames
    assert (event.extra.get("error.stackString") == text) is (not frames)
    with_frames = entry({"stackString": text, "stackTrace": [{"methodName": "pay"}]})
    assert event_of(with_frames).extra == {}


@pytest.mark.parametrize(
    ("sent", "url"),
    [
        ({"url": "/pay", "hostName": "https://shop"}, "https://shop/pay"),
        ({"url": "/pay", "hostName": "shop", "headers": {"Host": "other"}}, "http://shop/pay"),
        ({"url": "/pay", "hostName": "shop", "headers": {"HTTP_HOST": "shop:1974"}}, "http://shop:1974/pay"),
        ({"url": "/pay"}, "/pay"),
        ({"url": "http://shop/pay?a=1", "hostName": "shop"}, "http://shop/pay?a=1"),
        ({"hostName": "shop"}, "shop"),
    ],
)
def test_addresses(sent: dict[str, Any], url: str) -> None:
    served = event_of(entry(request=sent)).request
    assert served is not None
    assert served.url == url
    assert served.query == ("a=1" if "?" in url else None)


def test_only_node_has_made_objects_of_lists() -> None:
    request = {"form": {"0": "a", "1": {"x": {"0": 1}}, "2": {"1": 1}}, "rawData": "raw"}
    node = event_of(entry(request=request, client={"name": "raygun-node"}))
    other = event_of(entry(request=request))
    assert node.request is not None
    assert other.request is not None
    assert node.request.body == ["a", {"x": [1]}, {"1": 1}]
    assert other.request.body == request["form"]
    assert node.extra["details.request.rawData"] == "raw"


@pytest.mark.parametrize(("user", "expected"), [("ada", {"id": "ada"}), ("", {}), ({"email": None}, {})])
def test_users(user: Any, expected: dict[str, Any]) -> None:
    assert event_of(entry(user=user)).user == expected


def test_custom_data_of_any_type_goes_into_extra() -> None:
    assert event_of(entry(userCustomData=[1])).extra == {"userCustomData": [1]}
