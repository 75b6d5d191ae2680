"""Every recorded request of a real OpenTelemetry SDK, field by field."""

import msgspec
import pytest

from app.model import Event, ExceptionInfo
from app.protocols.delivery import Delivery
from app.protocols.event import timestamps
from tests.protocols import captures

VALUE = "invalid order 1042: žluťoučký 🐎 <b>&"
TITLE = f"PaymentError: {VALUE}"
COMMON = "/srv/webshop/drivers/py_common.py"


def delivery(name: str) -> Delivery:
    return captures.load(name).read()


def one(name: str) -> Event:
    (event,) = delivery(name).events
    return event


def own_calls(raised: ExceptionInfo) -> list[tuple[str | None, int | None]]:
    return [(frame.function, frame.line) for frame in raised.frames if frame.in_app]


OTLP = [
    name
    for client in ("otel-python", "otel-node", "sentry-python")
    for name in captures.names(client)
    if captures.load(name).protocol.name.startswith("otlp.")
]
PYTHON_SPANS = ["handled", "handled_gzip", "unhandled", "flask"]


@pytest.mark.parametrize("name", OTLP)
def test_every_request_is_read_without_a_problem(name: str) -> None:
    capture = captures.load(name)
    accepted = capture.accept()
    assert accepted.project == ("abc123" if name.startswith("sentry") else "")

    answer = capture.protocol.answer(accepted)

    told = dict(capture.arrival.headers)[b"content-type"]
    assert (answer.status, answer.content_type) == (200, told)
    assert answer.body == (b"{}" if told == b"application/json" else b"")
    for event in capture.read().events:
        assert event.problems == ()
        assert event.protocol == capture.protocol.name
        assert event.project == ("abc123" if name.startswith("sentry") else "shop")
        assert msgspec.json.decode(msgspec.json.encode(event), type=Event) == event


@pytest.mark.parametrize("name", OTLP)
def test_what_is_sent_again_has_the_same_ids(name: str) -> None:
    capture = captures.load(name)
    ids = [event.event_id for event in capture.read().events]

    again = [event.event_id for event in capture.read().events]

    assert ids == again
    assert len({*ids}) == len(ids)


@pytest.mark.parametrize("case", PYTHON_SPANS)
def test_an_exception_on_a_span_of_python(case: str) -> None:
    event = one(f"otel-python/{case}")

    assert event.title == TITLE
    assert event.culprit == f"{COMMON} in process_order"
    assert (event.level, event.message, event.logger) == ("error", None, None)
    assert (event.platform, event.release, event.environment) == ("python", "1.2.3", "dev")
    assert event.sdk is not None
    assert (event.sdk.name, event.sdk.version) == ("opentelemetry", "1.45.2")
    cause, raised = event.exceptions
    assert (cause.type, cause.value, cause.mechanism) == ("KeyError", "'basic'", None)
    assert own_calls(cause) == [("process_order", 20), ("charge_card", 14)]
    assert (raised.type, raised.value, raised.module) == ("PaymentError", VALUE, "py_common")
    assert own_calls(raised)[-2:] == [("checkout", 35), ("process_order", 22)]
    # Python's SDK says "False" of every exception, so nothing is known.
    assert raised.mechanism == {"type": "opentelemetry", "escaped": "False"}
    assert {frame.in_app for frame in raised.frames} == (
        {True} if case.startswith("handled") else {True, False}
    )
    crash = cause.frames[-1]
    assert (crash.filename, crash.abs_path) == (COMMON, COMMON)
    assert crash.context == ((14, 'return table["basic"]  # KeyError'),)
    assert len(event.contexts["trace"]["trace_id"]) == 32
    assert len(event.contexts["trace"]["span_id"]) == 16
    assert event.contexts["resource"].keys() == {"service.instance.id"}
    assert delivery(f"otel-python/{case}").others == {}


@pytest.mark.parametrize("case", ["handled", "handled_gzip"])
def test_a_span_is_the_context_of_its_exception(case: str) -> None:
    event = one(f"otel-python/{case}")

    assert event.transaction == "POST /checkout"
    assert event.user == {"id": "42"}
    assert event.extra == {"order": 1042}
    assert event.tags == {}
    assert event.request is not None
    assert (event.request.method, event.request.url) == ("POST", "http://shop.test/checkout?x=1")
    assert event.request.query == "x=1"
    assert event.request.headers == {"User-Agent": "UA/1"}
    assert event.contexts["response"] == {"status_code": 500}
    assert event.contexts["scope"] == {"name": "shop.tracer", "version": "0.1"}
    (crumb,) = event.breadcrumbs
    assert (crumb.category, crumb.message, crumb.data) == ("breadcrumb", "opened cart", {})
    assert crumb.timestamp is not None
    assert crumb.timestamp < event.timestamp


def test_the_span_itself() -> None:
    event = one("otel-python/handled")

    assert event.timestamp == timestamps.parse("2026-11-23T12:13:58.579023Z")
    assert event.contexts["trace"] == {
        "trace_id": "4fe4587cfefcf0b853ddaf23caa35832",
        "span_id": "c159ec1b8e90a215",
        "flags": 256,
    }
    assert event.contexts["span"] == {
        "kind": "server",
        "status": "error",
        "status_message": VALUE,
        "start": "2026-11-23T12:13:58.578086Z",
        "end": "2026-11-23T12:13:58.579063Z",
    }


@pytest.mark.parametrize(
    ("case", "transaction", "kind"),
    [("unhandled", "checkout-job", "internal"), ("flask", "POST /checkout/<int:order_id>", "server")],
)
def test_spans_without_attributes(case: str, transaction: str, kind: str) -> None:
    event = one(f"otel-python/{case}")

    assert event.transaction == transaction
    assert event.contexts["span"]["kind"] == kind
    assert event.request is None
    assert (event.tags, event.extra, event.user, event.breadcrumbs) == ({}, {}, {}, ())


@pytest.mark.parametrize("case", ["logs", "logs_json"])
def test_log_records_of_python(case: str) -> None:
    delivered = delivery(f"otel-python/{case}")
    line, with_exception = delivered.events

    assert delivered.others == {"log": 1}
    assert (line.message, line.title, line.exceptions) == ("payment failed for ada",) * 2 + ((),)
    assert line.extra == {"order": 1042}
    (thread,) = line.threads
    (place,) = thread.frames
    assert (place.abs_path, place.function, place.line, place.in_app) == (
        "/srv/webshop/drivers/py_otel.py",
        "<module>",
        43,
        True,
    )
    assert (with_exception.message, with_exception.title) == ("boom ada", TITLE)
    assert [raised.type for raised in with_exception.exceptions] == ["KeyError", "PaymentError"]
    assert with_exception.exceptions[-1].module == "py_common"
    assert own_calls(with_exception.exceptions[-1])[-1] == ("process_order", 22)
    assert with_exception.extra == {"logged_at": "/srv/webshop/drivers/py_otel.py:45 in <module>"}
    for event in (line, with_exception):
        assert (event.level, event.logger, event.platform) == ("error", "shop.pay", "python")
        assert event.contexts["trace"].keys() == {"trace_id", "span_id", "flags"}
        assert (event.release, event.environment) == ("1.2.3", "dev")


@pytest.mark.parametrize(
    ("name", "others"),
    [("message", {"log": 1}), ("logs.2", {"span": 1}), ("logs_json.2", {"span": 1})],
)
def test_everything_else_is_counted(name: str, others: dict[str, int]) -> None:
    delivered = delivery(f"otel-python/{name}")

    assert (delivered.events, delivered.others, delivered.project) == ((), others, "shop")


@pytest.mark.parametrize("case", ["handled_json", "handled_json_gzip", "handled_proto"])
def test_an_exception_on_a_span_of_node(case: str) -> None:
    event = one(f"otel-node/{case}")

    # The SDK takes the error's code for its type.
    assert event.title == f"E_PAY: {VALUE}"
    assert event.extra == {"exception.class": "PaymentError"}
    (raised,) = event.exceptions
    assert (raised.type, raised.value, raised.module) == ("E_PAY", VALUE, None)
    assert raised.mechanism == {"type": "opentelemetry"}
    assert own_calls(raised)[-2:] == [("checkout", 18), ("processOrder", 14)]
    assert raised.frames[-1].column == 21
    assert {frame.in_app for frame in raised.frames} == {True, False}
    assert (event.platform, event.release, event.transaction) == ("node", "1.2.3", "POST /checkout")
    assert event.sdk is not None
    assert (event.sdk.name, event.sdk.version) == ("OTel-OTLP-Exporter-JavaScript", "0.223.1")
    assert event.user == {"id": "42"}
    assert event.request is not None
    assert (event.request.method, event.request.url) == ("POST", "http://shop.test/checkout")
    assert event.contexts["span"]["kind"] == "server"


def test_both_encodings_of_node_say_the_same() -> None:
    as_json, as_protobuf = one("otel-node/handled_json"), one("otel-node/handled_proto")
    own = ("event_id", "timestamp", "exceptions", "contexts")

    assert {name: getattr(as_json, name) for name in Event.__struct_fields__ if name not in own} == {
        name: getattr(as_protobuf, name) for name in Event.__struct_fields__ if name not in own
    }


def test_a_log_record_of_node() -> None:
    event = one("otel-node/logs_json")

    assert (event.message, event.title) == ("payment failed", TITLE)
    assert (event.logger, event.level, event.platform) == ("shop.pay", "error", "node")
    (raised,) = event.exceptions
    assert (raised.type, raised.value) == ("PaymentError", VALUE)
    assert own_calls(raised)[-1] == ("processOrder", 14)
    assert event.tags == {"event.name": "app.crash", "flag": "true"}
    assert event.extra == {"n": 1, "arr": ["a", "b"], "obj": {"k": {"d": 1.5}}}


def test_sentrys_route_takes_the_key_of_the_dsn() -> None:
    event = one("sentry-python/otlp.2")

    assert (event.project, event.title, event.transaction) == ("abc123", TITLE, "work")
    assert event.contexts["resource"]["service.name"] == "unknown_service:python"
