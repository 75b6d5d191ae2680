"""What `logging.handlers.HTTPHandler` sends, by form and by address."""

import logging
import logging.handlers
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Event, ExceptionInfo, Frame, Level, to_micros
from app.protocols import log_record, table
from app.protocols.delivery import Delivery
from tests.protocols import captures, hostile

ID = "0123456789abcdef0123456789abcdef"
RECORD = {
    "name": "shop.pay",
    "msg": "boom %s",
    "args": "('ada',)",
    "levelname": "ERROR",
    "levelno": "40",
    "pathname": "/srv/shop/pay.py",
    "filename": "pay.py",
    "module": "pay",
    "exc_info": "None",
    "exc_text": "None",
    "stack_info": "None",
    "lineno": "10",
    "funcName": "charge",
    "created": "1795436044.0523996",
    "threadName": "MainThread",
}
TRACE = (
    "Traceback (most recent call last):\n  File \"/srv/shop/pay.py\", line 3, in pay\n    x()\nKeyError: 'x'"
)
PLACE = Frame(filename="pay.py", abs_path="/srv/shop/pay.py", module="pay", function="charge", line=10)


def read(
    fields: dict[str, str] | bytes,
    head: bytes = b"POST /log HTTP/1.1",
    *,
    received_at: int = captures.RECORDED,
) -> Delivery:
    body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
    accepted = table.Accepted("shop", ID)
    report = captures.report_of("logging.post", accepted, head, body, received_at=received_at)
    return log_record.read(report, body)


def event_of(**changed: str) -> Event:
    (event,) = hostile.check(read(RECORD | changed))
    return event


def test_an_exception_that_was_logged() -> None:
    capture = captures.load("stdlib-httphandler/handled")
    (event,) = capture.read().events

    assert capture.protocol.name == "logging.post"
    assert capture.protocol.answer(capture.accept()).status == 200
    assert (event.level, event.logger, event.platform) == ("error", "shop.pay", "python")
    assert event.timestamp.isoformat() == "2026-11-23T12:14:04.052400+00:00"
    assert event.message == "boom ada"
    place = Frame(
        filename="py_httphandler.py",
        abs_path="/tmp/capture/drivers/py_httphandler.py",
        module="py_httphandler",
        function="<module>",
        line=10,
    )
    assert event.exceptions == (
        ExceptionInfo(
            type="PaymentError",
            value="invalid order 1042: žluťoučký 🐎 <b>&",
            module="py_common",
            mechanism={"type": "logging", "handled": True},
            frames=(place,),
        ),
    )
    assert event.culprit == "py_httphandler in <module>"
    assert event.extra == {"order_id": "1042", "logentry": {"message": "boom %s", "params": ["ada"]}}
    assert event.contexts["process"]["process"] == "15729"
    assert event.problems == ()


@pytest.mark.parametrize(("case", "name"), [("message", "logging.post"), ("get", "logging.get")])
def test_a_message_by_form_and_by_address(case: str, name: str) -> None:
    capture = captures.load(f"stdlib-httphandler/{case}")
    (event,) = capture.read().events

    assert capture.protocol.name == name
    assert (event.title, event.message) == ("disk almost full: 91%", "disk almost full: 91%")
    assert (event.level, event.logger) == ("warning", "shop.pay")
    assert event.exceptions == ()
    assert event.threads[0].frames[0].function == "<module>"
    assert event.threads[0].frames[0].line == 12
    assert event.extra["disk"] == "/dev/sda"
    assert event.extra["logentry"] == {"message": "disk almost full: %d%%", "params": [91]}


def test_what_the_handler_of_this_python_sends_is_understood() -> None:
    class Kept(logging.handlers.HTTPHandler):
        def emit(self, record: logging.LogRecord) -> None:
            sent.append(urlencode(self.mapLogRecord(record)).encode())

    sent: list[bytes] = []
    logger = logging.Logger("shop")  # noqa: LOG001 - one that nobody else hears
    logger.addHandler(Kept("127.0.0.1", "/log"))
    try:
        raise KeyError("basic")
    except KeyError:
        logger.exception("no card for %(who)s", {"who": "ada"})
    (event,) = read(sent[0], received_at=to_micros(datetime.now(UTC))).events

    assert event.title == "KeyError: 'basic'"
    assert event.message == "no card for ada"
    assert event.problems == ()


@pytest.mark.parametrize(
    ("exc_info", "kind", "value"),
    [
        ("(<class 'KeyError'>, KeyError('x'), <traceback object at 0x7f00>)", "KeyError", "'x'"),
        ("(<class 'ValueError'>, ValueError(), <traceback object at 0x7f00>)", "ValueError", None),
        ("(<class 'ValueError'>, ValueError(1, 'b'), <traceback object at 0x7f00>)", "ValueError", "1, 'b'"),
        ("(<class 'OSError'>, <shop.Odd object>, None)", "OSError", "<shop.Odd object>"),
        ("(<class 'E'>, E(<object object at 0x1>), None)", "E", "<object object at 0x1>"),
        ("(<class 'E'>, E('a, (b)'), None)", "E", "a, (b)"),
    ],
)
def test_what_was_raised_is_read_from_its_repr(exc_info: str, kind: str, value: str | None) -> None:
    (raised,) = event_of(exc_info=exc_info).exceptions

    assert (raised.type, raised.value) == (kind, value)


@pytest.mark.parametrize("exc_info", ["True", "(1, 2)", "(<class 'E'>"])
def test_an_unreadable_exc_info_is_preserved(exc_info: str) -> None:
    event = event_of(exc_info=exc_info)

    assert event.exceptions == ()
    assert event.extra["exc_info"] == exc_info


def test_a_traceback_that_another_handler_has_formatted_counts() -> None:
    event = event_of(
        exc_text=TRACE, exc_info="(<class 'KeyError'>, KeyError('x'), <traceback object at 0x7f>)"
    )

    assert event.title == "KeyError: 'x'"
    assert [frame.line for frame in event.exceptions[0].frames] == [3]
    assert event.extra["logged_at"] == "/srv/shop/pay.py:10 in charge"


def test_a_framework_that_logs_is_not_the_place_of_the_exception() -> None:
    path = "/usr/lib/python3/site-packages/flask/app.py"
    event = event_of(pathname=path, exc_info="(<class 'E'>, E('x'), None)")

    assert event.exceptions[0].frames == ()
    assert event.threads[0].frames[0].abs_path == path


def test_the_stack_that_was_asked_for() -> None:
    stack = 'Stack (most recent call last):\n  File "/srv/shop/pay.py", line 3, in pay\n    log()'
    event = event_of(stack_info=stack)

    assert [frame.function for frame in event.threads[0].frames] == ["pay"]
    assert event_of(stack_info="odd").extra["stack_info"] == "odd"


@pytest.mark.parametrize(
    ("template", "arguments", "message"),
    [
        ("boom %s", "('ada',)", "boom ada"),
        ("boom", "()", "boom"),
        ("boom %s", "None", "boom %s"),
        ("boom %(a)s", "{'a': 1}", "boom 1"),
        ("boom %s", "(<object object at 0x1>,)", "boom %s"),
        ("boom %s %s", "('ada',)", "boom %s %s"),
        ("%999999999d", "(1,)", "%999999999d"),
        ("boom %s", "(" * 300, "boom %s"),
        ("boom %s", "(" + "1," * 20_000 + ")", "boom %s"),
        ("boom %s", "(None,)", "boom None"),
        ("boom %s", "(b'x', {1})", "boom %s"),
    ],
)
def test_messages(template: str, arguments: str, message: str) -> None:
    assert event_of(msg=template, args=arguments).message == message


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_what_is_below_a_warning_is_counted(level: str) -> None:
    delivery = read(RECORD | {"levelname": level})
    assert (delivery.events, delivery.others) == ((), {"log": 1})


def test_a_level_of_the_apps_own_counts_by_its_number() -> None:
    event = event_of(levelname="AUDIT", levelno="45")

    assert (event.level, event.extra["levelname"], event.problems) == (Level.ERROR, "AUDIT", ())


@pytest.mark.parametrize(
    ("name", "number"), [("AUDIT", "25"), ("NOTICE", "25"), ("HTTP", "15"), ("NONE", "x")]
)
def test_a_level_of_the_apps_own_below_a_warning_is_counted(name: str, number: str) -> None:
    delivery = read(RECORD | {"levelname": name, "levelno": number})
    assert (delivery.events, delivery.others) == ((), {"log": 1})


@pytest.mark.parametrize("level", ["INFO", "AUDIT"])
def test_what_was_logged_with_an_exception_is_an_error_whatever_its_level(level: str) -> None:
    trace = 'Traceback (most recent call last):\n  File "/srv/a.py", line 3, in pay\n    x()\nKeyError: 1'
    event = event_of(levelname=level, levelno="20", exc_text=trace)

    assert (event.level, event.title) == (Level.ERROR, "KeyError: 1")
    assert level.lower() in str(event.extra).lower()


def test_invalid_values_go_into_extra_with_a_problem() -> None:
    event = event_of(lineno="ten", created="yesterday")

    assert event.timestamp == event.received_at
    assert (event.extra["lineno"], event.extra["timestamp"]) == ("ten", "yesterday")
    assert len(event.problems) == 2


def test_a_get_request_without_a_record_is_malformed() -> None:
    found = table.find("/log", "GET")
    assert found is not None
    for query in (b"", b"q=1", b"amsg=1"):
        with pytest.raises(table.Malformed):
            found[0].accept(table.HttpRequest("/log", (None,), query, [], b"", "::1"))


def test_the_user_of_basic_authentication_may_be_the_project() -> None:
    headers = {"authorization": "Basic c2hvcDpzZWNyZXQ="}
    protocol, arrival = captures.arrival("/log", b"msg=x", headers)
    assert protocol.accept(arrival).project == "shop"
    protocol, arrival = captures.arrival("/pay/log", b"msg=x", headers)
    assert protocol.accept(arrival).project == "pay"


@pytest.mark.parametrize("body", hostile.UNREADABLE)
def test_what_is_no_record_is_an_event_that_says_so(body: bytes) -> None:
    (event,) = hostile.check(read(body))
    assert "no log record" in event.problems[0]


@given(
    st.dictionaries(st.sampled_from([*RECORD]), st.text(max_size=40) | st.sampled_from(["(", "%", "\ud800"]))
)
def test_any_fields_are_read(changed: dict[str, str]) -> None:
    hostile.check(read(urlencode(RECORD | changed, errors="surrogatepass").encode()))


@given(st.binary(max_size=200), st.binary(max_size=80))
def test_any_bytes_are_read(body: bytes, head: bytes) -> None:
    hostile.check(read(body, head))
