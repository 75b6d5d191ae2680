"""Every recorded request of a real Airbrake client is understood without a problem, field by field."""

import json

import pytest

from app.model import Event, Level, Sdk
from app.protocols import table
from tests.protocols import captures
from tests.protocols.raised import Raised, calls, raised

INVALID = "invalid order 1042: žluťoučký 🐎 <b>&"
FAILED = "payment failed for order 42"
FULL = "disk almost full: 91%"

NOTICES: dict[str, tuple[Level, Raised]] = {
    "airbrake-node/express": (Level.ERROR, ("PaymentError", INVALID, "processOrder", 14, False)),
    "airbrake-node/handled": (Level.FATAL, ("PaymentError", INVALID, "processOrder", 14, None)),
    "airbrake-node/message": (Level.WARNING, (None, FULL, "Object.message", 10, None)),
    "airbrake-node/nested": (Level.ERROR, ("Error", "outer", "Object.nested", 9, None)),
    "airbrake-node/rejection": (Level.ERROR, ("PaymentError", INVALID, "processOrder", 14, None)),
    "airbrake-node/stats.2": (Level.ERROR, ("PaymentError", INVALID, "processOrder", 14, False)),
    "airbrake-node/unhandled": (Level.ERROR, ("PaymentError", INVALID, "processOrder", 14, None)),
    "airbrake-browser/handled": (Level.ERROR, ("PaymentError", FAILED, "processOrder", 4088, None)),
    "airbrake-browser/message": (Level.ERROR, (None, "the cart is empty", "send", 4120, None)),
    "airbrake-browser/rejection": (Level.ERROR, ("PaymentError", FAILED, "processOrder", 4088, False)),
    "airbrake-browser/unhandled": (Level.ERROR, ("PaymentError", FAILED, "processOrder", 4088, False)),
    "airbrake-python/flask": (Level.ERROR, ("PaymentError", "f(*args, **kwargs)", "process_order", 22, None)),
    "airbrake-python/handled": (Level.FATAL, ("PaymentError", INVALID, "process_order", 22, None)),
    "airbrake-python/logerror": (Level.ERROR, (None, "payment failed for ada", "<module>", 33, None)),
    "airbrake-python/logerror.2": (Level.ERROR, ("PaymentError", "boom ada", "process_order", 22, None)),
    "airbrake-python/message": (Level.WARNING, (None, FULL, None, None, None)),
    "airbrake-python/unhandled": (Level.ERROR, ("PaymentError", INVALID, "process_order", 22, None)),
    "pybrake/flask": (Level.ERROR, ("PaymentError", INVALID, "process_order", 17, None)),
    "pybrake/handled": (Level.FATAL, ("PaymentError", INVALID, "process_order", 17, None)),
    "pybrake/logerror": (Level.ERROR, (None, "payment failed for ada", "<module>", 41, None)),
    "pybrake/logerror.2": (Level.ERROR, ("PaymentError", INVALID, "process_order", 17, None)),
    "pybrake/message": (Level.ERROR, (None, FULL, "<module>", 36, None)),
    "pybrake/unhandled": (Level.ERROR, ("PaymentError", INVALID, "process_order", 17, None)),
}
CLIENTS = {
    "airbrake-node": ("node", Sdk(name="airbrake-js/node", version="2.1.9")),
    "airbrake-browser": ("javascript", Sdk(name="airbrake-js/browser", version="2.1.9")),
    "airbrake-python": ("python", Sdk(name="airbrake-python", version="2.2.0")),
    "pybrake": ("python", Sdk(name="pybrake", version="1.10.1")),
}


def event_of(name: str) -> Event:
    (event,) = captures.load(name).read().events
    return event


@pytest.mark.parametrize("name", NOTICES)
def test_what_was_raised(name: str) -> None:
    level, expected = NOTICES[name]
    event = event_of(name)
    assert raised(event) == expected
    assert event.level is level
    assert event.problems == ()
    assert event.project == "abc123"
    assert (event.platform, event.sdk) == CLIENTS[name.partition("/")[0]]


def test_every_notice_is_in_the_table() -> None:
    names = [name for client in CLIENTS for name in captures.names(client)]
    assert {name for name in names if captures.load(name).protocol.name == "airbrake.notice"} == {*NOTICES}


def test_a_handled_exception_of_node() -> None:
    event = event_of("airbrake-node/handled")
    assert event.title == f"PaymentError: {INVALID}"
    assert event.culprit == "node_common.js in processOrder"
    assert event.transaction == "checkout#pay"
    assert (event.release, event.environment, event.server_name) == ("1.2.3", "dev", "vm")
    assert event.user == {"id": "42", "name": "Ada", "email": "ada@example.org"}
    assert event.timestamp == event.received_at
    assert event.request is None
    assert event.contexts["process"]["argv"][-1] == "handled"
    assert event.contexts["os"]["name"] == "Linux/6.18.44-fc-v657"
    assert event.contexts["runtime"] == {"name": "JavaScript"}
    assert event.extra == {
        "order": 1042,
        "password": "[Filtered]",
        "session": {"sid": "1"},
        "environment": {"E": "1"},
        "context.notifier.url": "https://github.com/airbrake/airbrake-js/tree/master/packages/node",
    }
    crash = event.exceptions[0].frames[-1]
    assert (crash.filename, crash.abs_path) == ("node_common.js", "/srv/webshop/drivers/node_common.js")
    assert (crash.line, crash.column) == (14, 21)
    assert calls(event.exceptions[0].frames) == [
        "(Function.executeUserEntryPoint [as runMain]:164)",
        "(Module._load:1091)",
        "(Module.load:1266)",
        "(Module._extensions..js:1623)",
        "(Module._compile:1521)",
        "Object.<anonymous>:16",
        "Object.handled:8",
        "Object.grab:22",
        "checkout:18",
        "processOrder:14",
    ]


def test_a_request_of_express() -> None:
    event = event_of("airbrake-node/express")
    assert event.transaction == "/checkout/:orderId"
    assert event.request is not None
    assert event.request.method == "POST"
    assert event.request.url == "http://127.0.0.1:36147/checkout/1042?plan=basic&token=s3cret&a=1&a=2"
    assert event.request.query == "plan=basic&token=s3cret&a=1&a=2"
    assert event.request.headers == {
        "User-Agent": "DriverAgent/1.0 (X11; Linux x86_64)",
        "Referer": "http://127.0.0.1/cart",
    }
    assert event.user == {"ip_address": "127.0.0.1"}
    assert (event.extra["component"], event.extra["action"]) == ("express", "<anonymous>")
    assert {frame.in_app for frame in event.exceptions[0].frames} == {True, False}


def test_a_page_and_its_history() -> None:
    event = event_of("airbrake-browser/unhandled")
    assert event.request is not None
    assert event.request.url == "http://127.0.0.1:33999/#unhandled"
    assert "HeadlessChrome" in event.request.headers["User-Agent"]
    assert event.exceptions[0].mechanism == {"type": "airbrake", "handled": False, "window_error": True}
    assert event.exceptions[0].frames[-1].filename == "http://127.0.0.1:33999/app.js"
    assert [crumb.category for crumb in event.breadcrumbs] == ["ui.DOMContentLoaded", "ui.load"]
    assert event.breadcrumbs[0].message == "[object HTMLDocument]"
    assert str(event.breadcrumbs[0].timestamp) == "2026-11-24 06:54:37.039000+00:00"
    assert event.extra["cart"] == {"items": 2}


def test_a_chain_of_python_with_source() -> None:
    event = event_of("pybrake/handled")
    cause, outer = event.exceptions
    assert (cause.type, cause.value, cause.mechanism) == ("KeyError", "'basic'", None)
    assert calls(cause.frames) == ["process_order:15", "charge_card:10"]
    assert calls(outer.frames) == ["fail:20", "checkout:21", "process_order:17"]
    crash = outer.frames[-1]
    assert (crash.filename, crash.abs_path) == ("py_common.py", "/srv/webshop/drivers/py_common.py")
    assert [number for number, _text in crash.context] == [15, 16, 17, 18, 19]
    assert dict(crash.context)[16] == "    except KeyError as e:"
    assert event.user["ip_address"] == "203.0.113.9"
    assert (event.release, event.extra["revision"]) == ("1.2.3", "deadbeef")
    assert event.modules["pybrake"] == "1.10.1"
    assert event.contexts["runtime"] == {"name": "Python", "version": "3.11.7"}


def test_a_request_of_flask() -> None:
    event = event_of("pybrake/flask")
    assert event.transaction == "checkout"
    assert calls(event.exceptions[-1].frames)[:5] == [
        "(wsgi_app:1511)",
        "(full_dispatch_request:919)",
        "(full_dispatch_request:917)",
        "(dispatch_request:902)",
        "checkout:57",
    ]
    assert event.exceptions[-1].frames[0].filename == "site-packages/flask/app.py"
    assert event.request is not None
    assert event.request.method == "POST"
    assert event.request.query == "plan=basic&token=s3cret&a=1&a=2"
    assert event.request.headers["Authorization"] == "Bearer dummy"
    assert event.request.body == {"card": "4242", "nested": {"k": [1, 2]}, "password": "[Filtered]"}
    assert event.request.env["REMOTE_ADDR"] == "127.0.0.1"
    assert event.extra["request.view_args"] == {"order_id": 1042}
    assert "request" not in event.extra


def test_a_record_of_a_logger() -> None:
    event = event_of("pybrake/logerror")
    assert event.exceptions == ()
    assert event.logger == "shop.pay"
    assert event.extra["order"] == 1042
    assert event.extra["logentry"] == {"message": "payment failed for %s", "params": None}
    assert str(event.timestamp) == "2026-11-24 06:54:20.419074+00:00"


def test_an_exception_that_was_logged() -> None:
    assert event_of("pybrake/logerror.2").message == "boom %s"
    old = event_of("airbrake-python/logerror.2")
    assert old.message == "boom ada"
    assert str(old.timestamp) == "2026-11-23 12:09:09.834065+00:00"


def test_the_older_client_of_python_puts_the_type_into_the_message() -> None:
    event = event_of("airbrake-python/handled")
    assert (event.exceptions[0].module, event.exceptions[0].value) == ("py_common", INVALID)
    assert calls(event.exceptions[0].frames) == ["<module>:11", "checkout:35", "process_order:22"]


def test_stats_are_counted() -> None:
    delivery = captures.load("airbrake-node/stats").read()
    assert (delivery.events, delivery.others) == ((), {"stats": 1})


def test_the_client_asks_for_its_configuration() -> None:
    answer = table.reply("/2020-06-18/config/1/config.json", b"node-fetch/1.0")
    assert answer is not None
    assert answer.status == 200
    settings = {part["name"]: part for part in json.loads(answer.body)["settings"]}
    assert settings["errors"] == {"name": "errors", "enabled": True, "endpoint": None}
    assert settings["apm"]["enabled"] is True
