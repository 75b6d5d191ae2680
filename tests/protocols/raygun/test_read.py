"""Entries that only some clients send. What no good client sends: `tests.protocols.test_bad_notices`."""

from functools import partial
from typing import Any

import pytest

from app.model import Level
from tests.protocols import notices
from tests.protocols.raised import calls, handled

entry = notices.raygun
event_of = partial(notices.event_of, "raygun.entry")
events_of = partial(notices.events_of, "raygun.entry")


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


def test_custom_data_of_any_type_is_kept() -> None:
    assert event_of(entry(userCustomData=[1])).extra == {"userCustomData": [1]}
