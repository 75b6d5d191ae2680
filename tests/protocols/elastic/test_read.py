"""Bodies of the intake beside what was recorded: other agents, bad input, and anything anywhere."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Level
from app.protocols.event import timestamps
from tests.protocols import captures, hostile
from tests.protocols.elastic.requests import ERROR, ERROR_ID, ID, METADATA, NOON, deliver, one


def test_the_release_of_the_process_is_not_that_of_another_service() -> None:
    metadata = {"service": {"name": "shop", "version": "5.1.3"}}

    assert one({**ERROR, "context": {"service": {"name": "billing"}}}, metadata=metadata).release is None
    assert one({**ERROR, "context": {"service": {"name": "shop"}}}, metadata=metadata).release == "5.1.3"
    named = {"service": {"name": "billing", "version": "2"}}
    assert one({**ERROR, "context": named}, metadata=metadata).release == "2"


def test_the_project_is_the_service() -> None:
    assert one(ERROR).project == "shop"
    assert one(ERROR, project="mine").project == "mine"
    assert one(ERROR, metadata={}).project == "elastic"
    assert one({**ERROR, "context": {"service": {"name": "stock", "version": "2"}}}).project == "stock"


@pytest.mark.parametrize(
    ("written", "level"), [("fatal", "fatal"), (40, "error"), ("warn", "warning"), (None, "error")]
)
def test_levels(written: object, level: str) -> None:
    assert one({"log": {"message": "no card", "level": written}}).level == level


def test_a_crash_is_never_information() -> None:
    raised = {"type": "E", "handled": False}

    assert one({"exception": raised, "log": {"level": "info", "message": "bye"}}).level is Level.ERROR


def test_an_id_that_is_none_is_kept_and_the_answered_one_taken() -> None:
    first, second = deliver({"error": {**ERROR, "id": "short"}}, {"error": {**ERROR, "id": None}}).events

    assert first.event_id == ID
    assert first.extra == {"event_id": "short"}
    assert second.event_id not in (ID, ERROR_ID)


@pytest.mark.parametrize("odd", ["yesterday", -5, 10**30, "1e400", True, []])
def test_impossible_times(odd: Any) -> None:
    event = one({**ERROR, "timestamp": odd})

    assert event.timestamp == event.received_at
    assert event.problems


def test_times_in_text() -> None:
    assert one({**ERROR, "timestamp": str(NOON)}).timestamp == timestamps.parse("2026-11-23T12:00:00Z")
    assert one({**ERROR, "timestamp": "2026-11-23T12:00:00Z"}).timestamp == timestamps.parse(NOON / 1e6)


def test_wrong_types_go_into_extra_with_a_problem() -> None:
    event = one(
        {
            **ERROR,
            "culprit": ["a"],
            "exception": {"type": "E", "stacktrace": [{"lineno": "7", "function": "f", "vars": [1]}, 5]},
            "context": {"tags": ["a"], "custom": "text"},
        },
        metadata={"service": {"name": "shop", "version": 2}, "system": "linux"},
    )

    assert event.title == "E"
    assert event.release == "2"
    (frame,) = event.exceptions[0].frames
    assert (frame.function, frame.line) == ("f", 7)
    assert event.extra == {
        "culprit": ["a"],
        "exception.stacktrace.0.vars": [1],
        "exception.stacktrace.1": 5,
        "context.tags": ["a"],
        "context.custom": "text",
        "metadata.system": "linux",
    }
    assert len(event.problems) == 8


def test_unknown_fields_go_into_extra() -> None:
    event = one(
        {**ERROR, "mood": "bad", "context": {"weather": "wet"}}, metadata={**METADATA, "moon": "full"}
    )

    assert event.problems == ()
    assert event.extra == {"mood": "bad", "context.weather": "wet", "metadata.moon": "full"}


def test_lone_surrogates_nan_huge_numbers_and_repeated_keys() -> None:
    line = json.dumps({"error": {**ERROR, "culprit": hostile.LONE_SURROGATE, "mood": 1}})
    line = line.replace('"mood": 1', f'"mood": {hostile.HUGE}, "mood": NaN')

    (event,) = deliver(line.encode()).events

    assert event.culprit == "half \ufffd of it"
    assert {problem.split(" ")[0] for problem in event.problems} == {"NaN", "A", "The"}


def test_values_nested_deep() -> None:
    event = one({**ERROR, "context": {"custom": {"deep": hostile.nested(300)}}})

    assert event.title == "E: no card"
    assert event.problems


RECORDED = ["elastic-apm-python/flask", "elastic-apm-python/logerror", "elastic-rum/unhandled_v3"]
BODIES = {name: captures.load(name).body() for name in RECORDED}


@pytest.mark.parametrize("name", RECORDED)
def test_any_odd_value_in_every_place(name: str) -> None:
    metadata, error = BODIES[name].splitlines()[:2]
    payload = {"metadata": json.loads(metadata), "error": json.loads(error)}
    for n, place in enumerate(hostile.places(payload)):
        odd = hostile.with_value(payload, place, hostile.ODD_VALUES[n % len(hostile.ODD_VALUES)])
        if isinstance(odd, dict):
            deliver(*odd.values())


@given(
    st.sampled_from(["metadata", "error"]).flatmap(
        lambda kind: st.tuples(
            st.just(kind),
            hostile.broken(
                METADATA | {"system": {"platform": "linux"}, "labels": {"a": 1}}
                if kind == "metadata"
                else ERROR
            ),
        )
    )
)
def test_anything_in_any_place(told: tuple[str, Any]) -> None:
    kind, value = told

    deliver({"metadata": METADATA}, {kind: value}, {"error": ERROR})


@given(
    st.lists(st.binary(max_size=60) | hostile.JSON.map(lambda value: json.dumps(value).encode()), max_size=4)
)
def test_any_lines(lines: list[bytes]) -> None:
    deliver(*lines)


@given(st.sampled_from(RECORDED), st.data())
def test_any_cut(name: str, data: st.DataObject) -> None:
    body = BODIES[name]

    deliver(body[: data.draw(st.integers(0, len(body)))])
