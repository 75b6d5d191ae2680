"""Every recorded request of a real Rollbar notifier is understood without a problem."""

from datetime import UTC, datetime

import pytest

from app.model import Event, Level
from tests.protocols import captures

INVALID_ORDER = "invalid order 1042: žluťoučký 🐎 <b>&"
NO_PRICE = "Cannot read properties of undefined (reading 'price')"

# level, handled, types cause first, value of the raised exception, its function, line and column, its source
Expected = tuple[str, bool | None, tuple[str, ...], str, str, int, int | None, str]
PY_RAISE = (
    'raise PaymentError("invalid order %d: \\u017elu\\u...\\u010dk\\u00fd \\U0001f40e <b>&" '
    "% order_id) from e"
)
JS_THROW = (
    "  catch (e) { throw new PaymentError(`invalid order ${orderId}: žluťoučký 🐎 <b>&`, { cause: e }); }"
)
PYTHON: Expected = (
    "error",
    None,
    ("KeyError", "PaymentError"),
    INVALID_ORDER,
    "process_order",
    22,
    None,
    PY_RAISE,
)
NODE: Expected = (
    "error",
    False,
    ("TypeError", "PaymentError"),
    INVALID_ORDER,
    "processOrder",
    14,
    21,
    JS_THROW,
)
NESTED = (
    "  nested() { const r = mk(); r.error('with a message', "
    "new Error('outer', { cause: new TypeError('inner') })); },"
)
EVENTS: dict[str, Expected] = {
    "rollbar-python/unhandled": PYTHON,
    "rollbar-python/flask": PYTHON,
    "rollbar-python/django": PYTHON,
    "rollbar-python/fastapi": PYTHON,
    "rollbar-python/logerror.3": PYTHON,
    "rollbar-python/handled": ("fatal", *PYTHON[1:]),
    "rollbar-python/implicit": (
        "error",
        None,
        ("KeyError", "PaymentError"),
        "while handling 1042",
        "process_order_implicit",
        30,
        None,
        'raise PaymentError("while handling %d" % order_id)',
    ),
    "rollbar-node/unhandled": NODE,
    "rollbar-node/rejection": NODE,
    "rollbar-node/express": ("error", None, *NODE[2:]),
    "rollbar-node/handled": ("fatal", True, *NODE[2:]),
    "rollbar-node/nested": (
        "error",
        True,
        ("TypeError", "Error"),
        "outer",
        "Object.nested",
        10,
        56,
        NESTED,
    ),
}
MESSAGES = {
    "rollbar-python/message": ("disk almost full: 91%", Level.WARNING),
    "rollbar-python/logerror": ("careful ada", Level.WARNING),
    "rollbar-python/logerror.2": ("payment failed for ada", Level.ERROR),
    "rollbar-node/message": ("disk almost full: 91%", Level.WARNING),
}


# level, and whether it was handled
BROWSER: dict[str, tuple[Level, bool | None]] = {
    "rollbar-browser/unhandled": (Level.ERROR, False),
    "rollbar-browser/rejection": (Level.ERROR, False),
    "rollbar-browser/handled": (Level.ERROR, True),
    "rollbar-browser/message": (Level.WARNING, None),
}


def event_of(name: str) -> Event:
    delivery = captures.load(name).read()
    (event,) = delivery.events
    assert delivery.others == {}
    assert event.problems == ()
    return event


def test_every_capture_is_expected() -> None:
    assert {*EVENTS, *MESSAGES, *BROWSER} == set(captures.names("rollbar-*"))


@pytest.mark.parametrize("name", EVENTS)
def test_what_was_raised_and_where(name: str) -> None:
    level, handled, types, value, function, line, column, source = EVENTS[name]
    event = event_of(name)
    raised = event.exceptions[-1]
    crash = raised.frames[-1]

    assert (event.level, tuple(one.type for one in event.exceptions)) == (level, types)
    assert raised.value == value
    assert event.title == f"{types[-1]}: {value}"
    assert raised.mechanism is not None
    assert raised.mechanism.get("handled") is handled
    assert (crash.function, crash.line, crash.column, crash.in_app) == (function, line, column, True)
    assert dict(crash.context)[line] == source
    assert event.culprit == f"{crash.filename} in {function}"


@pytest.mark.parametrize("name", MESSAGES)
def test_messages(name: str) -> None:
    event = event_of(name)

    assert (event.message, event.level) == MESSAGES[name]
    assert event.title == event.message
    assert (event.exceptions, event.culprit) == ((), None)


@pytest.mark.parametrize("name", [*EVENTS, *MESSAGES])
def test_by_what_and_where_the_app_ran(name: str) -> None:
    event = event_of(name)
    python = name.startswith("rollbar-python")

    assert (event.project, event.platform) == ("abc123", "python" if python else "node")
    assert event.sdk is not None
    sdk = ("pyrollbar", "1.5.0") if python else ("node_rollbar", "3.1.0")
    assert (event.sdk.name, event.sdk.version) == sdk
    assert (event.environment, event.server_name) == ("dev", "vm")
    assert event.release == (None if "logerror" in name else "1.2.3")
    assert event.contexts["server"]["argv"]
    if python:
        assert event.contexts["runtime"] == {"name": "python", "version": "3.11.7"}
    own_id = captures.load(name).accept().event_id
    assert event.event_id == own_id
    assert event.timestamp.date() == datetime(2026, 11, 23, tzinfo=UTC).date()
    assert event.timestamp < event.received_at


def test_frames_run_oldest_first_and_own_code_is_marked() -> None:
    frames = event_of("rollbar-python/flask").exceptions[-1].frames

    assert [frame.function for frame in frames] == [
        "wsgi_app",
        "full_dispatch_request",
        "full_dispatch_request",
        "dispatch_request",
        "checkout",
        "checkout",
        "process_order",
    ]
    assert [frame.in_app for frame in frames] == [False] * 4 + [True] * 3
    library, own = frames[0], frames[-1]
    assert library.filename == "/srv/webshop/venv/lib/python3.11/site-packages/flask/app.py"
    assert (own.filename, own.abs_path) == ("py_common.py", "/srv/webshop/drivers/py_common.py")
    assert own.vars == {"order_id": 1042, "amount": 12.5}


def test_the_cause_comes_first_with_its_locals() -> None:
    cause, raised = event_of("rollbar-python/unhandled").exceptions

    assert (cause.type, cause.value, cause.frames[-1].function) == ("KeyError", "'basic'", "charge_card")
    assert cause.frames[-1].vars["items"] == [{"sku": "A-1", "qty": 2}, {"sku": "B-2", "qty": 1}]
    assert (cause.mechanism, raised.mechanism) == (None, {"type": "rollbar"})


def test_source_lines_around_a_frame_of_node() -> None:
    cause, _raised = event_of("rollbar-node/unhandled").exceptions

    assert (cause.value, cause.frames[0].in_app) == (NO_PRICE, False)
    assert [number for number, _text in cause.frames[-1].context] == [6, 7, 8, 9, 10, 11, 12]
    assert dict(cause.frames[-1].context)[9] == "  return table.basic.price; // TypeError"


def test_what_the_app_said_itself() -> None:
    event = event_of("rollbar-python/handled")

    assert event.fingerprint == ("my-fp-1",)
    assert event.transaction == "checkout-job"
    assert event.user == {"id": "42", "username": "ada", "email": "ada@example.org"}
    assert event.tags == {"a": "true", "b": "true"}
    assert event.extra == {
        "cart": {"items": 2},
        "password": "*******",
        "plan": "basic",
        "title": "Custom title",
    }
    assert event.timestamp == datetime(2026, 11, 23, 12, 8, 45, tzinfo=UTC)


def test_custom_data_of_node_is_there_once() -> None:
    event = event_of("rollbar-node/handled")

    assert event.extra.keys() == {"order", "password", "plan", "notifier"}
    assert event.extra["notifier"].keys() == {"configured_options", "diagnostic"}
    assert event.user == {"id": "42", "username": "ada", "email": "ada@example.org"}
    (crumb,) = event.breadcrumbs
    assert (crumb.message, crumb.type, crumb.level, crumb.data) == ("opened cart", "manual", "info", {})
    assert crumb.timestamp == datetime(2026, 11, 23, 12, 18, 37, 49000, UTC)
    assert event_of("rollbar-python/message").extra == {"disk": "/dev/sda"}


def test_what_was_said_with_an_error_is_the_message() -> None:
    assert event_of("rollbar-node/nested").message == "with a message"
    assert event_of("rollbar-python/logerror.3").message == "boom ada"
    assert "exception" not in event_of("rollbar-python/logerror.3").extra


def test_log_records_before_are_breadcrumbs() -> None:
    event = event_of("rollbar-python/logerror.3")

    assert event.logger == "shop.pay"
    assert [crumb.message for crumb in event.breadcrumbs] == ["careful ada", "payment failed for ada"]
    first = event.breadcrumbs[0]
    assert first.data == {"args": ["ada"], "uuid": "4c378b00-2a7f-46e4-baba-6ecc3cc07147"}
    assert first.timestamp == datetime(2026, 11, 23, 12, 8, 55, 427415, UTC)
    assert "history" not in event.contexts["server"]
    assert event.extra.keys() == {"args", "record"}


@pytest.mark.parametrize(
    ("name", "transaction", "framework", "ip", "has_body"),
    [
        ("flask", "/checkout/<int:order_id>", {"name": "flask"}, "203.0.113.9", True),
        ("django", "checkout", {"name": "django"}, "203.0.113.9", False),
        ("fastapi", None, {"name": "fastapi", "version": "0.165.0"}, "203.0.113.9", False),
    ],
)
def test_requests_of_python(
    name: str, transaction: str | None, framework: dict[str, str], ip: str, has_body: bool
) -> None:
    event = event_of(f"rollbar-python/{name}")
    request = event.request

    assert request is not None
    assert request.method == "POST"
    assert (request.query or "").startswith("plan=basic&token=s3cret")
    assert (request.url or "").endswith(f"/checkout/1042?{request.query}")
    headers = {key.lower(): value for key, value in request.headers.items()}
    assert headers["user-agent"] == "DriverAgent/1.0 (X11; Linux x86_64)"
    body = {"card": "4242", "password": "***", "nested": {"k": [1, 2]}}
    assert request.body == (body if has_body else None)
    assert event.transaction == transaction
    assert event.contexts["framework"] == framework
    assert event.user["ip_address"] == ip
    rest = {"request": {"params": {"order_id": "1042"}}} if name == "fastapi" else {}
    assert event.extra == rest


def test_the_request_of_express() -> None:
    event = event_of("rollbar-node/express")
    request = event.request

    assert request is not None
    assert (request.method, request.query) == ("POST", "plan=basic&token=********&a=1&a=2")
    assert request.body == {"card": "4242", "password": "********", "nested": {"k": [1, 2]}}
    assert request.headers["user-agent"] == "DriverAgent/1.0 (X11; Linux x86_64)"
    assert event.user == {"ip_address": "127.0.0.1"}
    assert event.transaction == "/checkout/:orderId"
    assert {frame.in_app for frame in event.exceptions[-1].frames} == {True, False}


@pytest.mark.parametrize("name", BROWSER)
def test_browsers(name: str) -> None:
    event = event_of(name)
    handled = (event.exceptions[-1].mechanism or {}).get("handled") if event.exceptions else None

    assert (event.level, handled) == BROWSER[name]
    assert (event.project, event.platform) == ("web_shop", "javascript")
    assert (event.release, event.environment, event.transaction) == ("1.2.3", "test", None)
    assert event.user == {"id": "7", "username": "ada", "email": "ada@example.com", "ip_address": "127.0.0.1"}
    assert event.extra["cart"] == {"items": 2}
    assert event.breadcrumbs[0].message == "opened the cart"
    assert event.timestamp.date() == datetime(2026, 11, 24, tzinfo=UTC).date()
    assert event.request is not None
    assert (event.request.url or "").endswith(f"/#{name.rpartition('/')[2]}")
    assert "HeadlessChrome" in event.request.headers["User-Agent"]
    assert event.sdk is not None
    assert (event.sdk.name, event.sdk.version) == ("rollbar-browser-js", "3.1.0")


def test_what_browsers_raise() -> None:
    for name in ("unhandled", "rejection", "handled"):
        event = event_of(f"rollbar-browser/{name}")
        cause, raised = event.exceptions
        assert (cause.type, cause.frames[-1].function) == ("TypeError", "chargeCard")
        assert event.title == "PaymentError: payment failed for order 42"
        assert [frame.function for frame in raised.frames[-2:]] == ["checkout", "processOrder"]
        assert (raised.frames[-1].line, raised.frames[-1].column) == (6052, 13)
        assert event.message is None
    assert event_of("rollbar-browser/message").message == "the cart is empty"
