"""The trace and the span that an event names."""

import pytest

from app.traces import ids
from tests.factories import make_event

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (TRACE.upper(), TRACE),
        ("4bf92f35-77b3-4da6-a3ce-929d0e0e4736", TRACE),
        ("0" * 32, ""),
        ("", ""),
        (None, ""),
        (["x"], ""),
        (17, "17"),
        ("mine", "mine"),
    ],
)
def test_an_id_is_compared_in_one_form(sent: object, read: str) -> None:
    assert ids.id_text(sent) == read


def test_an_event_names_its_trace_in_its_context() -> None:
    event = make_event(contexts={"trace": {"trace_id": TRACE, "span_id": "00f067aa0ba902b7"}})
    assert ids.of_event(event) == (TRACE, "00f067aa0ba902b7")


def test_a_log_line_names_it_among_its_tags() -> None:
    assert ids.of_event(make_event(tags={"traceId": TRACE, "spanId": "b7"})) == (TRACE, "b7")


@pytest.mark.parametrize("contexts", [{}, {"trace": None}, {"trace": "x"}, {"trace": {"trace_id": 0}}])
def test_an_event_without_a_trace_names_none(contexts: dict[str, object]) -> None:
    assert ids.of_event(make_event(contexts=contexts)) == ("", "")
