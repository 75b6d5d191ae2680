import pytest

from app.protocols.otlp import contexts
from app.protocols.wire.notes import Notes
from tests.protocols.otlp.requests import SPAN, TRACE, pairs


def test_a_trace_has_the_ids_that_were_set() -> None:
    assert contexts.trace(TRACE.upper(), SPAN, "7uGbfsPBsXQ=", 256) == {
        "trace_id": TRACE,
        "span_id": SPAN,
        "parent_span_id": SPAN,
        "flags": 256,
    }
    assert contexts.trace(TRACE, "", "0000000000000000", 0) == {"trace_id": TRACE}
    assert contexts.trace(None, None, None, None) == {}


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        ({}, {}),
        ({"name": "shop.pay", "version": ""}, {"name": "shop.pay"}),
        (
            {
                "name": "shop.pay",
                "version": "0.1",
                "attributes": pairs({"tier": 2}),
                "droppedAttributesCount": 3,
            },
            {"name": "shop.pay", "version": "0.1", "attributes": {"tier": 2}, "dropped_attributes": 3},
        ),
    ],
)
def test_a_scope(wire: dict[str, object], expected: dict[str, object]) -> None:
    notes = Notes()

    assert contexts.scope(wire, notes) == expected
    assert notes.problems == []


def test_a_wrong_type_in_a_scope_is_a_problem() -> None:
    notes = Notes()

    assert contexts.scope({"name": ["shop"]}, notes) == {}
    assert len(notes.problems) == 1
