"""Every recorded request of a real Sentry client is understood without a problem."""

import msgspec
import pytest

from app.protocols.event.failing_frame import choice
from tests.protocols import captures

INVALID_ORDER = "invalid order 1042: žluťoučký 🐎 <b>&"

# level, type and value of the raised exception (or the message), function and line to blame, exceptions
Expected = tuple[str, str | None, str, str | None, int | None, int]
EVENTS: dict[str, Expected] = {
    "browser-lna/sentry11_handled_https": ("fatal", "PaymentError", INVALID_ORDER, "processOrder", 21218, 2),
    "browser-lna/sentry11_handled_name": ("fatal", "PaymentError", INVALID_ORDER, "processOrder", 21218, 2),
    "browser-sentry10/tunnel": ("info", None, "tunnelled", None, None, 0),
    "browser-sentry11/spotlight.2": ("error", "PaymentError", INVALID_ORDER, "processOrder", 21218, 2),
    "browser-sentry11/tunnel": ("info", None, "tunnelled", "Object.tunnel", 21268, 0),
    "sentry-node-7/spotlight.2": ("error", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node/spotlight.2": ("error", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node/spotlight_only": ("error", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node/tunnel": ("info", None, "through tunnel", "Object.tunnel", 42, 0),
    "sentry-python/spotlight_dsn": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/spotlight_only": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/spotlight_only.2": ("info", None, "spot msg", None, None, 0),
    "browser-sentry10/handled": ("fatal", "PaymentError", INVALID_ORDER, "processOrder", 20345, 2),
    "browser-sentry10/message": ("warning", None, "disk almost full: 91%", None, None, 0),
    "browser-sentry10/transaction.4": ("info", None, "in pageload", None, None, 0),
    "browser-sentry10/unhandled": ("error", "PaymentError", INVALID_ORDER, "processOrder", 20345, 2),
    "browser-sentry11/feedback": ("info", None, "It broke", None, None, 0),
    "browser-sentry11/handled": ("fatal", "PaymentError", INVALID_ORDER, "processOrder", 21218, 2),
    "browser-sentry11/message": ("warning", None, "disk almost full: 91%", "Object.message", 21264, 0),
    "browser-sentry11/pii": ("info", None, "pii on", "Object.pii", 21272, 0),
    "browser-sentry11/rejection": ("error", "PaymentError", INVALID_ORDER, "processOrder", 21218, 2),
    "browser-sentry11/spotlight": ("error", "PaymentError", INVALID_ORDER, "processOrder", 21218, 2),
    "browser-sentry11/transaction.4": ("info", None, "in pageload", "?", 21282, 0),
    "browser-sentry11/unhandled": ("error", "PaymentError", INVALID_ORDER, "processOrder", 21218, 2),
    "browser-sentry11/unload": ("info", None, "just before unload", "Object.unload", 21299, 0),
    "raven-python/flask": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "raven-python/handled": ("fatal", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "raven-python/implicit": (
        "fatal",
        "PaymentError",
        "while handling 1042",
        "process_order_implicit",
        30,
        2,
    ),
    "raven-python/logerror.2": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "raven-python/logerror": ("error", None, "payment failed for ada", None, None, 0),
    "raven-python/message.2": ("info", None, "user 'ada' failed", "<module>", 21, 0),
    "raven-python/message": ("warning", None, "disk almost full: 91%", None, None, 0),
    "raven-python/unhandled": ("fatal", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-node/aggregate": ("error", "AggregateError", "many", "Object.aggregate", 19, 3),
    "sentry-node/attachment": ("error", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node/client_report.3": ("info", None, "kept", "Object.client_report", 38, 0),
    "sentry-node/console.2": ("warning", None, "console warn %s x", "Object.console", 43, 0),
    "sentry-node/console": ("error", "Error", "in console", "Object.console", 43, 1),
    "sentry-node/express": ("error", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node/feedback.3": ("info", None, "problem page", "Object.feedback", 36, 0),
    "sentry-node/handled": ("fatal", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node/localvars": ("fatal", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node/message": ("warning", None, "disk almost full: 91%", "Object.message", 20, 0),
    "sentry-node/nested": ("error", "Error", "outer", "Object.nested", 18, 3),
    "sentry-node/nonerror.2": (
        "error",
        "Error",
        "Object captured as exception with keys: foo, n",
        "Object.nonerror",
        16,
        1,
    ),
    "sentry-node/nonerror": ("error", "Error", "just a string", "Object.nonerror", 16, 1),
    "sentry-node/rejection": ("error", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node/session.3": ("error", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node/spotlight": ("error", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node/transaction.3": ("error", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node/unhandled": ("fatal", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node-7/attachment": ("error", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node-7/client_report.2": ("info", None, "kept", None, None, 0),
    "sentry-node-7/express": ("error", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node-7/feedback.2": ("info", None, "problem page", None, None, 0),
    "sentry-node-7/handled": ("fatal", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node-7/localvars": ("fatal", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node-7/message": ("warning", None, "disk almost full: 91%", None, None, 0),
    "sentry-node-7/nested": ("error", "Error", "outer", "Object.nested", 18, 3),
    "sentry-node-7/rejection": ("error", "PaymentError", INVALID_ORDER, "processOrder", 14, 1),
    "sentry-node-7/session.3": ("error", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node-7/spotlight": ("error", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node-7/transaction.3": ("error", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-node-7/unhandled": ("fatal", "PaymentError", INVALID_ORDER, "processOrder", 14, 2),
    "sentry-python/asyncio": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/attach_stacktrace": ("info", None, "with stack", "<module>", 54, 0),
    "sentry-python/attachment": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/br": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/checkin.4": ("error", None, "Check-in failed: deco", None, None, 0),
    "sentry-python/checkin.5": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/client_report.2": ("info", None, "kept", None, None, 0),
    "sentry-python/django": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/envdsn": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/fastapi": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/feedback.2": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/flask": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/group": ("error", "ExceptionGroup", "many", "<module>", 110, 5),
    "sentry-python/gzip": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/handled": ("fatal", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/implicit": (
        "error",
        "PaymentError",
        "while handling 1042",
        "process_order_implicit",
        30,
        2,
    ),
    "sentry-python/logerror.2": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/logerror": ("error", None, "payment failed for ada (42)", None, None, 0),
    "sentry-python/logs.2": ("error", None, "std error y", None, None, 0),
    "sentry-python/message": ("warning", None, "disk almost full: 91%", None, None, 0),
    "sentry-python/otlp": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/path_prefix": ("info", None, "prefixed", None, None, 0),
    "sentry-python/pii": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/plain": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/session_manual.2": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/spanstream.2": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/spotlight_dsn.2": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/thread": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/transaction.2": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python/unhandled": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python-1.45/attachment": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python-1.45/checkin.4": ("error", None, "Check-in failed: deco", None, None, 0),
    "sentry-python-1.45/checkin.5": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python-1.45/client_report.2": ("info", None, "kept", None, None, 0),
    "sentry-python-1.45/flask": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python-1.45/handled": ("fatal", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python-1.45/implicit": (
        "error",
        "PaymentError",
        "while handling 1042",
        "process_order_implicit",
        30,
        2,
    ),
    "sentry-python-1.45/logerror.2": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python-1.45/logerror": ("error", None, "payment failed for ada (42)", None, None, 0),
    "sentry-python-1.45/message": ("warning", None, "disk almost full: 91%", None, None, 0),
    "sentry-python-1.45/thread": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python-1.45/transaction.2": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
    "sentry-python-1.45/unhandled": ("error", "PaymentError", INVALID_ORDER, "process_order", 22, 2),
}
OTHERS = {
    "sentry-node-7/checkin": "check_in",
    "sentry-node-7/express.2": "transaction",
    "sentry-node-7/metrics1": "statsd",
    "sentry-node-7/session.2": "session",
    "sentry-python/client_report": "client_report",
    "sentry-python/flask.2": "sessions",
    "sentry-python/logs": "log",
    "sentry-python/metrics": "trace_metric",
    "sentry-python/spanstream": "span",
}


SENTRY = [
    name
    for clients in ("*sentry*", "raven-*", "browser-lna")
    for name in captures.names(clients)
    if captures.load(name).protocol.name.startswith("sentry.")
]


@pytest.mark.parametrize("name", EVENTS)
def test_events(name: str) -> None:
    level, kind, value, function, line, count = EVENTS[name]

    (event,) = captures.load(name).read().events

    assert event.problems == ()
    assert event.level == level
    assert len(event.exceptions) == count
    if event.exceptions:
        assert (event.exceptions[-1].type, event.exceptions[-1].value) == (kind, value)
        assert event.title == f"{kind}: {value}"
    else:
        assert event.message == event.title == value
    blamed = choice.of_event(event)
    assert (blamed and blamed.function, blamed and blamed.line) == (function, line)
    assert event.project == ("shop" if "spotlight_only" in name else "abc123")
    assert event.release in {"shop@1.2.3", "shop@env"}
    assert msgspec.json.decode(msgspec.json.encode(event), type=type(event)) == event


QUIET_LOGS = {"browser-sentry11/logs": 0, "sentry-node/logs": 2, "sentry-python/logs": 3}
LOGS = {"browser-sentry11/logs": "browser log", "sentry-node/logs": "bad 3", "sentry-python/logs": "bad 3"}


@pytest.mark.parametrize(("name", "title"), sorted(LOGS.items()))
def test_a_log_of_an_error_is_an_event_unless_it_came_as_one(name: str, title: str) -> None:
    delivery = captures.load(name).read()

    assert [event.title for event in delivery.events] == [title]
    assert delivery.others.get("log", 0) == QUIET_LOGS[name]


@pytest.mark.parametrize("name", captures.cases(sorted(set(SENTRY) - set(EVENTS) - set(LOGS))))
def test_everything_else_is_no_event(name: str) -> None:
    delivery = captures.load(name).read()

    assert delivery.events == ()
    assert delivery.others or delivery.feedback
    if name in OTHERS:
        assert delivery.others == {OTHERS[name]: 1}


@pytest.mark.parametrize(
    "name", captures.cases(name for name in EVENTS if "checkin.4" not in name and "message.2" not in name)
)
def test_the_answer_names_the_event(name: str) -> None:
    capture = captures.load(name)
    accepted = capture.accept()

    (event,) = capture.protocol.read(
        captures.report_of(capture.protocol.name, accepted), capture.body()
    ).events

    assert event.event_id == accepted.event_id


def test_a_python_event_is_whole() -> None:
    (event,) = captures.load("sentry-python/pii").read().events

    cause, raised = event.exceptions
    assert (cause.type, raised.type) == ("KeyError", "PaymentError")
    assert [frame.function for frame in raised.frames if frame.in_app] == [
        "checkout",
        "checkout",
        "process_order",
    ]
    crash = raised.frames[-1]
    assert (crash.filename, crash.module, crash.abs_path) == (
        "py_common.py",
        "py_common",
        "/srv/webshop/drivers/py_common.py",
    )
    assert dict(crash.context)[22].strip().startswith("raise PaymentError(")
    assert [number for number, _text in crash.context] == list(range(17, 28))
    assert crash.vars["order_id"] == "1042"
    assert event.request is not None
    assert event.request.method == "POST"
    assert event.request.url is not None
    assert event.request.url.endswith("/checkout/1042")
    assert event.request.query == "plan=basic&token=s3cret"
    assert event.request.headers["user-agent"] == "DriverAgent/1.0 (X11; Linux x86_64)"
    assert event.transaction == event.culprit == "/checkout/{order_id}"
    assert event.platform == "python"
    assert event.sdk is not None
    assert event.sdk.version == "2.75.0"
    assert event.modules["sentry-sdk"] == "2.75.0"


def test_a_tree_of_exceptions_names_parents() -> None:
    (group,) = captures.load("sentry-python/group").read().events
    (aggregate,) = captures.load("sentry-node/aggregate").read().events

    assert [raised.type for raised in group.exceptions][-1] == "ExceptionGroup"
    # The client says 4, the group, of the two causes as well.
    assert [raised.parent for raised in group.exceptions] == [1, 2, 4, 4, None]
    assert group.exceptions[-1].parent is None
    assert [raised.parent for raised in aggregate.exceptions] == [2, 2, None]


def test_a_synthetic_exception_is_a_message_with_its_stack() -> None:
    (event,) = captures.load("sentry-node/message").read().events

    assert event.exceptions == ()
    assert event.message == "disk almost full: 91%"
    (thread,) = event.threads
    assert thread.current
    assert thread.frames[-1].function == "Object.message"


def test_breadcrumbs_of_both_shapes() -> None:
    (python,) = captures.load("sentry-python/handled").read().events
    (node,) = captures.load("sentry-node/handled").read().events

    for event in (python, node):
        assert event.breadcrumbs
        assert all(crumb.timestamp is not None for crumb in event.breadcrumbs)
        assert event.tags
        assert event.user["email"] == "ada@example.org"


def test_a_message_template_is_preserved_for_grouping() -> None:
    (event,) = captures.load("sentry-python/logerror").read().events

    assert event.message == "payment failed for ada (42)"
    assert event.extra["logentry"]["message"] == "payment failed for %s (%d)"


def test_attachments_go_with_their_event() -> None:
    delivery = captures.load("sentry-python/attachment").read()

    (event,) = delivery.events
    assert [info.filename for info in event.attachments] == ["log.bin", "att.txt", "state.json"]
    assert {file.event_id for file in delivery.attachments} == {event.event_id}
    assert delivery.attachments[0].content == b"hello\n\x00\xff binary"
    assert delivery.attachments[1].content == b"from a file\nline2\n"


def test_feedback_goes_with_its_event() -> None:
    from_node = captures.load("sentry-node/feedback").read()
    from_python = captures.load("sentry-python/feedback").read()

    assert from_node.events == from_python.events == ()
    assert [said.event_id for said in from_node.feedback] == ["cfc85d2b4c23481a8ef24a818c4ced09"]
    assert [said.event_id for said in from_python.feedback] == ["20fd8183b67d49e9906854a37b343450"]
    for delivery in (from_node, from_python):
        feedback = delivery.feedback[0].feedback
        assert (feedback.name, feedback.email, feedback.comments) == ("Ada", "ada@example.org", "It broke")


def test_feedback_about_nothing_is_an_event() -> None:
    delivery = captures.load("browser-sentry11/feedback").read()

    (event,) = delivery.events
    assert (event.title, event.level) == ("It broke", "info")
    assert event.feedback == (delivery.feedback[0].feedback,)
