"""Bodies of the intake beside what was recorded: other agents, bad input, and anything anywhere."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Event, Level
from app.protocols import table
from app.protocols.delivery import Delivery
from app.protocols.elastic import read
from app.protocols.event import timestamps
from tests.protocols import captures, hostile

ID = "0123456789abcdef0123456789abcdef"
ERROR_ID = "a" * 32
NOON = 1_795_435_200_000_000
METADATA = {"service": {"name": "shop", "agent": {"name": "java", "version": "1.50"}}}
ERROR = {"id": ERROR_ID, "timestamp": NOON, "exception": {"type": "E", "message": "no card"}}


def body_of(*lines: Any) -> bytes:
    return b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)


def deliver(*lines: Any, project: str = "") -> Delivery:
    report = captures.report_of("elastic.intake", table.Accepted(project, ID))
    delivery = read.read(report, body_of(*lines))
    hostile.check(delivery)
    return delivery


def one(error: Any, metadata: Any = METADATA, **options: str) -> Event:
    (event,) = deliver({"metadata": metadata}, {"error": error}, **options).events
    return event


def test_the_project_is_the_service() -> None:
    assert one(ERROR).project == "shop"
    assert one(ERROR, project="mine").project == "mine"
    assert one(ERROR, metadata={}).project == "elastic"
    assert one({**ERROR, "context": {"service": {"name": "stock", "version": "2"}}}).project == "stock"


def test_the_token_is_no_project() -> None:
    headers = {"authorization": "Bearer secret"}

    for path, project in {"/intake/v2/events": "", "/shop/intake/v2/rum/events": "shop"}.items():
        protocol, request = captures.arrival(path, b"{}", headers)
        accepted = protocol.accept(request)
        assert accepted.project == project
        assert protocol.answer(accepted).status == 202


@pytest.mark.parametrize(
    ("path", "agent", "body"),
    [
        ("/", b"apm-agent-python/6.26.2 (shop)", b'{"version":"8.17.0"}'),
        ("/shop/", b"apm-agent-nodejs/4.18.0", b'{"version":"8.17.0"}'),
        ("/config/v1/agents", b"apm-agent-nodejs/4.18.0", b"{}"),
        ("/shop/config/v1/agents", b"apm-agent-go/2", b"{}"),
        ("/config/v1/rum/agents", b"Mozilla/5.0", b"{}"),
    ],
)
def test_what_agents_ask(path: str, agent: bytes, body: bytes) -> None:
    answer = table.reply(path, agent)

    assert answer is not None
    assert (answer.status, answer.content_type, answer.body) == (200, b"application/json", body)
    assert table.reply("/", b"Mozilla/5.0") is None


def test_metadata_describes_what_stands_behind_it() -> None:
    other = {"service": {"name": "stock"}}

    first, second = deliver(
        {"metadata": METADATA}, {"error": ERROR}, {"metadata": other}, {"error": {"id": "b" * 32}}
    ).events

    assert (first.project, second.project) == ("shop", "stock")


def test_agents_other_than_pythons_send_the_crash_first() -> None:
    frames = [
        {"filename": "Cart.java", "classname": "shop.Cart", "module": "app", "function": "pay", "lineno": 9},
        {"filename": "Main.java", "classname": "shop.Main", "function": "main", "lineno": 3},
    ]
    raised = {"type": "shop.NoCard", "message": "no card", "stacktrace": frames}

    event = one({**ERROR, "exception": raised})

    (only,) = event.exceptions
    assert (event.platform, only.type, only.module) == ("java", "NoCard", "shop")
    assert [(frame.module, frame.function) for frame in only.frames] == [
        ("shop.Main", "main"),
        ("shop.Cart", "pay"),
    ]
    assert event.culprit == "shop.Cart in pay"
    assert event.extra == {"exception.stacktrace.0.module": "app"}


def test_several_causes_are_a_tree() -> None:
    causes = [{"type": "A", "cause": [{"type": "C"}]}, {"type": "B", "code": 5}]

    event = one({**ERROR, "exception": {"type": "Outer", "cause": causes, "attributes": {"n": 1}}})

    assert [(raised.type, raised.parent) for raised in event.exceptions] == [
        ("B", 3),
        ("C", None),
        ("A", 3),
        ("Outer", None),
    ]
    assert event.extra == {"exception.cause.1.code": 5, "exception.attributes": {"n": 1}}


@pytest.mark.parametrize(
    ("agent", "language", "platform"),
    [
        ("dotnet", "C#", "csharp"),
        ("go", "go", "go"),
        ("opentelemetry", "C#", "csharp"),
        ("mine", "Rust", "rust"),
        ("", "", None),
    ],
)
def test_platforms(agent: str, language: str, platform: str | None) -> None:
    service = {"name": "shop", "agent": {"name": agent}, "language": {"name": language}}

    assert one(ERROR, metadata={"service": service}).platform == platform


@pytest.mark.parametrize(
    ("written", "level"), [("fatal", "fatal"), (40, "error"), ("warn", "warning"), (None, "error")]
)
def test_levels(written: object, level: str) -> None:
    assert one({"log": {"message": "no card", "level": written}}).level == level


def test_a_crash_is_never_information() -> None:
    raised = {"type": "E", "handled": False}

    assert one({"exception": raised, "log": {"level": "info", "message": "bye"}}).level is Level.ERROR


def test_the_metadata_holds_for_all_records() -> None:
    metadata = {
        **METADATA,
        "labels": {"region": "north", "tier": 1, "none": None},
        "user": {"username": "service"},
        "system": {"detected_hostname": "a", "configured_hostname": "b", "platform": "linux"},
        "cloud": {"provider": "aws"},
        "process": {"pid": 3, "title": None},
    }

    event = one({**ERROR, "context": {"tags": {"tier": 2}, "user": {"id": None}}}, metadata=metadata)

    assert event.tags == {"region": "north", "tier": "2"}
    assert event.user == {"username": "service"}
    assert event.server_name == "b"
    assert event.contexts["cloud"] == {"provider": "aws"}
    assert event.contexts["process"] == {"pid": 3}
    assert event.contexts["os"] == {"name": "linux"}
    assert event.problems == ()


def test_a_request_put_together() -> None:
    request = {
        "method": "GET",
        "headers": {"accept": ["a", "b"], "x": None},
        "url": {
            "protocol": "https:",
            "hostname": "shop.test",
            "port": 8443,
            "pathname": "/pay",
            "search": "?a=1",
        },
        "socket": {"remote_address": "203.0.113.9", "encrypted": True},
    }

    event = one({**ERROR, "context": {"request": request, "page": {"url": "http://a.test"}}})

    assert event.request is not None
    assert (event.request.url, event.request.query) == ("https://shop.test:8443/pay?a=1", "a=1")
    assert event.request.headers == {"accept": "a, b"}
    assert event.request.env == {"REMOTE_ADDR": "203.0.113.9"}
    assert event.extra == {
        "context.page": {"url": "http://a.test"},
        "context.request.socket.encrypted": True,
    }


def test_a_request_for_the_configuration_is_no_error() -> None:
    protocol, _request = captures.arrival("/config/v1/agents", b"")
    report = captures.report_of(protocol.name, table.Accepted("", ID))

    for body, project in {
        b'{"service":{"name":"shop"}}': "shop",
        b"": "",
        b"[": "",
        b'{"service":3}': "",
    }.items():
        delivery = protocol.read(report, body)
        assert (delivery.events, delivery.others, delivery.project) == ((), {"config": 1}, project)


def test_an_invalid_id_goes_into_extra_and_the_answered_id_is_used() -> None:
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


def test_source_without_a_line_number_is_preserved() -> None:
    frame = {"function": "f", "pre_context": ["a"], "context_line": "b"}

    event = one({**ERROR, "exception": {"type": "E", "stacktrace": [frame]}})

    assert event.extra == {"exception.stacktrace.0.source": ["a", "b"]}


@pytest.mark.parametrize(
    "line", [b"hello", b"{", b"[]", b"5", b'{"colour": "red"}', b'{"error": 5}', b"\xff\xfe"]
)
def test_lines_that_are_no_record_are_seen(line: bytes) -> None:
    (event,) = deliver({"metadata": METADATA}, line, {"span": {}}).events

    assert event.project == "shop"
    assert event.problems
    assert event.extra


def test_a_line_cut_short_says_what_came() -> None:
    whole = json.dumps({"error": {**ERROR, "culprit": "shop.pay", "context": {"custom": {"n": 1}}}}).encode()

    (event,) = deliver({"metadata": METADATA}, whole[: whole.index(b'"context"')]).events

    assert (event.title, event.culprit, event.event_id) == ("E: no card", "shop.pay", ERROR_ID)
    assert "cut short" in event.problems[0]


def test_a_line_with_more_than_one_record() -> None:
    (event,) = deliver({"error": ERROR, "colour": "red"}).events

    assert event.title == "E: no card"
    assert event.extra == {"colour": "red"}


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


def test_a_transaction_that_is_odd_leaves_its_error_alone() -> None:
    error = {**ERROR, "transaction_id": "t"}
    odd = [{"id": "t", "name": 5}, {"id": "t", "context": {"user": hostile.nested(100)}}, []]

    delivery = deliver({"error": error}, *({"transaction": one} for one in odd), b'{"transaction": {')

    assert delivery.others == {"transaction": 4}
    assert [event.transaction for event in delivery.events] == [None]


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
