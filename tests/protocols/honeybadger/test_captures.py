"""Every recorded request of a real Honeybadger client is understood without a problem, field by field."""

import pytest

from app.model import Event, Level, Sdk
from tests.protocols import captures
from tests.protocols.raised import Raised, calls, raised

INVALID = "invalid order 1042: žluťoučký 🐎 <b>&"
FAILED = "payment failed for order 42"
FULL = "disk almost full: 91%"

NOTICES: dict[str, tuple[Level, Raised]] = {
    "honeybadger-node/express": (Level.ERROR, ("PaymentError", INVALID, "processOrder", 14, None)),
    "honeybadger-node/handled": (Level.ERROR, ("PaymentError", INVALID, "processOrder", 14, None)),
    "honeybadger-node/message": (Level.ERROR, ("DiskWarning", FULL, "Object.message", 14, None)),
    "honeybadger-node/nested": (Level.ERROR, ("Error", "outer", "Object.nested", 13, None)),
    "honeybadger-node/rejection": (Level.ERROR, ("PaymentError", INVALID, "processOrder", 14, False)),
    "honeybadger-node/unhandled": (Level.ERROR, ("PaymentError", INVALID, "processOrder", 14, None)),
    "honeybadger-browser/handled": (Level.ERROR, ("PaymentError", FAILED, "processOrder", 3327, None)),
    "honeybadger-browser/message": (
        Level.ERROR,
        ("Error", "the cart is empty", "Object.message", 3362, None),
    ),
    "honeybadger-browser/rejection": (Level.ERROR, ("PaymentError", FAILED, "processOrder", 3327, False)),
    "honeybadger-browser/unhandled": (Level.ERROR, ("PaymentError", FAILED, "processOrder", 3327, False)),
    "honeybadger-python/django": (Level.ERROR, ("PaymentError", INVALID, "process_order", 22, None)),
    "honeybadger-python/fastapi": (Level.ERROR, ("PaymentError", INVALID, "process_order", 22, None)),
    "honeybadger-python/flask": (Level.ERROR, ("PaymentError", INVALID, "process_order", 22, None)),
    "honeybadger-python/handled": (Level.ERROR, ("PaymentError", INVALID, "process_order", 22, None)),
    "honeybadger-python/logerror": (Level.WARNING, (None, "careful ada", "<module>", 46, None)),
    "honeybadger-python/logerror.2": (Level.ERROR, (None, "boom ada", "process_order", 22, None)),
    "honeybadger-python/message": (Level.ERROR, ("DiskWarning", FULL, "<module>", 17, None)),
    "honeybadger-python/unhandled": (Level.ERROR, ("PaymentError", INVALID, "process_order", 22, None)),
}
CLIENTS = {
    "honeybadger-node": ("node", Sdk(name="@honeybadger-io/js", version="6.16.5")),
    "honeybadger-browser": ("javascript", Sdk(name="@honeybadger-io/js", version="6.16.5")),
    "honeybadger-python": ("python", Sdk(name="Honeybadger for Python", version="1.3.0")),
}
COUNTED = {
    "honeybadger-node/checkin": {"check_in": 1},
    "honeybadger-node/events": {"event_log": 1},
    "honeybadger-node/events.2": {"event_log": 1},
    "honeybadger-python/events": {"event_log": 2},
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
    assert event.timestamp < event.received_at or "browser" in name


@pytest.mark.parametrize("name", COUNTED)
def test_what_is_only_counted(name: str) -> None:
    delivery = captures.load(name).read()
    assert (delivery.events, delivery.others) == ((), COUNTED[name])


def test_every_report_is_in_one_of_the_tables() -> None:
    assert {name for client in CLIENTS for name in captures.names(client)} == {*NOTICES, *COUNTED}


def test_a_handled_exception_of_node() -> None:
    event = event_of("honeybadger-node/handled")
    assert event.title == f"PaymentError: {INVALID}"
    assert event.culprit == "node_common.js in processOrder"
    assert event.transaction == "checkout#pay"
    assert (event.release, event.environment, event.server_name) == ("deadbeef", "dev", "vm")
    assert str(event.timestamp) == "2026-11-23 12:21:31+00:00"
    assert event.user == {"id": "42", "email": "ada@example.org"}
    assert event.tags == {"a": "true", "b": "true", "ctxtag": "true"}
    assert event.fingerprint == ("my-fp-1",)
    assert event.request is not None
    assert event.request.body == {"order": 1042, "password": "[FILTERED]"}
    assert event.contexts["server"]["pid"] == 19582
    assert event.contexts["server"]["stats"]["load"] == {"one": 0.25, "five": 0.4, "fifteen": 0.4}
    assert event.extra == {
        "cart": {"items": 2},
        "password": "hunter2",
        "tags": "ctxtag",
        "x": 1,
        "notifier.url": "https://github.com/honeybadger-io/honeybadger-js/tree/master/packages/js",
    }
    opened, noticed = event.breadcrumbs
    assert (opened.category, opened.message, opened.data) == ("navigation", "opened cart", {"to": "/cart"})
    assert str(opened.timestamp) == "2026-11-23 12:21:31.905000+00:00"
    assert noticed.message == "Honeybadger Notice"


def test_a_chain_of_node() -> None:
    cause, outer = event_of("honeybadger-node/handled").exceptions
    assert (cause.type, cause.value) == ("TypeError", "Cannot read properties of undefined (reading 'price')")
    assert cause.mechanism is None
    assert calls(cause.frames)[-2:] == ["processOrder:13", "chargeCard:9"]
    assert (cause.frames[-1].filename, cause.frames[-1].column) == ("node_common.js", 22)
    assert calls(outer.frames)[-3:] == ["Object.grab:22", "checkout:18", "processOrder:14"]
    crash = outer.frames[-1]
    assert (crash.filename, crash.abs_path) == ("node_common.js", "/srv/webshop/drivers/node_common.js")
    assert [number for number, _text in crash.context] == [12, 13, 14, 15, 16]
    assert dict(crash.context)[15] == "}"
    values = [raised.value for raised in event_of("honeybadger-node/nested").exceptions]
    assert values == ["innermost", "inner", "outer"]


def test_a_request_of_express() -> None:
    event = event_of("honeybadger-node/express")
    assert event.request is not None
    assert event.request.method == "POST"
    assert event.request.url == "http://127.0.0.1:43093/checkout/1042?plan=basic&token=s3cret&a=1&a=2"
    assert event.request.query == "plan=basic&token=s3cret&a=1&a=2"
    assert event.request.headers["User-Agent"] == "DriverAgent/1.0 (X11; Linux x86_64)"
    assert event.request.headers["X-Request-Id"] == "req-77"
    assert event.request.body == {"card": "4242", "password": "[FILTERED]", "nested": {"k": [1, 2]}}
    first = event.exceptions[-1].frames[0]
    assert (first.filename, first.abs_path, first.in_app) == ("node_modules/router/index.js", None, False)
    # The client marks the folders of the outer exception only.
    assert event.exceptions[0].frames[0].filename == "/srv/webshop/npm/node_modules/router/index.js"


def test_a_rejection_in_a_browser() -> None:
    event = event_of("honeybadger-browser/rejection")
    assert event.title == f"PaymentError: {FAILED}"
    assert event.exceptions[-1].mechanism == {
        "type": "honeybadger",
        "handled": False,
        "source": "unhandledrejection",
    }
    assert event.request is not None
    assert event.request.url == "http://127.0.0.1:35495/#rejection"
    assert "HeadlessChrome" in event.request.headers["User-Agent"]
    assert [frame.function for frame in event.exceptions[-1].frames][-3:] == [
        "checkoutLater",
        "checkout",
        "processOrder",
    ]


def test_an_uncaught_error_in_a_browser() -> None:
    mechanism = event_of("honeybadger-browser/unhandled").exceptions[-1].mechanism
    assert mechanism == {"type": "honeybadger", "handled": False, "source": "onerror"}


def test_a_handled_exception_of_python() -> None:
    event = event_of("honeybadger-python/handled")
    assert event.event_id == "17f377d703f3412cb22dbbb6a1c7cd8b"
    assert str(event.timestamp) == "2026-11-23 12:09:15+00:00"
    assert event.user == {"id": "42", "email": "ada@example.org"}
    assert event.tags == {"a": "true", "b": "true"}
    assert event.fingerprint == ("my-fp-1",)
    cause, outer = event.exceptions
    assert (cause.type, cause.value) == ("KeyError", "'basic'")
    assert calls(outer.frames) == ["<module>:13", "checkout:35", "process_order:22"]
    assert outer.frames[-1].vars == {"order_id": 1042, "amount": 12.5}
    assert [number for number, _text in outer.frames[-1].context] == [19, 20, 21, 22, 23, 24, 25]
    assert dict(outer.frames[-1].context)[21] == "    except KeyError as e:"
    assert event.extra["cart"] == {"items": 2}
    assert event.extra["order"] == 1042


@pytest.mark.parametrize("case", ["django", "fastapi", "flask", "handled", "unhandled"])
def test_the_causes_of_python_do_not_repeat_the_outer_frames(case: str) -> None:
    cause, outer = event_of(f"honeybadger-python/{case}").exceptions
    assert cause.frames == ()
    assert outer.frames


def test_a_request_of_django() -> None:
    event = event_of("honeybadger-python/django")
    assert event.transaction == "checkout_view"
    assert event.request is not None
    assert event.request.method == "POST"
    assert event.request.url == "http://127.0.0.1:43445/checkout/1042?plan=basic&token=s3cret&a=1&a=2"
    assert event.request.headers["Authorization"] == "Bearer dummy"
    assert event.request.headers["Content-Type"] == "application/json"
    assert event.request.cookies == {"sessionid": "abc", "theme": "dark"}
    assert event.request.env["REMOTE_ADDR"] == "127.0.0.1"
    assert event.extra["correlation_context"] == {"request_id": "req-77"}


def test_a_request_of_flask() -> None:
    event = event_of("honeybadger-python/flask")
    assert event.transaction == "__main__#checkout"
    assert event.request is not None
    assert event.request.url == "http://127.0.0.1:35877/checkout/1042"
    assert event.request.headers["Host"] == "127.0.0.1:35877"
    assert event.request.body == {"plan": ["basic"], "token": "[FILTERED]", "a": "[FILTERED]"}


def test_a_request_of_fastapi_comes_in_the_context() -> None:
    event = event_of("honeybadger-python/fastapi")
    assert event.request is not None
    assert (event.request.method, event.request.query) == ("POST", "plan=basic&token=s3cret")
    assert event.request.url == "http://127.0.0.1:52267/checkout/1042"
    assert event.request.headers["user-agent"] == "DriverAgent/1.0 (X11; Linux x86_64)"
    assert event.request.env == {"client": ["203.0.113.9", 0]}
    assert not {"method", "url", "headers", "query_string", "client"} & event.extra.keys()


def test_a_record_of_pythons_logging() -> None:
    event = event_of("honeybadger-python/logerror")
    assert (event.logger, event.title, event.exceptions) == ("shop.pay", "careful ada", ())
    assert str(event.timestamp) == "2026-11-23 12:09:22.589478+00:00"
    assert event.culprit == "py_honeybadger.py in <module>"
    assert calls(event.threads[0].frames)[0] == "<module>:46"
    assert event.extra["lineno"] == 46
    assert not {"name", "levelname", "created"} & event.extra.keys()
