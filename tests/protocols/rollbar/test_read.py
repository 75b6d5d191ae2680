"""Notifiers of other languages, failsafe items, items cut short, and what no well-behaved notifier sends."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Level
from app.protocols.rollbar import read
from app.settings import limits
from tests.protocols import captures, hostile
from tests.protocols.rollbar.items import ID, REPORT, event_in, event_of, trace


def test_an_empty_item_is_an_event() -> None:
    event = event_of({})

    assert (event.event_id, event.title, event.level) == (ID, "<unlabelled event>", Level.ERROR)
    assert event.timestamp == event.received_at
    assert (event.problems, event.extra) == ((), {})


def test_a_browser() -> None:
    event = event_of(
        {
            "environment": "production",
            "level": "error",
            "endpoint": "http://127.0.0.1:1974/api/1/item/",
            "platform": "browser",
            "framework": "browser-js",
            "language": "javascript",
            "server": {},
            "uuid": "11111111-2222-4333-8444-555555555555",
            "notifier": {
                "name": "rollbar-browser-js",
                "version": "3.1.0",
                "diagnostic": {"is_uncaught": True},
            },
            "custom": {"cart": 2},
            "attributes": [{"key": "session_id", "value": "s1"}, {"key": "is_uncaught", "value": "true"}],
            "request": {
                "url": "http://localhost/cart?x=1",
                "query_string": "?x=1",
                "user_ip": "$remote_ip",
            },
            "client": {
                "runtime_ms": 12,
                "timestamp": 1795435200,
                "javascript": {"browser": "Mozilla/5.0 Firefox/140.0", "language": "cs", "code_version": "7"},
            },
            "context": "",
            "body": {
                "trace_chain": [
                    {
                        "exception": {"class": "TypeError", "message": "x is undefined"},
                        "frames": [
                            {"filename": "(unknown)", "lineno": None, "method": "[anonymous]", "colno": None},
                            {"filename": "http://localhost/app.js", "lineno": 7, "method": "pay", "colno": 12}
                            | {"code": "x.y", "context": {"pre": ["a"], "post": ["x.y", "b"]}},
                        ],
                        "extra": {"cart": 2},
                    }
                ],
                "telemetry": [
                    {"level": "info", "type": "navigation", "timestamp_ms": 1795435199000, "source": "client"}
                    | {"body": {"from": "/", "to": "/cart"}},
                    {"level": "error", "type": "network", "timestamp_ms": 1795435199500, "source": "client"}
                    | {"body": {"method": "GET", "url": "/api", "status_code": 500}},
                    {"level": "info", "type": "dom", "timestamp_ms": 1, "source": "server", "uuid": "u"}
                    | {"body": {"subtype": "click", "element": "button#pay"}},
                ],
            },
        }
    )

    assert (event.platform, event.title, event.release) == ("javascript", "TypeError: x is undefined", "7")
    assert event.timestamp.isoformat() == "2026-11-23T12:00:00+00:00"
    (raised,) = event.exceptions
    assert raised.mechanism == {"type": "rollbar", "handled": False}
    crash = raised.frames[-1]
    assert (crash.function, crash.line, crash.column) == ("pay", 7, 12)
    assert crash.context == ((6, "a"), (7, "x.y"), (8, "b"))
    assert raised.frames[0].filename is None
    assert event.request is not None
    assert event.request.query == "x=1"
    assert event.request.headers == {"User-Agent": "Mozilla/5.0 Firefox/140.0"}
    assert event.user == {"ip_address": "127.0.0.1"}
    assert event.contexts["client"] == {
        "runtime_ms": 12,
        "javascript": {"language": "cs", "code_version": "7"},
    }
    assert event.contexts["attributes"] == {"session_id": "s1"}
    crumbs = event.breadcrumbs
    assert [crumb.message for crumb in crumbs] == ["/ → /cart", "GET /api 500", "click button#pay"]
    assert crumbs[2].data == {
        "subtype": "click",
        "element": "button#pay",
        "source": "server",
        "uuid": "u",
    }
    assert event.extra.keys() == {"cart", "endpoint", "notifier"}
    assert (event.problems, event.transaction) == ((), None)


def test_a_crash_of_node_is_never_debug() -> None:
    crashed = {"level": "debug", "language": "javascript", "notifier": {"name": "node_rollbar"}}
    marks: list[dict[str, Any]] = [
        {"attributes": [{"key": "is_uncaught", "value": "true"}]},
        {"notifier": {"name": "node_rollbar", "diagnostic": {"is_uncaught": True}}},
        {"_isUncaught": True},
    ]
    for mark in marks:
        assert event_of({**crashed, "body": trace(), **mark}).level is Level.ERROR
        assert event_of({**crashed, "body": {"message": {"body": "thrown"}}, **mark}).level is Level.ERROR
    assert event_of({**crashed, "body": trace()}).level is Level.DEBUG


def test_a_failsafe_item() -> None:
    event = event_of(
        {
            "level": "error",
            "environment": "dev",
            "body": {"message": {"body": "Failsafe from pyrollbar: payload too large."}},
            "notifier": {"name": "pyrollbar", "version": "1.5.0"},
            "custom": {"orig_uuid": "u-1", "orig_host": "web1"},
            "failsafe": True,
            "internal": True,
        }
    )

    assert event.title == "Failsafe from pyrollbar: payload too large."
    assert (event.server_name, event.platform) == ("web1", "python")
    assert event.extra == {"orig_uuid": "u-1", "orig_host": "web1", "failsafe": True, "internal": True}
    assert event.problems == ()


def test_an_item_in_a_form() -> None:
    item = json.dumps({"data": {"body": {"message": {"body": "50 % & more ž"}}}})

    assert event_in(urlencode({"payload": item}).encode()).message == "50 % & more ž"


def test_unmapped_fields_go_into_extra_under_their_names() -> None:
    event = event_of(
        {
            "language": "cobol 85",
            "platform": "linux",
            "custom": [1, 2],
            "odd": {"a": 1},
            "body": {
                "trace": {
                    "exception": {"class": "(unknown)", "message": "m"},
                    "frames": [
                        {"filename": "a.c", "lineno": 1, "argspec": ["x"], "varargspec": "rest", "args": [5]}
                        | {"keywordspec": "kw", "locals": {"kw": {}, "rest": ()}},
                        {"filename": "b.js", "code": "x()"},
                        {"filename": "c.js", "lineno": 2, "runtimePosition": {"source": "c.min.js"}},
                    ],
                },
                "message": {"body": "beside", "level": 5},
                "group": "g",
            },
            "attributes": [{"key": "k"}],
            "server": {"history": [5], "host": ["a"]},
            "client": {"timestamp": {"a": 1}},
        }
    )

    assert event.extra == {
        "level": 5,
        "custom": [1, 2],
        "odd": {"a": 1},
        "body.group": "g",
        "body.trace.frames.0.args": [5],
        "trace_chain.0.frames.0.argspec": ["x"],
        "trace_chain.0.frames.1.code": ["x()"],
        "trace_chain.0.frames.2.runtimePosition": {"source": "c.min.js"},
        "attributes.0": {"key": "k", "value": None},
        "server.history.0": 5,
        "language": "cobol 85",
        "platform": "linux",
    }
    assert event.title == "m"
    assert event.message == "beside"
    assert event.contexts["server"] == {"host": ["a"]}
    assert event.contexts["client"] == {"timestamp": {"a": 1}}
    assert event.problems == ()


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"body": "boom"}, "body"),
        ({"body": [1]}, "body"),
        ({"body": {"trace": "boom"}}, "body.trace"),
        ({"body": {"trace_chain": {"exception": {}}}}, "body.trace_chain"),
        ({"body": {"trace_chain": [7]}}, "body.trace_chain.0"),
        ({"body": {"trace": {"frames": {"filename": "x"}}}}, "body.trace.frames"),
        ({"body": {"trace": {"frames": ["at x"]}}}, "body.trace.frames.0"),
        ({"body": {"trace": {"frames": [{"locals": [1]}]}}}, "body.trace.frames.0.locals"),
        ({"body": {"trace": {"frames": [{"lineno": "x"}]}}}, "body.trace.frames.0.lineno"),
        ({"body": {"trace": {"frames": [{"context": "x"}]}}}, "body.trace.frames.0.context"),
        ({"body": {"trace": {"exception": "E"}}}, "body.trace.exception"),
        ({"body": {"trace": {"exception": {"class": {"a": 1}}}}}, "body.trace.exception.class"),
        ({"body": {"message": [1]}}, "body.message"),
        ({"body": {"telemetry": {"type": "log"}}}, "body.telemetry"),
        ({"person": "ada"}, "person"),
        ({"request": "GET /"}, "request"),
        ({"server": [1]}, "server"),
        ({"client": 5}, "client"),
        ({"notifier": "me"}, "notifier"),
        ({"tags": "one"}, "tags"),
        ({"fingerprint": {"a": 1}}, "fingerprint"),
        ({"attributes": {"key": "a"}}, "attributes"),
    ],
)
def test_wrong_types_go_into_extra_with_a_problem(data: dict[str, Any], place: str) -> None:
    value: Any = data
    for step in place.split("."):
        value = value[int(step) if step.isdigit() else step]

    event = event_of({**data, "code_version": "still here"})

    assert event.extra[place] == value
    assert any(place in problem for problem in event.problems)
    assert event.release == "still here"


@pytest.mark.parametrize(
    ("data", "field", "value"),
    [
        ({"code_version": 42}, "release", "42"),
        ({"context": True}, "transaction", "true"),
        ({"fingerprint": 1.5}, "fingerprint", ("1.5",)),
        ({"tags": [1, "two", None]}, "tags", {"1": "true", "two": "true"}),
        ({"server": {"host": 5}}, "server_name", "5"),
        ({"body": {"message": {"body": {"a": 1}}}}, "message", '{"a": 1}'),
        ({"body": {"message": "bare"}}, "message", "bare"),
        ({"level": 40}, "level", Level.ERROR),
    ],
)
def test_scalars_of_the_wrong_type_are_read_as_text(data: dict[str, Any], field: str, value: object) -> None:
    assert getattr(event_of(data), field) == value


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (1795435200, "2026-11-23T12:00:00+00:00"),
        (1795435200.5, "2026-11-23T12:00:00.500000+00:00"),
        (1795435200000, "2026-11-23T12:00:00+00:00"),
        ("1795435200", "2026-11-23T12:00:00+00:00"),
        ("2026-11-23T13:00:00+01:00", "2026-11-23T12:00:00+00:00"),
    ],
)
def test_times(written: object, read_as: str) -> None:
    assert event_of({"timestamp": written}).timestamp.isoformat() == read_as


@pytest.mark.parametrize("written", ["tomorrow", 5, 10**30, [1], {"a": 1}, True])
def test_impossible_times_are_replaced_and_go_into_extra(written: object) -> None:
    event = event_of({"timestamp": written})

    assert event.timestamp == event.received_at
    assert str(event.extra["timestamp"]).lower() == str(written).lower()
    assert "timestamp" in event.problems[0]


@pytest.mark.parametrize("written", ["nonsense", 5, ["a"]])
def test_an_id_that_is_none_is_said(written: object) -> None:
    event = event_of({"uuid": written})

    assert event.event_id == ID
    assert event.problems


@pytest.mark.parametrize(("value", "problem"), hostile.BENT)
def test_json_that_bends_the_rules(value: bytes, problem: str | None) -> None:
    event = event_in(b'{"data": {"custom": {"odd": %b}, "body": {"message": {"body": "x"}}}}' % value)

    assert event.title == "x"
    assert "odd" in event.extra
    if problem is not None:
        assert any(problem in said for said in event.problems), event.problems


@pytest.mark.parametrize("body", [*hostile.UNREADABLE, b"payload=%zz", b"payload="])
def test_what_is_no_item_is_still_seen(body: bytes) -> None:
    event = event_in(body)

    assert (event.event_id, event.title) == (ID, "<unlabelled event>")
    assert event.problems
    assert event.extra


@pytest.mark.parametrize("name", ["rollbar-python/unhandled", "rollbar-node/express"])
def test_an_item_cut_short_shows_what_came(name: str) -> None:
    body = captures.load(name).body()
    whole = captures.load(name).read().events[0]
    events = [event_in(body[:place]) for place in range(300, len(body) - 4, 61)]

    for event in events:
        assert (event.event_id, event.environment) == (whole.event_id, "dev")
        assert "cut short" in event.problems[0]
    assert events[-1].title == whole.title


def test_a_huge_item_is_read_though_its_end_is_missing() -> None:
    frames = [
        {"filename": f"/srv/f{n}.py", "lineno": n, "method": "again", "locals": {"x": "y" * 900}}
        for n in range(1, 4_000)
    ]
    body = json.dumps({"data": {"uuid": ID[::-1], "level": "critical", "body": trace(*frames)}}).encode()
    event = event_in(body[: len(body) * 9 // 10])

    assert (event.event_id, event.level, event.title) == (ID[::-1], Level.FATAL, "E: m")
    assert len(event.exceptions[0].frames) == limits().frames


REAL = {
    name: json.loads(captures.load(name).body())
    for name in ("rollbar-python/flask", "rollbar-python/logerror.3", "rollbar-node/handled")
}


@given(st.sampled_from(list(REAL.values())).flatmap(hostile.broken))
def test_anything_anywhere_becomes_an_event(payload: Any) -> None:
    assert hostile.check(read.read(REPORT, json.dumps(payload).encode()))


@given(st.binary(max_size=200) | hostile.JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_become_an_event(body: bytes) -> None:
    assert hostile.check(read.read(REPORT, body))


def test_an_older_logging_handler_sends_the_template() -> None:
    logged = {"body": "order %s has no %s", "args": ["42", "card"], "record": {"name": "shop"}}

    event = event_of({"notifier": {"name": "pyrollbar", "version": "0.13.18"}, "body": {"message": logged}})

    assert (event.message, event.logger) == ("order 42 has no card", "shop")
    assert event.extra["logentry"] == {"message": "order %s has no %s", "params": ["42", "card"]}


def test_ruby() -> None:
    event = event_of(
        {
            "timestamp": 1795435200,
            "level": "critical",
            "language": "ruby",
            "framework": "Rails: 7.1",
            "notifier": {"name": "rollbar-gem", "version": "3.6"},
            "server": {"host": "web1", "root": "/srv/shop", "branch": "main", "pid": 5},
            "body": trace(
                {"filename": "/usr/lib/ruby/gems/rack/lib/rack.rb", "lineno": 4, "method": "call"},
                {"filename": "/srv/shop/app/cart.rb", "lineno": 12, "method": "pay", "code": "  raise E\n"}
                | {"context": {"pre": ["def pay\n"], "post": ["end\n"]}},
                {"filename": "<unknown>", "lineno": 0, "method": "odd line"},
            ),
            "request": {
                "url": "http://shop.test/pay",
                "method": "POST",
                "GET": {},
                "POST": {"order": "7"},
                "body": "{}",
                "params": {"controller": "cart"},
                "cookies": {"a": "1"},
                "session": {"user": 1},
                "headers": {"Host": "shop.test"},
            },
        }
    )

    assert (event.platform, event.level) == ("ruby", Level.FATAL)
    rack, cart, odd = event.exceptions[0].frames
    assert (rack.in_app, cart.in_app, cart.filename) == (False, True, "app/cart.rb")
    assert cart.context == ((11, "def pay"), (12, "  raise E"), (13, "end"))
    assert (odd.filename, odd.line, odd.function) == (None, None, "odd line")
    assert event.request is not None
    assert (event.request.body, event.request.cookies) == ({"order": "7"}, {"a": "1"})
    assert event.extra == {"request": {"params": {"controller": "cart"}, "session": {"user": 1}}}
    assert event.contexts["server"] == {"root": "/srv/shop", "branch": "main", "pid": 5}
    assert event.problems == ()
