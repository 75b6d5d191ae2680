"""Spans and lines as bytes, and back."""

import os

import pytest
from msgspec.structs import replace

from app.traces import packing
from tests.traces.factories import make_line, make_span, traced


def test_what_was_packed_comes_back() -> None:
    whole = traced(make_span("a", data={"db.system": "sqlite"}), lines=(make_line("begins"),))
    assert packing.unpack(packing.pack(whole)) == whole


def test_a_hundred_spans_take_little_more_than_one() -> None:
    one = packing.pack(traced(make_span("a")))
    hundred = packing.pack(traced(*(make_span(f"{n}", "a", at=n) for n in range(100))))
    assert len(hundred) < 20 * len(one)


def test_beyond_the_bytes_the_data_goes_and_then_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    spans = [make_span(f"{n}", data={"noise": os.urandom(50).hex()}) for n in range(64)]
    monkeypatch.setattr(packing, "MOST_BYTES", 6_000)
    without = packing.unpack(packing.pack(traced(*spans)))
    assert without.spans == tuple(replace(span, data={}) for span in spans)
    monkeypatch.setattr(packing, "MOST_BYTES", 2_000)
    half = packing.unpack(packing.pack(traced(*spans)))
    assert 0 < len(half.spans) < 64
    assert half.left_out == 64 - len(half.spans)


@pytest.mark.parametrize("packed", [b"", b"text", packing.pack(traced())[:-3]])
def test_what_is_no_such_thing_is_refused(packed: bytes) -> None:
    with pytest.raises(packing.NotReadable):
        packing.unpack(packed)
