import json
from typing import Any

import cramjam
import pytest

from app.model import Level
from app.protocols import table
from app.protocols.loki.push import LogLine, NotAPush, lines, unpacked
from app.protocols.wire.notes import Notes
from tests.protocols import captures, hostile
from tests.protocols.loki.pushes import NS, PROTOBUF, WINSTON, push, read


def test_protobuf_may_come_without_snappy() -> None:
    (event,) = hostile.check(read(bytes(cramjam.snappy.decompress_raw(WINSTON)), PROTOBUF))

    assert event.tags == {"app": "shop"}


def test_a_push_that_would_unpack_to_too_much_is_refused() -> None:
    (event,) = hostile.check(read(b"\x80\x80\x80\x80\x08abc", PROTOBUF))

    assert "2,147,483,648 bytes" in event.problems[0]


def test_the_form_before_2019_as_winston_loki_5_sends_it() -> None:
    line = 'the cart is empty {"customer":"ada"}'
    stream = {"labels": '{level="error",app="sh\\"op"}', "entries": [{"ts": 1795435200000, "line": line}]}
    (event,) = hostile.check(read(json.dumps({"streams": [stream]}).encode()))

    assert (event.message, event.extra) == ("the cart is empty", {"customer": "ada"})
    assert (event.level, event.tags) == (Level.ERROR, {"app": 'sh"op'})
    assert event.timestamp.isoformat() == "2026-11-23T12:00:00+00:00"
    assert event.problems == ()
    assert table.find("/shop/api/prom/push") is not None
    assert captures.arrival("/shop/api/prom/push", b"{}", {})[0].name == "loki"


@pytest.mark.parametrize("entries", [[1], [{"line": "x"}], [{"ts": True, "line": "x"}]])
def test_an_odd_entry_in_the_form_before_2019_is_a_problem(entries: list[Any]) -> None:
    (event,) = hostile.check(read(json.dumps({"streams": [{"entries": entries}]}).encode()))

    assert "streams.0.entries.0" in event.problems[0]


@pytest.mark.parametrize("entry", [[], [NS], [NS, 5], [None, "ERROR x"], 5, [True, "ERROR x"], {}])
def test_an_odd_entry_is_a_problem(entry: Any) -> None:
    delivery = push("ERROR one", entry, "ERROR two", labels={})

    assert [event.title for event in delivery.events[:2]] == ["ERROR one", "ERROR two"]
    assert "streams.0.values.1" in delivery.events[2].problems[0]
    assert delivery.events[2].extra["streams.0.values.1"] == entry


def test_a_line_has_the_labels_of_its_stream_and_metadata_of_its_own() -> None:
    """https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs"""
    stream = {
        "stream": {"app": "shop", "n": 1, "none": None},
        "values": [[NS, "a"], [5, "b", {"trace": "t"}]],
    }
    notes = Notes()

    first, second = lines({"streams": [stream]}, notes)

    assert first == LogLine(NS, "a", {"app": "shop", "n": "1"}, {})
    assert second == LogLine("5", "b", {"app": "shop", "n": "1"}, {"trace": "t"})
    assert notes.problems == []


def test_protobuf_has_its_labels_in_one_text() -> None:
    (line,) = unpacked(WINSTON)

    assert line.labels == {"level": "error", "app": "shop"}
    assert line.text.startswith("the cart is empty {")
    assert (line.time, line.metadata) == ("1795515371785000000", {})


@pytest.mark.parametrize("body", [b"\xd7\x02\xf0\xd6", WINSTON[:40], b"\x0a\xff", b"\x80\x80\x80\x80\x08abc"])
def test_other_bytes_are_no_push(body: bytes) -> None:
    with pytest.raises(NotAPush):
        list(unpacked(body))
