"""What adapters find of traces, gathered."""

import pytest

from app.model import Level
from app.protocols.event import trace_reader
from app.protocols.event.trace_reader import TraceReader
from app.traces.model import Source
from tests.factories import NOON, SECOND, make_report

SHOP = Source("shop", "vm")


@pytest.fixture
def reader() -> TraceReader:
    return TraceReader(make_report(1))


@pytest.mark.parametrize(
    ("start", "end", "began", "took"),
    [
        (NOON / SECOND, NOON / SECOND + 0.25, 0, 250_000),
        (NOON, NOON + 7, 0, 7),
        ("2026-09-21T14:13:20.5Z", "2026-09-21T14:13:21Z", 500_000, 500_000),
        (NOON * 1_000, str(NOON * 1_000 + 9_000), 0, 9),
        (NOON / SECOND, NOON / SECOND - 1, 0, 0),
        (None, NOON / SECOND - 1, -SECOND, 0),
        ("yesterday", {}, 0, 0),
        (0, -1, 0, 0),
        (1e300, float("inf"), 0, 0),
        (True, float("nan"), 0, 0),
    ],
)
def test_times_are_read_as_clients_write_them(
    reader: TraceReader, start: object, end: object, began: int, took: int
) -> None:
    reader.span(SHOP, trace_id="a1", span_id="b1", start=start, end=end)
    (span,) = reader.traced()[0].spans
    assert (span.start - NOON, span.end - span.start) == (began, took)


@pytest.mark.parametrize(("trace_id", "span_id"), [(None, "b"), ("a", ""), ("0" * 32, "b"), ([], {})])
def test_a_span_without_its_ids_is_none(reader: TraceReader, trace_id: object, span_id: object) -> None:
    reader.span(SHOP, trace_id=trace_id, span_id=span_id)
    assert reader.traced() == ()


def test_sources_are_kept_apart(reader: TraceReader) -> None:
    reader.span(SHOP, trace_id="a", span_id="b")
    reader.line(Source("pay"), time=NOON, message="begins", level=Level.DEBUG)
    assert [(each.source, len(each.spans), len(each.lines)) for each in reader.traced()] == [
        (SHOP, 1, 0),
        (Source("pay"), 0, 1),
    ]


def test_what_is_too_much_is_counted(reader: TraceReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace_reader, "MOST_SPANS", 2)
    monkeypatch.setattr(trace_reader, "MOST_LINES", 1)
    for number in range(1, 6):
        reader.span(SHOP, trace_id="a", span_id=f"{number}")
        reader.line(SHOP, time=NOON, message=number)
    (found,) = reader.traced()
    assert ([span.span_id for span in found.spans], [line.message for line in found.lines]) == (
        ["1", "2"],
        ["1"],
    )
    assert found.left_out == 7
