"""Every recorded request of a real Raygun client is understood without a problem, field by field."""

import pytest

from app.model import Event, Level, Sdk
from tests.protocols import captures
from tests.protocols.raised import Raised, calls, raised

INVALID = "invalid order 1042: žluťoučký 🐎 <b>&"
FAILED = "payment failed for order 42"
FULL = "disk almost full: 91%"

ENTRIES: dict[str, tuple[Level, Raised]] = {
    "raygun-node/express": (Level.ERROR, ("PaymentError", INVALID, "processOrder", 14, False)),
    "raygun-node/handled": (Level.ERROR, ("PaymentError", INVALID, "processOrder", 14, None)),
    "raygun-node/message": (Level.WARNING, (None, FULL, None, None, None)),
    "raygun-node/nested": (Level.ERROR, ("Error", "outer", "Object.nested", 9, None)),
    "raygun-node/rejection": (Level.ERROR, ("PaymentError", INVALID, "processOrder", 14, False)),
    "raygun-node/unhandled": (Level.ERROR, ("PaymentError", INVALID, "processOrder", 14, False)),
    "raygun-browser/handled": (Level.ERROR, ("PaymentError", FAILED, "processOrder", 4555, None)),
    "raygun-browser/message": (Level.ERROR, (None, "the cart is empty", "executor", None, None)),
    "raygun-browser/rejection": (Level.ERROR, ("PaymentError", FAILED, "processOrder", 4555, False)),
    "raygun-browser/unhandled": (Level.ERROR, ("PaymentError", FAILED, "processOrder", 4555, False)),
    "raygun-python/django": (Level.ERROR, ("PaymentError", INVALID, "process_order", 22, None)),
    "raygun-python/flask": (Level.ERROR, ("PaymentError", INVALID, "process_order", 22, None)),
    "raygun-python/handled": (Level.ERROR, ("PaymentError", INVALID, "process_order", 22, None)),
    "raygun-python/logerror": (Level.ERROR, (None, "payment failed for ada", "<module>", 38, None)),
    "raygun-python/logerror.2": (Level.ERROR, ("PaymentError", "boom ada", "process_order", 22, None)),
    "raygun-python/message": (Level.WARNING, ("Exception", FULL, None, None, None)),
    "raygun-python/unhandled": (Level.ERROR, ("PaymentError", INVALID, "process_order", 22, None)),
}
CLIENTS = {
    "raygun-node": ("node", Sdk(name="raygun-node", version="2.2.8")),
    "raygun-browser": ("javascript", Sdk(name="raygun-js", version="3.1.4")),
    "raygun-python": ("python", Sdk(name="raygun4py", version="8.0.0")),
}


def event_of(name: str) -> Event:
    (event,) = captures.load(name).read().events
    return event


@pytest.mark.parametrize("name", ENTRIES)
def test_what_was_raised(name: str) -> None:
    level, expected = ENTRIES[name]
    event = event_of(name)
    assert raised(event) == expected
    assert event.level is level
    assert event.problems == ()
    assert event.project == "abc123"
    assert event.timestamp != event.received_at
    assert (event.platform, event.sdk) == CLIENTS[name.partition("/")[0]]


def test_every_entry_is_in_the_table() -> None:
    assert {name for client in CLIENTS for name in captures.names(client)} == {*ENTRIES}


def test_a_handled_exception_of_node() -> None:
    event = event_of("raygun-node/handled")
    assert event.title == f"PaymentError: {INVALID}"
    assert event.culprit == "/srv/webshop/drivers/node_common.js in processOrder"
    assert str(event.timestamp) == "2026-11-23 12:24:06.502000+00:00"
    assert (event.release, event.server_name) == ("1.2.3", "vm")
    assert event.user == {
        "id": "42",
        "email": "ada@example.org",
        "name": "Ada",
        "ip_address": "203.0.113.9",
    }
    assert event.tags == {"g": "true", "a": "true", "b": "true"}
    assert event.fingerprint == ("my-fp-1",)
    assert event.extra == {"order": 1042, "password": "hunter2"}
    assert event.contexts["environment"]["processorCount"] == 2
    assert event.request is not None
    assert (event.request.method, event.request.url) == ("POST", "http://shop.test/pay")
    assert (event.request.query, event.request.body) == ("a=1", {"k": "v"})
    (crumb,) = event.breadcrumbs
    assert (crumb.message, crumb.level, crumb.type) == ("opened cart", "info", "manual")
    assert str(crumb.timestamp) == "2026-11-23 12:24:06.502000+00:00"
    assert crumb.data == {
        "file": "/srv/webshop/drivers/node_raygun.js",
        "function": "handled",
        "line": 8,
    }


def test_a_chain_of_node() -> None:
    cause, outer = event_of("raygun-node/handled").exceptions
    assert (cause.type, cause.value) == ("TypeError", "Cannot read properties of undefined (reading 'price')")
    assert cause.mechanism is None
    assert calls(cause.frames)[-2:] == ["processOrder:13", "chargeCard:9"]
    assert calls(outer.frames) == [
        "(Function.executeUserEntryPoint [as runMain]:164)",
        "(Module._load:1091)",
        "(Module.load:1266)",
        "(Module._extensions..js:1623)",
        "(Module._compile:1521)",
        "None:15",
        "Object.handled:8",
        "Object.grab:22",
        "checkout:18",
        "processOrder:14",
    ]
    assert outer.frames[-1].column == 21
    assert outer.frames[-1].abs_path == "/srv/webshop/drivers/node_common.js"


def test_a_request_of_express() -> None:
    event = event_of("raygun-node/express")
    assert event.request is not None
    assert event.request.method == "POST"
    assert event.request.url == "http://127.0.0.1:35165/checkout/1042"
    assert event.request.query == "plan=basic&token=s3cret&a=1&a=2"
    assert event.request.headers["user-agent"] == "DriverAgent/1.0 (X11; Linux x86_64)"
    assert event.request.body == {"card": "4242", "password": "hunter2", "nested": {"k": [1, 2]}}
    assert event.user == {"ip_address": "127.0.0.1"}
    assert event.release is None
    assert event.tags == {"UnhandledException": "true"}
    assert event.exceptions[-1].mechanism == {"type": "raygun", "handled": False}


def test_an_error_in_a_browser() -> None:
    event = event_of("raygun-browser/handled")
    assert event.title == f"PaymentError: {FAILED}"
    assert event.user == {
        "id": "7",
        "email": "ada@example.com",
        "name": "ada",
        "IsAnonymous": False,
    }
    assert (event.release, event.tags) == ("1.2.3", {"customer": "true", "vip": "true"})
    assert event.extra == {"cart": {"items": 2}}
    assert event.request is not None
    assert event.request.url == "http://127.0.0.1:46055/#handled"
    assert "HeadlessChrome" in event.request.headers["User-Agent"]
    crash = event.exceptions[-1].frames[-1]
    assert (crash.filename, crash.line, crash.column) == ("http://127.0.0.1:46055/app.js", 4555, 13)
    assert crash.module is None
    last = event.breadcrumbs[-1]
    assert (last.message, last.category, last.data) == ("opened the cart", "manual", {"items": 2})
    assert event.contexts["environment"]["Screen-Width"] == 800


def test_python_says_in_other_fields() -> None:
    cause, outer = event_of("raygun-python/handled").exceptions
    assert (cause.type, cause.value) == ("KeyError", "'basic'")
    assert calls(cause.frames) == ["process_order:20", "charge_card:14"]
    assert calls(outer.frames) == ["<module>:17", "checkout:35", "process_order:22"]
    crash = cause.frames[-1]
    assert crash.abs_path == "/srv/webshop/drivers/py_common.py"
    assert crash.context == ((14, '    return table["basic"]  # KeyError'),)
    assert crash.vars["card"] == "{'number': '4242424242424242', 'exp': '12/30'}"
    assert outer.frames[-1].vars == {"order_id": "1042", "amount": "12.5"}


def test_a_handled_exception_of_python() -> None:
    event = event_of("raygun-python/handled")
    assert str(event.timestamp) == "2026-11-23 12:09:25.671084+00:00"
    assert event.user == {
        "id": "42",
        "email": "ada@example.org",
        "name": "Ada L",
        "firstName": "Ada",
        "isAnonymous": False,
        "ip_address": "203.0.113.9",
    }
    assert (event.release, event.fingerprint) == ("1.2.3", ("my-fp-1",))
    assert event.extra["order"] == 1042
    assert event.extra["error.globalVariables"]["__name__"] == "py_common"
    assert event.extra["error.innerError.globalVariables"]["__name__"] == "py_common"
    assert event.contexts["environment"]["environmentVariables"]["LANG"] == "C.UTF-8"
    assert event.request is not None
    assert event.request.url == "http://shop.test/pay"


def test_a_request_of_django_has_everything_in_its_headers() -> None:
    request = event_of("raygun-python/django").request
    assert request is not None
    assert (request.method, request.url) == ("POST", "http://127.0.0.1:46803/checkout/1042")
    assert request.query == "plan=basic&token=s3cret&a=2"
    assert request.headers["User-Agent"] == "DriverAgent/1.0 (X11; Linux x86_64)"
    assert request.headers["Content-Type"] == "application/json"
    assert "PATH" not in request.headers
    assert request.env["SERVER_NAME"] == "localhost"


def test_records_of_pythons_logging() -> None:
    alone, raised_and_logged = (event_of(f"raygun-python/logerror{n}") for n in ("", ".2"))
    assert (alone.logger, alone.exceptions) == ("shop.pay", ())
    assert alone.threads[0].frames[-1].filename == "py_raygun.py"
    assert raised_and_logged.logger == "shop.pay"
    assert raised_and_logged.exceptions[-1].type == "PaymentError"
    assert raised_and_logged.tags == {"Error Log": "true"}
