from typing import Any

import pytest

from tests.protocols.sentry.requests import ID, event_of


def test_old_interfaces_are_read() -> None:
    event = event_of(
        {
            "culprit": "shop.views in pay",
            "sentry.interfaces.Exception": {"type": "KeyError", "value": "x", "module": "builtins"},
            "sentry.interfaces.Http": {"url": "http://x/", "headers": [["A", "1"], ["A", "2"]]},
            "sentry.interfaces.User": {"id": 5},
            "sentry.interfaces.Stacktrace": {"frames": [{"function": "f"}]},
            "tags": [["a", "1"], ["b", 2], ["c", None], {"key": "d", "value": "4"}],
        }
    )

    assert event.title == "KeyError: x"
    assert event.culprit == "shop.views in pay"
    assert event.request is not None
    assert event.request.headers == {"A": "1, 2"}
    assert event.user == {"id": 5}
    assert event.tags == {"a": "1", "b": "2", "d": "4"}
    assert event.threads[0].frames[0].function == "f"
    assert event.problems == ()


@pytest.mark.parametrize(
    ("payload", "place"),
    [
        ({"exception": "boom"}, "exception"),
        ({"exception": [{"type": ["E"]}]}, "exception.0.type"),
        ({"exception": [{"type": "E", "stacktrace": [1]}]}, "exception.0.stacktrace"),
        ({"exception": [{"type": "E", "stacktrace": {"frames": "x"}}]}, "exception.0.stacktrace.frames"),
        ({"exception": [{"stacktrace": {"frames": [{"vars": 5}]}}]}, "exception.0.stacktrace.frames.0.vars"),
        ({"breadcrumbs": {"values": 7}}, "breadcrumbs.values"),
        ({"breadcrumbs": [5]}, "breadcrumbs.0"),
        ({"tags": "x"}, "tags"),
        ({"tags": [["only"]]}, "tags.0"),
        ({"contexts": [1]}, "contexts"),
        ({"user": "ada"}, "user"),
        ({"request": "GET /"}, "request"),
        ({"request": {"query_string": 5}}, "request.query_string"),
        ({"modules": [1]}, "modules"),
        ({"extra": [1, 2]}, "extra"),
        ({"event_id": "nonsense"}, "event_id"),
        ({"fingerprint": {"a": 1}}, "fingerprint"),
    ],
)
def test_a_wrong_type_is_a_problem_and_its_value_is_in_extra(payload: dict[str, Any], place: str) -> None:
    value: Any = payload
    for step in place.split("."):
        value = value[int(step) if step.isdigit() else step]

    event = event_of({**payload, "release": "1"})

    assert event.extra[place] == value
    assert any(place in problem for problem in event.problems)
    assert event.release == "1"


@pytest.mark.parametrize(
    ("payload", "field", "value"),
    [
        ({"release": 42}, "release", "42"),
        ({"server_name": True}, "server_name", "true"),
        ({"transaction": 1.5}, "transaction", "1.5"),
        ({"fingerprint": "one"}, "fingerprint", ("one",)),
        ({"fingerprint": [1, "two"]}, "fingerprint", ("1", "two")),
        ({"tags": {"n": 1, "b": False}}, "tags", {"n": "1", "b": "false"}),
    ],
)
def test_scalars_of_the_wrong_type_are_read_as_text(
    payload: dict[str, Any], field: str, value: object
) -> None:
    assert getattr(event_of(payload), field) == value


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b'{"message": "x", "extra": {"n": NaN, "i": -Infinity}}', "NaN is not a JSON number"),
        (b'{"message": "x", "extra": {"s": "\\ud800"}}', None),
        (b'{"message": "x", "extra": {"\\udfff": 1}}', None),
        (b'{"message": "x", "extra": {"s": "\xff\xfe"}}', "not valid UTF-8"),
        (b'{"message": "x", "message": "x", "extra": {"n": NaN}}', "repeats 'message'"),
        (b'{"message": "x", "extra": {"n": ' + b"9" * 5000 + b"}}", "5000 digits"),
        (b'{"message": "x", "extra": {"n": 1e999}}', "1e999 is too large"),
        (
            b'{"message": "x", "extra": {"n": ' + b"[" * 90 + b"]" * 90 + b', "m": NaN}}',
            "nested deeper than 64",
        ),
        (b'{"message": "x", "extra": {"a": "tab\tbed"}}', None),
        (b'\xef\xbb\xbf{"message": "x"}', None),
    ],
)
def test_json_that_bends_the_rules(body: bytes, problem: str | None) -> None:
    event = event_of(body)

    assert event.title == "x"
    if problem is not None:
        assert any(problem in said for said in event.problems), event.problems


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"messa',
        b"[1, 2]",
        b'"text"',
        b"null",
        b"\x00\xff",
    ],
)
def test_any_other_body_is_an_event_with_a_problem(body: bytes) -> None:
    event = event_of(body)

    assert event.title == "<unlabelled event>"
    assert event.problems
    assert "payload" in event.extra
    assert event.event_id == ID


@pytest.mark.parametrize(
    "body", [b'{"extra":' + b"[" * 100_000, b'{"extra":' * 100_000 + b"1" + b"}" * 100_000]
)
def test_values_nested_too_deep_are_cut_off(body: bytes) -> None:
    event = event_of(body)

    assert event.event_id == ID
    assert event.problems
    assert event.extra["cut_off"]


def test_an_event_cut_short_has_what_arrived() -> None:
    event = event_of(b'{"event_id": "%s", "release": "1.2", "message": "cut of' % ID[::-1].encode())

    assert (event.event_id, event.release, event.title) == (ID[::-1], "1.2", "cut of…")
    assert event.problems == ("The event is cut short after 85 bytes; what came of it is shown.",)


def test_many_problems_are_counted_not_listed() -> None:
    event = event_of({"breadcrumbs": [5] * 1000})

    assert len(event.problems) == 51
    assert "950 more" in event.problems[-1]
