"""The types that are stored."""

import msgspec

from tests.traces.factories import make_line, make_span, traced


def test_they_are_arrays_where_they_are_encoded() -> None:
    encoded = msgspec.json.encode(traced(make_span("a"), lines=(make_line("x"),)))
    assert encoded.startswith(b"[[")
    assert b"span_id" not in encoded
