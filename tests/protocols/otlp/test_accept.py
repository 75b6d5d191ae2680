import pytest

from app.protocols import table
from app.protocols.otlp import accept
from tests.protocols import captures

PROTOBUF = b"\n\x00"


@pytest.mark.parametrize(
    ("path", "name", "project"),
    [
        ("/v1/traces", "otlp.traces", ""),
        ("/v1/logs/", "otlp.logs", ""),
        ("/my_app/v1/trace", "otlp.traces", "my_app"),
        ("/v1/metrics", "otlp.metrics", ""),
        ("/my_app/v1/traces", "otlp.traces", "my_app"),
        ("/some/prefix/my_app/v1/logs", "otlp.logs", "my_app"),
        ("/api/1/integration/otlp/v1/traces/", "otlp.traces", ""),
        ("/prefix/api/1/integration/otlp/v1/logs", "otlp.logs", ""),
    ],
)
def test_routes(path: str, name: str, project: str) -> None:
    protocol, request = captures.arrival(path, PROTOBUF, {"x-api-key": "secret"})

    assert (protocol.name, protocol.accept(request).project) == (name, project)


@pytest.mark.parametrize(
    "header",
    [
        "Sentry sentry_key=shop, sentry_version=7",
        'Sentry sentry_version=7,sentry_key="shop"',
        "sentry_key=shop",
    ],
)
def test_the_key_of_a_sentry_dsn(header: str) -> None:
    path = "/api/1/integration/otlp/v1/traces/"

    protocol, request = captures.arrival(path, PROTOBUF, {"x-sentry-auth": header})

    assert protocol.accept(request).project == "shop"


@pytest.mark.parametrize(
    ("told", "body", "answered"),
    [
        ("application/json", b"{}", b"application/json"),
        ("application/json; charset=utf-8", b"{}", b"application/json"),
        ("application/x-protobuf", PROTOBUF, b"application/x-protobuf"),
        ("application/x-protobuf", b"", b"application/x-protobuf"),
        (None, b"{}", b"application/json"),
        (None, PROTOBUF, b"application/x-protobuf"),
    ],
)
def test_the_answer_is_in_the_encoding_of_the_request(told: str | None, body: bytes, answered: bytes) -> None:
    headers = {"content-type": told} if told else {}
    protocol, request = captures.arrival("/v1/traces", body, headers)

    answer = protocol.answer(protocol.accept(request))

    assert (answer.status, answer.content_type) == (200, answered)
    assert answer.body == (b"{}" if b"json" in answered else b"")


def test_metrics_are_counted_and_not_read() -> None:
    report = captures.report_of("otlp.metrics", table.Accepted("", "a" * 32))

    assert accept.read_metrics(report, b"anything").others == {"metric": 1}
