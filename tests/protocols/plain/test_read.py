"""A body of any kind at any path becomes an event: text, JSON, lines, forms, and what is nothing of these."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Event, Level
from app.protocols import table
from app.protocols.delivery import Delivery
from app.protocols.plain import read as plain
from app.protocols.sketch import delivered
from tests.factories import envelope
from tests.protocols import captures, hostile

ID = "0123456789abcdef0123456789abcdef"
MULTIPART = (
    b'--x\r\nContent-Disposition: form-data; name="message"\r\n\r\nThe disk is full\r\n'
    b'--x\r\nContent-Disposition: form-data; name="level"\r\n\r\nwarning\r\n'
    b'--x\r\nContent-Disposition: form-data; name="disk"\r\n\r\n/var\r\n--x--\r\n'
)
FORM = "application/x-www-form-urlencoded"
TRACE = (
    "Traceback (most recent call last):\n  File \"/srv/shop/pay.py\", line 3, in pay\n    x()\nKeyError: 'x'"
)


def read(body: Any, content_type: str = "", *more: str) -> Delivery:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = "\r\n".join(["POST /shop HTTP/1.1", f"Content-Type: {content_type}", *more]).encode()
    return plain.read(captures.report_of("plain", table.Accepted("shop", ID), head, content), content)


def event_of(body: Any, content_type: str = "", *more: str) -> Event:
    (event,) = hostile.check(read(body, content_type, *more))
    return event


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", FORM, "application/json", "nonsense; charset=utf-16"]
)
def test_text_is_a_message(content_type: str) -> None:
    event = event_of(b"The nightly backup failed\n", content_type)

    assert (event.title, event.message) == ("The nightly backup failed", "The nightly backup failed")
    assert (event.level, event.project, event.protocol, event.event_id) == ("error", "shop", "plain", ID)
    assert (event.exceptions, event.extra, event.problems) == ((), {}, ())


def test_a_stack_trace_in_text() -> None:
    event = event_of(f"backup of 3 shops failed\n{TRACE}".encode())

    assert (event.title, event.message, event.platform) == (
        "KeyError: 'x'",
        "backup of 3 shops failed",
        "python",
    )
    assert event.culprit == "/srv/shop/pay.py in pay"
    assert [frame.line for frame in event.exceptions[0].frames] == [3]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("WARNING: disk", "warning"),
        ("[warn] disk", "warning"),
        ("FATAL disk", "fatal"),
        ("2026-11-23 12:00:00,123 INFO shop: started", "info"),
        ("no information at all", "error"),
        ("an error", "error"),
    ],
)
def test_text_may_name_its_level(text: str, level: str) -> None:
    assert event_of(text.encode()).level == level


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("größer".encode(), ""),
        (b"\xef\xbb\xbf" + "größer".encode(), ""),
        ("\ufeffgrößer".encode("utf-16-le"), ""),
        ("\ufeffgrößer".encode("utf-16-be"), ""),
        ("größer".encode("latin-1"), "text/plain; charset=ISO-8859-1"),
    ],
)
def test_text_in_any_encoding(body: bytes, content_type: str) -> None:
    assert event_of(body, content_type).title == "größer"


def test_what_is_no_text_is_said() -> None:
    event = event_of(b"\x00\x01\xff\xfe\x02" * 100)

    assert event.title == "500 bytes of no known kind"
    assert event.problems
    assert event.extra["begins_with"].startswith("00 01 ff")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"message=The+disk+is+full&level=warning&disk=%2Fvar", ""),
        (b"message=The disk is full&level=warning&disk=/var", FORM),
        (
            b'payload={"message":"The disk is full","level":"warning","disk":"/var"}',
            FORM,
        ),
        (
            MULTIPART,
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_forms(body: bytes, content_type: str) -> None:
    event = event_of(body, content_type)

    assert (event.message, event.level, event.extra) == ("The disk is full", "warning", {"disk": "/var"})


def test_every_value_of_a_repeated_form_field_is_preserved() -> None:
    event = event_of(b"message=a&message=b&x=1&x=2", FORM)

    assert (event.message, event.extra) == ("a", {"x": "1", "message": "b", "x'": "2"})


@pytest.mark.parametrize("text", [b"a=b", b"x=1&y=2", b"1 = 2 & message", b"if a == b"])
def test_what_only_looks_like_a_form_is_text(text: bytes) -> None:
    assert event_of(text, FORM).message == text.decode()


def test_a_list_is_several_events() -> None:
    delivery = read([{"message": "a"}, "b", {"error": {"name": "TypeError", "message": "c"}}])

    assert [event.title for event in hostile.check(delivery)] == ["a", "b", "TypeError: c"]
    assert delivery.events[0].event_id == ID
    assert len({event.event_id for event in delivery.events}) == 3


def test_lines_of_json_are_several_events_and_a_loggers_noise_is_counted() -> None:
    lines = b'{"level":"info","msg":"a"}\n{"level":"error","msg":"b"}\n\n{"level":"warn","msg":"c"}\n'
    delivery = read(lines)

    assert [event.title for event in hostile.check(delivery)] == ["b", "c"]
    assert delivery.others == {"log": 1}


def test_what_is_sent_alone_was_meant_to_be_seen() -> None:
    assert event_of({"message": "deployed", "level": "info"}).level is Level.INFO


def test_a_batch_within_an_object() -> None:
    delivery = read(
        {"service": "checkout", "env": "dev", "logs": [{"msg": "a"}, {"msg": "b", "env": "live"}]}
    )

    first, second = hostile.check(delivery)
    assert (first.title, first.environment) == ("a", "dev")
    assert (second.title, second.environment) == ("b", "live")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (b'"just text"', "just text"),
        (b"42", "42"),
        (b"null", "null"),
        (b"{}", "An empty report"),
        (b"[]", "An empty report"),
        (b'{"foo": 1}', '{"foo": 1}'),
        (b"[1, 2]", "[1, 2]"),
    ],
)
def test_json_of_no_shape(body: bytes, title: str) -> None:
    assert event_of(body).title == title


def test_json_that_was_cut_short_says_what_came() -> None:
    event = event_of(b'{"message": "boom", "level": "warning", "stack": "Tra')

    assert (event.message, event.level) == ("boom", "warning")
    assert "cut short" in event.problems[0]


def test_json_that_is_none_is_text() -> None:
    event = event_of(b"{this is no json}")

    assert event.title == "{this is no json}"
    assert "not readable JSON" in event.problems[0]


def test_a_sentry_envelope_is_one_at_any_address() -> None:
    body = envelope("a" * 32, message="through a tunnel")
    event = event_of(body)

    assert (event.event_id, event.protocol, event.title) == ("a" * 32, "sentry.envelope", "KeyError: 'card'")
    report = captures.report_of("plain", table.Accepted("shop", ID), b"", body)
    assert delivered(plain.outline(report, body)).events[0].title == event.title


def test_loggers_lines_are_no_envelope() -> None:
    delivery = read(b'{"type":"event","msg":"a"}\n{"type":"event","msg":"b"}')

    assert [event.title for event in delivery.events] == ["event: a", "event: b"]


def test_a_browser_that_sends_says_which_it_is() -> None:
    browser = ("User-Agent: Mozilla/5.0 (X11) Firefox/140.0", "Referer: http://shop.example/cart")
    for body in (b"boom", b'{"message": "boom"}'):
        request = event_of(body, "", *browser).request
        assert request is not None
        assert request.url == "http://shop.example/cart"
        assert request.headers == {"User-Agent": "Mozilla/5.0 (X11) Firefox/140.0"}
    assert event_of(b"boom", "", "User-Agent: curl/8").request is None


@pytest.mark.parametrize(
    ("case", "title", "message", "handled"),
    [
        ("fetch_simple", "Error: hand rolled", None, False),
        ("fetch_simple.2", "Uncaught Error: hand rolled", "Uncaught Error: hand rolled", None),
    ],
)
def test_errors_that_a_page_sends_itself(
    case: str, title: str, message: str | None, handled: bool | None
) -> None:
    capture = captures.load(f"browser-native/{case}")
    (event,) = hostile.check(capture.read())

    assert capture.protocol.name == "plain"
    assert event.project == capture.arrival.path.rpartition("/")[2]
    assert (event.title, event.message, event.level) == (title, message, "error")
    assert event.request is not None
    assert "HeadlessChrome" in event.request.headers["User-Agent"]
    assert event.extra == {}
    if handled is not None:
        assert event.platform == "javascript"
        assert event.exceptions[0].mechanism == {"type": "generic", "handled": handled}
        assert [(frame.filename, frame.line, frame.column) for frame in event.exceptions[0].frames] == [
            ("http://127.0.0.1:34831/", 1, 341)
        ]


@pytest.mark.parametrize("body", [*hostile.UNREADABLE, b"", b" \n", b"--x", b"\xff\xfe", b"%", b"=", b"&&"])
def test_hostile_bodies_are_events(body: bytes) -> None:
    assert hostile.check(read(body))


def test_more_lines_than_anybody_reads() -> None:
    delivery = read([{"message": str(number)} for number in range(1_200)])

    assert len(delivery.events) == 1_000
    assert delivery.others == {"left_out": 200}


@given(
    st.binary(max_size=200), st.sampled_from(["", FORM, "multipart/form-data; boundary=x", "x; charset=x"])
)
def test_any_bytes_are_read(body: bytes, content_type: str) -> None:
    assert hostile.check(read(body, content_type))


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    hostile.check(read(text.encode("utf-8", "surrogatepass")))


@given(hostile.JSON)
def test_any_json_is_read(value: Any) -> None:
    hostile.check(read(json.dumps(value).encode()))


def test_lines_of_a_log_at_a_level_that_nobody_knows_are_counted() -> None:
    lines = [{"level": level, "message": "GET"} for level in ("http", "terrible", "error", "none")]
    delivery = read(lines)

    assert [event.level for event in delivery.events] == [Level.ERROR]
    assert delivery.others == {"log": 3}


def test_what_is_sent_alone_is_seen_whatever_its_level() -> None:
    unknown, terrible = (event_of({"level": word, "message": "x"}) for word in ("unknown", "terrible"))

    assert (unknown.level, unknown.extra, unknown.problems) == (Level.INFO, {"level": "unknown"}, ())
    assert terrible.level is Level.ERROR
    assert "'terrible' is not known" in terrible.problems[0]


@pytest.mark.parametrize("level", ["http", "SILLY", "\x1b[32mhttp\x1b[39m", "audit", "none"])
def test_what_only_loggers_send_is_counted_though_it_comes_alone(level: str) -> None:
    delivery = read({"level": level, "message": "GET /health 200 3ms"})
    (event,) = read({"level": level, "message": "oh", "stack": TRACE}).events

    assert (delivery.events, delivery.others) == ((), {"log": 1})
    assert (event.level, event.title) == (Level.ERROR, "KeyError: 'x'")


def test_a_quiet_line_with_a_stack_trace_is_an_error() -> None:
    (event,) = read(
        [{"level": "debug", "message": "oh", "stack": TRACE}, {"level": "debug", "message": "x"}]
    ).events

    assert (event.level, event.title, event.extra) == (Level.ERROR, "KeyError: 'x'", {"level": "debug"})


def test_serilog_leaves_the_level_out_where_it_is_information() -> None:
    line = {"@t": "2026-11-23T12:00:00Z", "@mt": "started"}

    assert read([line, line]).others == {"log": 2}
    assert (
        event_of({**line, "@x": "System.Exception: no\n   at Shop.Pay() in /srv/Pay.cs:line 3"}).level
        == "error"
    )
