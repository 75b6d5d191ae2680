"""Every recorded request of a real Elastic agent, field by field."""

import msgspec
import pytest

from app.model import Event, Frame
from app.protocols.delivery import Delivery
from app.protocols.event import timestamps
from tests.protocols import captures

VALUE = "invalid order 1042: žluťoučký 🐎 <b>&"
TITLE = f"PaymentError: {VALUE}"
COMMON = "/srv/webshop/drivers/py_common.py"


def delivery(case: str) -> Delivery:
    return captures.load(f"elastic-apm-python/{case}").read()


def one(case: str) -> Event:
    (event,) = delivery(case).events
    return event


def calls(frames: tuple[Frame, ...]) -> list[tuple[str | None, int | None]]:
    return [(frame.function, frame.line) for frame in frames if frame.in_app]


REPORTS = captures.names("elastic-apm-python")
INTAKE = [name for name in REPORTS if captures.load(name).protocol.name == "elastic.intake"]


@pytest.mark.parametrize("name", INTAKE)
def test_every_event_says_what_the_metadata_says(name: str) -> None:
    capture = captures.load(name)
    assert capture.accept().project == ""

    read = capture.read()

    assert read.project == "shop"
    for event in read.events:
        assert event.problems == ()
        assert (event.project, event.protocol, event.platform) == ("shop", "elastic.intake", "python")
        assert (event.release, event.environment, event.server_name) == ("1.2.3", "dev", "localhost")
        assert event.sdk is not None
        assert (event.sdk.name, event.sdk.version) == ("python", "6.26.2")
        assert event.contexts["runtime"] == {"name": "CPython", "version": "3.11.7"}
        assert event.contexts["language"] == {"name": "python", "version": "3.11.7"}
        assert event.contexts["os"] == {"name": "linux"}
        assert event.contexts["system"] == {"detected_hostname": "localhost", "architecture": "x86_64"}
        assert event.contexts["agent"] == {"activation_method": "unknown"}
        assert event.contexts["process"].keys() == {"pid", "ppid"}
        assert event.breadcrumbs == ()
        assert event.fingerprint == ()
        assert msgspec.json.decode(msgspec.json.encode(event), type=Event) == event


@pytest.mark.parametrize("case", ["handled", "unhandled", "flask", "django", "fastapi"])
def test_an_exception_with_its_cause(case: str) -> None:
    event = one(case)

    assert event.level == "error"
    assert event.title == TITLE
    assert event.culprit == "py_common.process_order"
    assert event.message is None
    assert event.logger is None
    assert event.threads == ()
    cause, raised = event.exceptions
    assert (cause.type, cause.value, cause.module) == ("KeyError", "'basic'", "builtins")
    assert (cause.mechanism, cause.parent) == (None, None)
    assert calls(cause.frames) == [("process_order", 20), ("charge_card", 14)]
    assert (raised.type, raised.value, raised.module) == ("PaymentError", VALUE, "py_common")
    # What the agent's own middleware for FastAPI has caught it calls handled; the app did not.
    assert raised.mechanism == {"type": "elastic", "handled": case == "handled"}
    assert raised.parent is None
    assert calls(raised.frames)[-2:] == [("checkout", 35), ("process_order", 22)]


def test_a_frame_with_locals_and_source() -> None:
    crash = one("handled").exceptions[0].frames[-1]

    assert (crash.filename, crash.abs_path, crash.module) == ("drivers/py_common.py", COMMON, "py_common")
    assert (crash.function, crash.line, crash.column, crash.in_app) == ("charge_card", 14, None, True)
    assert [number for number, _text in crash.context] == [12, 13, 14, 15, 16]
    assert dict(crash.context)[14] == '    return table["basic"]  # KeyError'
    assert crash.vars["order_id"] == 1042
    assert crash.vars["items"] == [{"sku": "A-1", "qty": 2}, {"sku": "B-2", "qty": 1}]


def test_a_handled_exception() -> None:
    event = one("handled")

    assert event.event_id == "e9fa1248ec3f1ef022614992612a07ca"
    assert event.timestamp == timestamps.parse("2026-11-23T12:15:10.903092Z")
    assert event.user == {"id": "42", "username": "ada", "email": "ada@example.org"}
    assert event.tags == {"plan": "basic"}
    assert event.extra == {"order": 1042, "password": "hunter2"}
    assert event.request is None
    # Its own record has no name yet; the transaction that ended in the same body has.
    assert event.transaction == "checkout-job"
    assert event.contexts["trace"] == {
        "trace_id": "eb799a0808f8b4bc3eefa8cb35e0face",
        "span_id": "3d7aba45eecb890f",
        "transaction_id": "3d7aba45eecb890f",
        "op": "script",
        "sampled": True,
    }
    assert delivery("handled").others == {"transaction": 1}


def test_an_unhandled_exception() -> None:
    event = one("unhandled")

    assert event.event_id == "4ea3144bdecc60e4cc2b5d7c4650fc80"
    assert event.timestamp == timestamps.parse("2026-11-23T12:15:09.844745Z")
    assert (event.transaction, event.user, event.tags, event.extra) == (None, {}, {}, {})
    assert delivery("unhandled").others == {}


TRANSACTIONS = {
    "flask": "POST /checkout/<int:order_id>",
    "django": "POST py_django_urls.checkout_view",
    "fastapi": "POST /checkout/{order_id}",
}


@pytest.mark.parametrize("case", TRANSACTIONS)
def test_an_error_inside_a_web_request(case: str) -> None:
    event = one(case)

    assert event.transaction == TRANSACTIONS[case]
    assert event.contexts["framework"]["name"] == {"fastapi": "starlette"}.get(case, case)
    assert event.contexts["trace"]["op"] == "request"
    request = event.request
    assert request is not None
    port = request.headers["host"].partition(":")[2]
    query = "plan=basic&token=s3cret" + ("" if case == "fastapi" else "&a=1&a=2")
    assert request.method == "POST"
    assert request.url == f"http://127.0.0.1:{port}/checkout/1042?{query}"
    assert request.query == query
    assert request.headers["user-agent"] == "DriverAgent/1.0 (X11; Linux x86_64)"
    assert request.headers["x-request-id"] == "req-77"
    assert request.cookies == {"sessionid": "[REDACTED]", "theme": "dark"}
    assert request.body == '{"card":"4242","password":"hunter2","nested":{"k":[1,2]}}'
    if case != "fastapi":
        assert request.env == {
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": port,
        }
    frames = event.exceptions[-1].frames
    assert {frame.in_app for frame in frames} == {True, False}
    assert not any(frame.in_app for frame in frames if "site-packages" in (frame.abs_path or ""))


def test_messages() -> None:
    plain, formatted = delivery("message").events

    assert (plain.level, plain.message, plain.title) == ("warning", "disk almost full: 91%", plain.message)
    assert plain.extra == {}
    assert (formatted.level, formatted.message) == ("error", "user ada failed")
    assert formatted.extra == {"logentry": {"message": "user %s failed"}}
    for event in (plain, formatted):
        assert event.exceptions == ()
        assert event.logger is None
        assert event.culprit == "__main__.<module>"
        (thread,) = event.threads
        assert thread.current
        assert [frame.function for frame in thread.frames] == ["<module>", "capture_message"]
        assert [frame.in_app for frame in thread.frames] == [True, False]


def test_log_records() -> None:
    line, with_exception = delivery("logerror").events

    assert (line.message, line.title, line.exceptions) == (
        "payment failed for ada",
        "payment failed for ada",
        (),
    )
    assert line.extra["logentry"] == {"message": "payment failed for %s"}
    assert (with_exception.message, with_exception.title) == ("boom ada", TITLE)
    assert with_exception.extra["logentry"] == {"message": "boom %s"}
    assert [raised.type for raised in with_exception.exceptions] == ["KeyError", "PaymentError"]
    for event in (line, with_exception):
        assert (event.level, event.logger) == ("error", "shop.pay")
        assert (event.extra["funcName"], event.extra["threadName"]) == ("<module>", "MainThread")
        assert "message" not in event.extra
        assert "stack_info" not in event.extra
        (thread,) = event.threads
        # The record was made in the app, and went out through logging and the agent.
        assert (thread.frames[0].function, thread.frames[0].in_app) == ("<module>", True)
        assert (thread.frames[-1].function, thread.frames[-1].in_app) == ("_emit", False)


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("transaction", {"span": 1, "transaction": 1}),
        ("flask.2", {"transaction": 1}),
        ("fastapi.2", {"config": 1}),
    ],
)
def test_everything_else_is_counted(name: str, others: dict[str, int]) -> None:
    read = delivery(name)

    assert read.events == ()
    assert read.others == others
    assert read.project == "shop"


def test_the_questions_of_agents_are_no_reports() -> None:
    assert not any("GET" in captures.load(name).head.decode()[:4] for name in REPORTS)
