"""OTLP's protobuf loses its secrets and stays what it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue, KeyValueList
from opentelemetry.proto.logs.v1.logs_pb2 import LogRecord, ResourceLogs, ScopeLogs

from app.preferences import ScrubPattern
from app.scrub import otlp_body, report_body, rules
from app.scrub.unsearchable import Unsearchable
from app.scrub.values import Scrubber

RULES = rules.made([ScrubPattern(pattern="K-[0-9]+")])
HEAD = b"POST /v1/logs HTTP/1.1\r\ncontent-type: application/x-protobuf"


def text(value: str) -> AnyValue:
    return AnyValue(string_value=value)


def request(*attributes: KeyValue, body: str = "order K-12") -> bytes:
    record = LogRecord(body=text(body), attributes=attributes, trace_id=b"\x01" * 16, severity_text="ERROR")
    scope = ScopeLogs(log_records=[record])
    return ExportLogsServiceRequest(resource_logs=[ResourceLogs(scope_logs=[scope])]).SerializeToString()


def scrubbed(body: bytes) -> LogRecord:
    clean = report_body.scrub(HEAD, body, RULES, limit=1 << 20)
    return ExportLogsServiceRequest.FromString(clean.body).resource_logs[0].scope_logs[0].log_records[0]


def test_texts_and_attributes_lose_their_secrets() -> None:
    nested = AnyValue(kvlist_value=KeyValueList(values=[KeyValue(key="api_key", value=text("hunter2"))]))
    listed = AnyValue(array_value=ArrayValue(values=[text("K-1"), AnyValue(bytes_value=b"password=hunter2")]))
    attributes = (
        KeyValue(key="password", value=AnyValue(int_value=12345)),
        KeyValue(key="nested", value=nested),
        KeyValue(key="listed", value=listed),
        KeyValue(key="kept", value=AnyValue(int_value=7)),
    )
    body = request(*attributes)
    record = scrubbed(body)
    clean = record.SerializeToString()
    for secret in (b"hunter2", b"K-1"):
        assert secret not in clean
    assert record.body.string_value == "order [Filtered]"
    assert record.attributes[0].value.string_value == "[Filtered]"
    assert record.attributes[3].value.int_value == 7
    assert record.trace_id == b"\x01" * 16


def test_what_has_no_secret_stays_as_it_came() -> None:
    body = request(KeyValue(key="kept", value=text("tea")), body="fine")
    assert report_body.scrub(HEAD, body, RULES, limit=1 << 20).body == body


@given(st.binary())
def test_anything_is_scrubbed_or_unsearchable(body: bytes) -> None:
    for signal in ("traces", "logs", "metrics", "profiles"):
        try:
            otlp_body.scrub(body, signal, Scrubber(RULES))
        except Unsearchable as error:
            assert str(error)


def test_what_is_no_otlp_is_unsearchable() -> None:
    with pytest.raises(Unsearchable):
        report_body.scrub(b"POST /shop HTTP/1.1", request(), RULES, limit=1 << 20)
