"""What no well-behaved client sends, in each format whose report is one JSON object with an error in it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from app.model import Event, Level
from tests.protocols import captures, hostile
from tests.protocols.notices import ID, airbrake, event_of, events_of, honeybadger, raygun


class Format(Struct):
    """A format: its usual report is a KeyError of 'card'."""

    protocol: str
    # What real clients sent, to be broken anywhere.
    real: tuple[str, ...]
    # Reports that say nothing.
    empty: tuple[dict[str, Any], ...]
    # A report with a value among what the app itself had to say, under the name "odd".
    with_value: Callable[[Any], dict[str, Any]]
    # A report with a value of the wrong type, its path, and the value that is kept under it.
    wrong: list[tuple[dict[str, Any], str, Any]]
    # A body of a KeyError that is no strict JSON, and what its problem must say.
    bent: list[tuple[bytes, str]]
    # Bodies that are no report.
    nothing: tuple[bytes, ...] = (b"", b"null", b'"text"', b"\x00\xff", b"<xml/>")


FORMATS = (
    Format(
        protocol="airbrake.notice",
        real=("pybrake/flask", "airbrake-browser/unhandled"),
        empty=({},),
        with_value=lambda value: airbrake() | {"params": {"odd": value}},
        wrong=[
            ({"errors": {"type": "E"}}, "errors", {"type": "E"}),
            ({"errors": [5]}, "errors.0", 5),
            (airbrake(backtrace="at f"), "errors.0.backtrace", "at f"),
            (airbrake(backtrace=[7]), "errors.0.backtrace.0", 7),
            (airbrake(backtrace=[{"line": "x"}]), "errors.0.backtrace.0.line", "x"),
            (airbrake(backtrace=[{"code": []} | {"code": ["a"]}]), "errors.0.backtrace.0.code", ["a"]),
            (airbrake(type={"a": 1}), "errors.0.type", {"a": 1}),
            (airbrake() | {"context": "x"}, "context", "x"),
            (airbrake() | {"context": {"history": "x"}}, "context.history", "x"),
            (airbrake() | {"context": {"severity": "terrible"}}, "level", "terrible"),
            (airbrake() | {"params": [1]}, "params", [1]),
            (airbrake() | {"params": {"request": 7}}, "params.request", 7),
            (airbrake() | {"notifier": 7}, "notifier", 7),
        ],
        bent=[
            (b'{"errors":[{"type":"KeyError","message":"\xff"}]}', "UTF-8"),
            (b'{"errors":[{"type":"KeyError"}],"params":{"n":NaN}}', "NaN"),
            (b'{"errors":[{"type":"Old"}],"errors":[{"type":"KeyError","message":NaN}]}', "repeats"),
            (b'{"errors":[{"type":"KeyError","message":"cut', "cut short"),
        ],
    ),
    Format(
        protocol="honeybadger.notice",
        real=("honeybadger-python/django", "honeybadger-browser/rejection"),
        empty=({},),
        with_value=lambda value: honeybadger() | {"request": {"context": {"odd": value}, "params": value}},
        wrong=[
            ({"error": "text"}, "error", "text"),
            (honeybadger(backtrace="at f"), "error.backtrace", "at f"),
            (honeybadger(backtrace=[7]), "error.backtrace.0", 7),
            (honeybadger(backtrace=[{"column": "x"}]), "error.backtrace.0.column", "x"),
            (honeybadger(backtrace=[{"source": ["a"]}]), "error.backtrace.0.source", ["a"]),
            (honeybadger(causes={"a": 1}), "error.causes", {"a": 1}),
            (honeybadger(causes=[[1]]), "error.causes.0", [1]),
            (honeybadger(tags={"a": 1}), "error.tags", {"a": 1}),
            (honeybadger(message=["a"]), "error.message", ["a"]),
            (honeybadger() | {"request": [1]}, "request", [1]),
            (honeybadger() | {"request": {"context": "x"}}, "request.context", "x"),
            (honeybadger() | {"request": {"cgi_data": "x"}}, "request.cgi_data", "x"),
            (honeybadger() | {"breadcrumbs": [1]}, "breadcrumbs", [1]),
            (honeybadger() | {"breadcrumbs": {"trail": [1]}}, "breadcrumbs.trail.0", 1),
            (
                honeybadger() | {"breadcrumbs": {"trail": [{"timestamp": "x"}]}},
                "breadcrumbs.trail.0.timestamp",
                "x",
            ),
            (honeybadger() | {"server": "vm"}, "server", "vm"),
        ],
        bent=[
            (b'{"error":{"class":"KeyError","message":"\xff"}}', "UTF-8"),
            (b'{"error":{"class":"KeyError"},"details":{"n":NaN}}', "NaN"),
            (b'{"error":{"class":"Old","class":"KeyError","message":NaN}}', "repeats"),
            (b'{"error":{"class":"KeyError","message":"cut', "cut short"),
        ],
    ),
    Format(
        protocol="raygun.entry",
        real=("raygun-node/express", "raygun-browser/handled", "raygun-python/logerror"),
        empty=({}, {"details": {}}, {"details": None}, {"details": {"error": None}}),
        with_value=lambda value: raygun(userCustomData={"odd": value}),
        wrong=[
            ({"details": "x"}, "details", "x"),
            ({"details": {"error": "x"}}, "error", "x"),
            ({"details": {"error": [1]}}, "error", [1]),
            (raygun({"innerError": "x"}), "error.innerError", "x"),
            (raygun({"innerErrors": {"a": 1}}), "error.innerErrors", {"a": 1}),
            (raygun({"stackTrace": "at f"}), "error.stackTrace", "at f"),
            (raygun({"stackTrace": [7]}), "error.stackTrace.0", 7),
            (raygun({"stackTrace": [{"lineNumber": "x"}]}), "error.stackTrace.0.lineNumber", "x"),
            (raygun({"message": ["a"]}), "error.message", ["a"]),
            (raygun(client="x"), "details.client", "x"),
            (raygun(tags="x"), "details.tags", "x"),
            (raygun(tags=[[1]]), "details.tags.0", [1]),
            (raygun(request=[1]), "details.request", [1]),
            (raygun(request={"headers": "x"}), "details.request.headers", "x"),
            (raygun(request={"queryString": [1]}), "details.request.queryString", [1]),
            (raygun(user=[1]), "details.user", [1]),
            (raygun(environment="x"), "details.environment", "x"),
            (raygun(breadcrumbs={"a": 1}), "details.breadcrumbs", {"a": 1}),
            (raygun(breadcrumbs=[{"timestamp": "x"}]), "details.breadcrumbs.0.timestamp", "x"),
            (raygun() | {"occurredOn": "yesterday"}, "timestamp", "yesterday"),
        ],
        bent=[
            (b'{"details":{"error":{"className":"KeyError","message":"\xff"}}}', "UTF-8"),
            (b'{"details":{"error":{"className":"KeyError","data":NaN}}}', "NaN"),
            (b'{"details":{"error":{"className":"Old","className":"KeyError","data":NaN}}}', "repeats"),
            (b'{"details":{"error":{"className":"KeyError","message":"cut', "cut short"),
            (b'[{"details":{"error":{"className":"KeyError","message":"cut', "cut short"),
        ],
    ),
)
# A list of entries is Raygun's own, and an empty one brings nothing.
NOTHING = [(each.protocol, body) for each in FORMATS for body in each.nothing]
NOTHING += [("airbrake.notice", b"[]"), ("honeybadger.notice", b"[]")]


def cut_anywhere(each: Format) -> st.SearchStrategy[bytes]:
    whole = [captures.load(name).body() for name in each.real]
    return st.sampled_from(whole).flatmap(
        lambda body: st.integers(0, len(body)).map(lambda length: body[:length])
    )


@pytest.mark.parametrize(
    ("protocol", "payload"), [(each.protocol, payload) for each in FORMATS for payload in each.empty]
)
def test_an_empty_report_is_an_event(protocol: str, payload: dict[str, Any]) -> None:
    event = event_of(protocol, payload)

    assert (event.event_id, event.title, event.level) == (ID, "<unlabelled event>", Level.ERROR)
    assert event.timestamp == event.received_at
    assert (event.problems, event.extra, event.contexts) == ((), {}, {})
    assert (event.request, event.sdk) == (None, None)


@pytest.mark.parametrize(
    ("protocol", "payload", "place", "value"),
    [(each.protocol, *row) for each in FORMATS for row in each.wrong],
)
def test_wrong_types_go_into_extra_with_a_problem(
    protocol: str, payload: dict[str, Any], place: str, value: Any
) -> None:
    event = event_of(protocol, payload)

    assert event.extra[place] == value
    assert event.problems


@pytest.mark.parametrize("value", [hostile.LONE_SURROGATE, hostile.HUGE, hostile.nested(90), 1e308])
@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.protocol)
def test_values_that_cannot_be_shown_as_they_are(each: Format, value: Any) -> None:
    event = event_of(each.protocol, each.with_value(value))

    assert event.title == "KeyError: 'card'"
    assert "odd" in event.extra


@pytest.mark.parametrize(
    ("protocol", "body", "problem"), [(each.protocol, *row) for each in FORMATS for row in each.bent]
)
def test_json_that_bends_the_rules(protocol: str, body: bytes, problem: str) -> None:
    event = event_of(protocol, body)

    assert event.exceptions[0].type == "KeyError"
    assert any(problem in said for said in event.problems), event.problems


@pytest.mark.parametrize(("protocol", "body"), NOTHING)
def test_what_is_no_report_is_still_seen(protocol: str, body: bytes) -> None:
    event = event_of(protocol, body)

    assert (event.event_id, event.title) == (ID, "<unlabelled event>")
    assert event.problems


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.protocol)
@given(data=st.data())
def test_any_json_in_any_place_is_read(each: Format, data: st.DataObject) -> None:
    real: Any = json.loads(captures.load(data.draw(st.sampled_from(each.real))).body())

    found = events_of(each.protocol, data.draw(hostile.broken(real)))

    assert is_as_many_as_sent(each, found)


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.protocol)
@given(data=st.data())
def test_any_bytes_are_read(each: Format, data: st.DataObject) -> None:
    anything = st.binary(max_size=200) | hostile.JSON.map(lambda value: json.dumps(value).encode())

    found = events_of(each.protocol, data.draw(anything | cut_anywhere(each)))

    assert is_as_many_as_sent(each, found)


def is_as_many_as_sent(each: Format, events: tuple[Event, ...]) -> bool:
    """A notice is one event; Raygun's entries may come as a list, of any length."""
    return len(events) == 1 or each.protocol == "raygun.entry"
