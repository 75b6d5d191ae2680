import pytest

from app.protocols.otlp import protobuf
from tests.protocols.otlp.requests import log, logs, raised, span, traces
from tests.protocols.otlp.requests import protobuf as as_protobuf


def test_records_come_with_what_they_belong_to() -> None:
    body = as_protobuf(traces(span(raised()), span()))

    found = [(group, scoped, one) for group, scoped, one in protobuf.records(body, "spans")]

    assert [len(one.events) for _group, _scoped, one in found] == [1, 0]
    assert {scoped.scope.name for _group, scoped, _one in found} == {"s"}
    assert len(list(protobuf.records(as_protobuf(logs(log(), log())), "logs"))) == 2


def test_a_message_as_json_has_enumerations_as_numbers() -> None:
    ((_group, _scoped, one),) = protobuf.records(as_protobuf(traces(span(kind=2))), "spans")

    assert protobuf.as_json(one)["kind"] == 2


def test_what_is_no_message() -> None:
    with pytest.raises(protobuf.NotProtobuf, match=r"\w"):
        list(protobuf.records(b"\xff\xff\xff", "spans"))
