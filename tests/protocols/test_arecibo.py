from urllib.parse import urlencode

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Event, Level
from app.protocols import arecibo
from app.protocols.protocol import Accepted, HttpRequest
from tests.protocols import captures

TRACEBACK = """Traceback (most recent call last):
  File "/srv/shop/views.py", line 12, in pay
    charge(order)
  File "/srv/shop/bank.py", line 7, in charge
    raise KeyError(order)
KeyError: 'basic'
"""
HEAD = b"POST /v/1/ HTTP/1.1\r\nuser-agent: urllib\r\ncontent-type: application/x-www-form-urlencoded"


def accept(body: bytes) -> Accepted:
    return arecibo.accept(HttpRequest("/v/1/", (), b"", [], body, "203.0.113.9"))


def event_of(**fields: object) -> Event:
    return event_in(urlencode(fields).encode())


def event_in(body: bytes) -> Event:
    report = captures.report_of("arecibo.v1", accept(body), HEAD, body)
    (event,) = arecibo.read(report, body).events
    assert msgspec.json.encode(event)
    return event


def test_a_whole_form() -> None:
    event = event_of(
        account="shop",
        status="500",
        priority="3",
        ip="198.51.100.4",
        user_agent="Mozilla/5.0",
        url="http://shop.test/pay?x=1",
        uid="err-77",
        type="KeyError",
        msg="'basic'",
        traceback=TRACEBACK,
        server="web1",
        request="GET: {'x': '1'}",
        username="ada",
        timestamp="Mon, 23 Nov 2026 12:05:18 +0100",
    )

    assert event.project == "shop"
    assert event.title == "KeyError: 'basic'"
    assert event.culprit == "/srv/shop/bank.py in charge"
    assert event.level is Level.ERROR
    assert event.tags == {"status": "500", "priority": "3", "uid": "err-77"}
    assert event.user == {"ip_address": "198.51.100.4", "username": "ada"}
    assert event.request is not None
    assert event.request.url == "http://shop.test/pay?x=1"
    assert event.request.headers == {"User-Agent": "Mozilla/5.0"}
    assert event.request.body == "GET: {'x': '1'}"
    assert event.server_name == "web1"
    assert event.timestamp.isoformat() == "2026-11-23T11:05:18+00:00"
    assert event.exceptions[0].frames[-1].context == ((7, "raise KeyError(order)"),)
    assert (event.problems, event.extra) == ((), {})


def test_what_the_client_leaves_out_comes_from_the_connection() -> None:
    event = event_of(account="shop")

    assert event.user == {"ip_address": "127.0.0.1"}
    assert event.request is not None
    assert event.request.headers == {"User-Agent": "urllib"}
    assert event.timestamp == event.received_at
    assert event.title == "<unlabelled event>"
    assert event.problems == ()


@pytest.mark.parametrize(
    ("priority", "level"),
    [
        ("1", "fatal"),
        ("2", "fatal"),
        ("3", "error"),
        ("5", "warning"),
        ("8", "info"),
        ("10", "debug"),
        ("", "error"),
    ],
)
def test_priorities(priority: str, level: str) -> None:
    event = event_of(priority=priority)

    assert event.level == level
    assert event.problems == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("priority", "11"),
        ("priority", "high"),
        ("status", "teapot"),
        ("ip", "unknown"),
        ("timestamp", "tomorrow"),
        ("timestamp", "Mon, 23 Nov 1926 12:05:18 +0100"),
    ],
)
def test_wrong_values_are_noted_and_never_cost_the_event(field: str, value: str) -> None:
    event = event_of(msg="still here", **{field: value})

    assert event.title == "still here"
    assert event.extra == {field: value}
    assert len(event.problems) == 1
    assert field in event.problems[0]
    assert field not in event.tags


def test_the_same_uid_is_the_same_event() -> None:
    first = accept(b"account=shop&uid=77&msg=a")

    assert accept(b"uid=77&account=shop&msg=b").event_id == first.event_id
    assert accept(b"uid=77&account=other").event_id != first.event_id
    assert accept(b"account=shop").event_id != accept(b"account=shop").event_id
    assert event_of(account="shop", uid="77").event_id == first.event_id


def test_the_account_names_the_project() -> None:
    assert accept(b"account=my+shop").project == "my shop"
    assert accept(b"msg=x").project == "arecibo"


def test_the_clients_type_and_message_win_over_the_tracebacks() -> None:
    event = event_of(type="ChargeFailed", msg="no such plan", traceback=TRACEBACK)

    assert event.title == "ChargeFailed: no such plan"
    assert event.exceptions[-1].frames
    assert event.extra["traceback_says"] == "KeyError: 'basic'"


def test_a_qualified_type_is_the_tracebacks_own() -> None:
    text = TRACEBACK.replace("KeyError: 'basic'", "shop.bank.Declined: 'basic'")

    event = event_of(type="shop.bank.Declined", traceback=text)

    assert (event.exceptions[-1].module, event.exceptions[-1].type) == ("shop.bank", "Declined")
    assert event.extra == {}


def test_text_that_is_no_traceback_is_the_message() -> None:
    event = event_of(traceback="at Checkout.pay (Checkout.php:12)\nat main")

    assert event.exceptions == ()
    assert event.title == "at Checkout.pay (Checkout.php:12)"
    assert event.extra["traceback"] == "at Checkout.pay (Checkout.php:12)\nat main"


def test_a_type_without_traceback_is_an_exception() -> None:
    event = event_of(type="Not Found", msg="/cart", url="http://shop.test/cart", status=404)

    assert event.title == "Not Found: /cart"
    assert event.culprit == "http://shop.test/cart"


def test_unknown_and_repeated_fields_go_into_extra() -> None:
    event = event_in(b"account=shop&msg=a&msg=b&colour=red&colour=blue")

    assert event.message == "a"
    assert event.extra == {"msg": "b", "colour": "red", "colour'": "blue"}


def test_a_body_that_is_no_form_is_still_seen() -> None:
    event = event_in(b"\x00\xffnonsense")

    assert event.problems
    assert "nonsense" in event.extra["body"]


def test_multipart_is_taken_too() -> None:
    body = b'--e\r\nContent-Disposition: form-data; name="account"\r\n\r\nshop\r\n--e--\r\n'

    assert event_in(body).project == "shop"


FIELDS = st.dictionaries(
    st.sampled_from("account status priority ip uid type msg traceback timestamp url x".split()),
    st.text(max_size=30)
    | st.sampled_from([TRACEBACK, "Mon, 99 Nov 2026", "1e999", "\x00", "::1", "nan", "inf"]),
)


@given(FIELDS)
def test_any_values_make_an_event(fields: dict[str, str]) -> None:
    body = urlencode({"account": "shop", **fields}, errors="replace").encode()

    assert event_in(body).title


@given(
    st.binary(min_size=1, max_size=200).filter(bytes.strip),
    st.sampled_from([b"", b"msg=%ed%a0%80&", b"--x\r\n"]),
)
def test_any_bytes_make_an_event(body: bytes, start: bytes) -> None:
    report = captures.report_of("arecibo.v1", Accepted("shop", "0" * 32), HEAD, start + body)

    (event,) = arecibo.read(report, start + body).events

    msgspec.json.encode(event)


# What the later client for Django sends: `traceback.format_tb` alone, joined by line ends.
FRAMES = """  File "/srv/shop/views.py", line 12, in pay
    charge(order)

  File "/srv/shop/bank.py", line 7, in charge
    raise KeyError(order)
"""


def events_in(body: bytes) -> tuple[Event, ...]:
    report = captures.report_of("arecibo.v1", accept(body), HEAD, body)
    return arecibo.read(report, body).events


@pytest.mark.parametrize("text", [FRAMES, FRAMES.strip(), FRAMES.replace("\n\n", "\n"), "\n" + FRAMES])
def test_bare_frames_are_a_traceback(text: str) -> None:
    event = event_of(account="shop", type="KeyError", msg="'basic'", traceback=text)
    (raised,) = event.exceptions
    assert (raised.type, raised.value) == ("KeyError", "'basic'")
    assert [(frame.function, frame.line) for frame in raised.frames] == [("pay", 12), ("charge", 7)]
    assert event.platform == "python"
    assert event.extra == {}


@pytest.mark.parametrize(
    ("printed", "module", "name"),
    [
        ("<type 'exceptions.KeyError'>", None, "KeyError"),
        ("<class 'shop.errors.NoCard'>", "shop.errors", "NoCard"),
        ("<class 'ValueError'>", None, "ValueError"),
    ],
)
def test_a_class_as_python_prints_it_is_taken_apart(printed: str, module: str | None, name: str) -> None:
    (raised,) = event_of(type=printed, msg="no", traceback=FRAMES).exceptions
    assert (raised.module, raised.type) == (module, name)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("('ada',)", "ada"),
        ("(u'ada',)", "ada"),
        ("(u'Andr\\xe9',)", "André"),
        ("('Andr\\xc3\\xa9',)", "André"),
        ('("o\'neill",)', "o'neill"),
        ("(u'',)", None),
        ("(ada)", "(ada)"),
        ("('ada', 'bob')", "('ada', 'bob')"),
        ("ada", "ada"),
    ],
)
def test_a_name_that_became_a_tuple_is_the_name_again(sent: str, name: str | None) -> None:
    assert event_of(username=sent).user.get("username") == name


def test_so_many_at_once_are_so_many_events() -> None:
    body = urlencode({"account": "shop", "uid": "1", "type": "KeyError", "count": 3}).encode()
    events = events_in(body)
    assert len({event.event_id for event in events}) == 3
    assert {event.title for event in events} == {"KeyError"}
    assert events[0].extra == {"count": 3}
    assert [event.event_id for event in events] == [event.event_id for event in events_in(body)]


def test_one_at_once_is_one_event() -> None:
    (event,) = events_in(b"account=shop&count=1")
    assert (event.extra, event.problems) == ({}, ())


@pytest.mark.parametrize("count", ["0", "-3", "many", "1.5", "9" * 50])
def test_a_count_that_is_none_is_one_event_and_a_problem(count: str) -> None:
    (event,) = events_in(urlencode({"account": "shop", "count": count}).encode())
    assert event.extra == {"count": count}
    assert len(event.problems) == 1


def test_more_than_can_be_counted_says_so() -> None:
    events = events_in(b"account=shop&count=20000")
    assert len(events) == arecibo.MOST_AT_ONCE
    assert "20,000" in events[0].problems[0]


def test_the_fields_may_come_as_json() -> None:
    said = {"account": "shop", "uid": "7", "type": "KeyError", "msg": "'x'", "username": ["ada"], "ip": None}
    body = msgspec.json.encode({**said, "traceback": FRAMES, "status": 500, "count": 2})
    assert accept(body).project == "shop"
    assert accept(body).event_id == accept(b"account=shop&uid=7").event_id
    first, _second = events_in(body)
    assert (first.title, first.user["username"]) == ("KeyError: 'x'", "ada")
    assert first.tags == {"status": "500", "uid": "7"}
    assert first.exceptions[0].frames
