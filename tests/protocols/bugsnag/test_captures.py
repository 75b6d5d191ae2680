"""Every recorded request of a real Bugsnag notifier is understood without a problem."""

from datetime import UTC, datetime

import pytest

from app.model import Event, Level
from tests.protocols import captures

INVALID_ORDER = "invalid order 1042: žluťoučký 🐎 <b>&"
NO_PRICE = "Cannot read properties of undefined (reading 'price')"

# level, handled, types cause first, value of the raised exception, its function and line, source of that line
Expected = tuple[str, bool, tuple[str, ...], str, str, int, str]
PAYMENT = ("KeyError", "PaymentError")
PY_RAISE = (
    '        raise PaymentError("invalid order %d: \\u017elu\\u0165ou\\u010dk\\u00fd \\U0001f40e <b>&" '
    "% order_id) from e"
)
JS_THROW = (
    "  catch (e) { throw new PaymentError(`invalid order ${orderId}: žluťoučký 🐎 <b>&`, { cause: e }); }"
)
PY_CRASH = ("error", False, PAYMENT, INVALID_ORDER, "process_order", 22, PY_RAISE)
JS_CRASH = ("error", False, ("TypeError", "PaymentError"), INVALID_ORDER, "processOrder", 14, JS_THROW)
PY_MESSAGE = '    bugsnag.notify(Exception("disk almost full: 91%"), severity="warning")'
EVENTS: dict[str, Expected] = {
    "bugsnag-python/unhandled": PY_CRASH,
    "bugsnag-python/flask": PY_CRASH,
    "bugsnag-python/django": PY_CRASH,
    "bugsnag-python/handled": ("info", True, *PY_CRASH[2:]),
    "bugsnag-python/logerror": ("error", True, *PY_CRASH[2:]),
    "bugsnag-python/implicit": (
        "error",
        False,
        PAYMENT,
        "while handling 1042",
        "process_order_implicit",
        30,
        '        raise PaymentError("while handling %d" % order_id)',
    ),
    "bugsnag-python/message": (
        "warning",
        True,
        ("Exception",),
        "disk almost full: 91%",
        "<module>",
        28,
        PY_MESSAGE,
    ),
    "bugsnag-python/featureflags": ("warning", True, ("ValueError",), "ff", "<module>", 30, "    init(); "),
    "bugsnag-python/session": (
        "warning",
        True,
        ("ValueError",),
        "in session",
        "<module>",
        48,
        "    bugsnag.start_session(); ",
    ),
    "bugsnag-node/unhandled": JS_CRASH,
    "bugsnag-node/rejection": JS_CRASH,
    "bugsnag-node/express": JS_CRASH,
    "bugsnag-node/handled": ("info", True, *JS_CRASH[2:]),
    "bugsnag-node/nested": (
        "warning",
        True,
        ("RangeError", "TypeError", "Error"),
        "outer",
        "Object.nested",
        9,
        "  nested() { ",
    ),
    "bugsnag-node/message": (
        "warning",
        True,
        ("DiskWarning",),
        "disk almost full: 91%",
        "Object.message",
        10,
        "  message() { ",
    ),
    "bugsnag-node/session": (
        "warning",
        True,
        ("Error",),
        "in session",
        "Object.session",
        13,
        "  async session() ",
    ),
}
SESSIONS = [
    "bugsnag-python/django.2",
    "bugsnag-python/flask.2",
    "bugsnag-python/session.2",
    "bugsnag-node/express.2",
    "bugsnag-node/session.2",
]
MESSAGES = ["bugsnag-python/logerror.2"]


# level, whether it was handled, what says so, types cause first
BROWSER: dict[str, tuple[Level, bool, str, list[str]]] = {
    "bugsnag-browser/unhandled": (Level.ERROR, False, "unhandledException", ["TypeError", "PaymentError"]),
    "bugsnag-browser/rejection": (
        Level.ERROR,
        False,
        "unhandledPromiseRejection",
        ["TypeError", "PaymentError"],
    ),
    "bugsnag-browser/handled": (Level.WARNING, True, "handledException", ["TypeError", "PaymentError"]),
    "bugsnag-browser/message": (Level.INFO, True, "userCallbackSetSeverity", ["Notice"]),
}


def event_of(name: str) -> Event:
    delivery = captures.load(name).read()
    (event,) = delivery.events
    assert delivery.others == {}
    return event


def test_every_capture_is_expected() -> None:
    assert {*EVENTS, *SESSIONS, *MESSAGES, *BROWSER} == set(captures.names("bugsnag-*"))


@pytest.mark.parametrize("name", EVENTS)
def test_what_was_raised_and_where(name: str) -> None:
    level, handled, types, value, function, line, source = EVENTS[name]
    event = event_of(name)
    raised = event.exceptions[-1]
    crash = raised.frames[-1]

    assert event.problems == ()
    assert (event.level, tuple(one.type for one in event.exceptions)) == (level, types)
    assert raised.value == value
    assert event.title == f"{types[-1]}: {value}"
    assert raised.mechanism is not None
    assert raised.mechanism["handled"] is handled
    assert (crash.function, crash.line, crash.in_app) == (function, line, True)
    assert dict(crash.context)[line].startswith(source)
    assert event.culprit == f"{crash.filename} in {function}"


@pytest.mark.parametrize("name", EVENTS)
def test_by_what_and_where_the_app_ran(name: str) -> None:
    event = event_of(name)
    python = name.startswith("bugsnag-python")

    assert event.project == "abc123" * 5 + "ab"
    assert event.platform == ("python" if python else "node")
    assert event.sdk is not None
    sdk = ("Python Bugsnag Notifier", "4.9.2") if python else ("Bugsnag Node", "9.0.0")
    assert (event.sdk.name, event.sdk.version) == sdk
    assert (event.release, event.environment, event.server_name) == ("1.2.3", "dev", "vm")
    runtime = {"name": "python", "version": "3.11.7"} if python else {"name": "node", "version": "20.20.2"}
    assert event.contexts["runtime"] == runtime
    assert event.timestamp.date() == datetime(2026, 11, 23, tzinfo=UTC).date()
    assert event.timestamp < event.received_at
    version = "4.0" if python else "4"
    assert event.extra["notifier"]["payloadVersion"] == version


@pytest.mark.parametrize("name", SESSIONS)
def test_sessions_are_counted(name: str) -> None:
    capture = captures.load(name)

    assert capture.protocol.name == "bugsnag.sessions"
    assert capture.read().events == ()
    assert capture.read().others == {"session": 1}


def test_frames_run_oldest_first_and_own_code_is_marked() -> None:
    frames = event_of("bugsnag-python/flask").exceptions[-1].frames

    assert [frame.function for frame in frames[-4:]] == [
        "dispatch_request",
        "checkout",
        "checkout",
        "process_order",
    ]
    assert [frame.in_app for frame in frames[-4:]] == [False, True, True, True]
    library, own = frames[-4], frames[-1]
    assert (library.filename, own.filename) == ("flask/app.py", "py_common.py")
    assert library.abs_path == "/srv/webshop/venv/lib/python3.11/site-packages/flask/app.py"
    assert own.abs_path == "/srv/webshop/drivers/py_common.py"
    assert [number for number, _text in own.context] == [19, 20, 21, 22, 23, 24, 25]


def test_columns_and_causes_of_node() -> None:
    cause, raised = event_of("bugsnag-node/unhandled").exceptions

    assert (cause.type, cause.value, cause.frames[-1].function) == ("TypeError", NO_PRICE, "chargeCard")
    assert (raised.frames[-1].line, raised.frames[-1].column) == (14, 21)
    assert raised.frames[0].filename == "node:internal/main/run_main_module"
    assert not raised.frames[0].in_app
    assert cause.mechanism is None


def test_a_qualified_class_is_a_module_and_a_type() -> None:
    cause, raised = event_of("bugsnag-python/unhandled").exceptions

    assert (raised.module, raised.type) == ("py_common", "PaymentError")
    assert (cause.module, cause.type) == (None, "KeyError")


def test_what_the_app_said_itself() -> None:
    event = event_of("bugsnag-python/handled")

    assert event.fingerprint == ("my-fp-1",)
    assert event.transaction == "checkout-job"
    assert event.user == {"id": "42", "name": "Ada", "email": "ada@example.org"}
    assert event.extra["extra"] == {"a": [1, 2]}
    assert event.extra["cart"] == {"items": 2, "password": "[FILTERED]"}
    first, second = event.breadcrumbs
    assert (first.message, first.type, first.data) == (
        "opened cart",
        "navigation",
        {"from": "/", "to": "/cart"},
    )
    assert first.timestamp == datetime(2026, 11, 23, 12, 8, 58, 607000, UTC)
    assert (second.message, second.data) == ("logged in", {})


def test_the_time_is_the_events_own_else_when_it_was_sent() -> None:
    assert event_of("bugsnag-python/handled").timestamp == datetime(2026, 11, 23, 12, 8, 58, tzinfo=UTC)
    assert event_of("bugsnag-node/handled").timestamp == datetime(
        2026, 11, 23, 12, 21, 38, 505000, tzinfo=UTC
    )


def test_feature_flags_are_tags() -> None:
    assert event_of("bugsnag-python/featureflags").tags == {"new-cart": "B"}
    assert event_of("bugsnag-node/handled").tags == {"new-cart": "B"}


def test_a_log_record_without_an_exception_is_a_message() -> None:
    event = event_of("bugsnag-python/logerror.2")

    assert event.exceptions == ()
    assert (event.title, event.message, event.level) == ("careful ada", "careful ada", Level.WARNING)
    assert event.logger == "shop.pay"
    assert event.threads[0].current
    assert event.threads[0].frames[-1].line == 54
    assert event.culprit == "py_bugsnag.py in <module>"
    assert event.problems == ()


def test_the_request_of_flask() -> None:
    event = event_of("bugsnag-python/flask")
    request = event.request

    assert request is not None
    assert (request.method, request.query) == (None, None)
    assert request.url == "http://127.0.0.1:45413/checkout/1042"
    assert request.headers["User-Agent"] == "DriverAgent/1.0 (X11; Linux x86_64)"
    assert request.body == {"card": "4242", "password": "[FILTERED]", "nested": {"k": [1, 2]}}
    assert event.transaction == "POST /checkout/1042"
    assert event.modules == {"flask": "3.1.3"}
    assert event.contexts["app_session"]["events"] == {"handled": 0, "unhandled": 1}
    assert "request" not in event.extra


def test_the_request_of_django() -> None:
    event = event_of("bugsnag-python/django")
    request = event.request

    assert request is not None
    assert request.method == "POST"
    assert request.query == "plan=basic&token=s3cret&a=1&a=2"
    assert request.url == f"http://127.0.0.1:43341/checkout/1042?{request.query}"
    assert request.body == {"card": "4242", "password": "[FILTERED]", "nested": {"k": [1, 2]}}
    assert event.user == {"id": "127.0.0.1"}
    assert "request" not in event.extra


def test_the_request_of_express() -> None:
    event = event_of("bugsnag-node/express")
    request = event.request

    assert request is not None
    assert request.method == "POST"
    assert request.query == "plan=basic&token=s3cret&a=1&a=2"
    assert request.headers["user-agent"] == "DriverAgent/1.0 (X11; Linux x86_64)"
    assert request.body == {"card": "4242", "password": "[REDACTED]", "nested": {"k": [1, 2]}}
    assert event.user == {"id": "42", "name": "Ada", "email": "ada@example.org", "ip_address": "127.0.0.1"}
    assert event.extra["request"].keys() == {"httpVersion", "connection"}
    raised = event.exceptions[-1]
    assert raised.mechanism == {
        "type": "unhandledErrorMiddleware",
        "handled": False,
        "data": {"framework": "Express/Connect"},
    }
    assert event.contexts["os"] == {"name": "linux (x64)", "version": "6.18.44-fc-v657"}
    assert {frame.in_app for frame in raised.frames} == {True, False}


@pytest.mark.parametrize("name", BROWSER)
def test_browsers(name: str) -> None:
    level, handled, reason, types = BROWSER[name]
    event = event_of(name)
    raised = event.exceptions[-1]

    assert event.problems == ()
    assert (event.level, [one.type for one in event.exceptions]) == (level, types)
    assert raised.mechanism == {"type": reason, "handled": handled}
    assert (event.project, event.platform, event.environment) == ("web_shop", "javascript", "production")
    assert event.user == {"id": "7", "name": "ada", "email": "ada@example.com"}
    assert event.extra["cart"] == {"items": 2}
    assert "opened the cart" in [crumb.message for crumb in event.breadcrumbs]
    assert event.timestamp.date() == datetime(2026, 11, 24, tzinfo=UTC).date()
    assert event.request is not None
    assert (event.request.url or "").endswith(f"/#{name.rpartition('/')[2]}")
    assert "HeadlessChrome" in event.request.headers["User-Agent"]
    assert event.contexts["device"]["locale"] == "en-US"
    if types[-1] == "PaymentError":
        crash = raised.frames[-1]
        assert (crash.function, crash.line, crash.column) == ("processOrder", 3347, 13)
        assert crash.abs_path == crash.filename
        assert event.title == "PaymentError: payment failed for order 42"
