from typing import Any

import pytest

from app.model import Level
from app.protocols.otlp import schema, values
from app.protocols.wire.notes import Notes
from tests.protocols.otlp.requests import (
    NOON,
    SPAN,
    TRACE,
    one,
    pairs,
    raised,
    span,
    traces,
)


def test_ids_in_base64_are_the_same_ids() -> None:
    as_base64: dict[str, Any] = {"traceId": "W47/95gDgQPSabYzgT/GDA==", "spanId": "7uGbfsPBsXQ="}

    assert one(traces(span(raised(), **as_base64))) == one(traces(span(raised())))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (TRACE.upper(), TRACE),
        (SPAN, SPAN),
        ("W47/95gDgQPSabYzgT/GDA==", TRACE),
        ("7uGbfsPBsXQ=", SPAN),
        ("0" * 32, None),
        ("AAAAAAAAAAA=", None),
        ("request 7", "request 7"),
        ("", None),
        (None, None),
    ],
)
def test_ids(value: str | None, expected: str | None) -> None:
    assert values.hex_id(value) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((str(NOON), 5), NOON),
        ((0, "0", NOON), NOON),
        ((None, "", "soon"), "soon"),
        ((None, 0), None),
    ],
)
def test_the_first_time_that_is_set_counts(
    given: tuple[int | str | None, ...], expected: int | str | None
) -> None:
    assert values.nanos(*given) == expected


@pytest.mark.parametrize(
    ("number", "text", "level"),
    [
        (1, None, Level.DEBUG),
        (8, None, Level.DEBUG),
        (9, None, Level.INFO),
        (12, None, Level.INFO),
        (13, None, Level.WARNING),
        (17, "INFO", Level.ERROR),
        ("20", None, Level.ERROR),
        ("SEVERITY_NUMBER_FATAL4", None, Level.FATAL),
        (24, None, Level.FATAL),
        (25, "Warn", Level.WARNING),
        (0, " CRITICAL ", Level.FATAL),
        (None, "loud", None),
        (None, None, None),
    ],
)
def test_severities(number: int | str | None, text: str | None, level: Level | None) -> None:
    """https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber"""
    assert values.severity(number, text) is level


def test_values_of_every_type() -> None:
    notes = Notes()
    given = {"n": 3, "half": 0.5, "yes": True, "text": "t", "list": ["a", 1], "map": {"k": {"d": 1.5}}}
    wire = [schema.KeyValue(pair["key"], pair["value"]) for pair in pairs(given)]

    assert values.attributes(wire, notes) == given
    assert values.attributes([*wire, schema.KeyValue("n", {"intValue": "4"})], notes) == given
    assert notes.kept == {"n": 4}
