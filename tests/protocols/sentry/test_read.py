"""Events that no well-behaved client sends: nothing raises, nothing is lost, and what is odd is said."""

import json
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.model import Event, Sdk
from app.protocols.sentry import read
from tests.protocols import captures
from tests.protocols.sentry.requests import ACCEPTED, ID, STORE, event_of

ENVELOPE = captures.report_of("sentry.envelope", ACCEPTED)


def envelope_of(*items: tuple[dict[str, Any], Any], header: dict[str, Any] | None = None) -> bytes:
    lines = [json.dumps(header or {}).encode()]
    for item_header, payload in items:
        content = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        lines += [json.dumps({"length": len(content), **item_header}).encode(), content]
    return b"\n".join(lines)


def test_what_has_no_place_is_kept_under_its_name() -> None:
    event = event_of(
        {
            "extra": {"mine": 1, "dist": "user's own"},
            "dist": "42",
            "unheard_of": [1],
            "exception": [{"type": "E", "stacktrace": {"frames": [{"lock": "libc", "lineno": 3}]}}],
            "request": {"url": "http://x/", "fragment": "top"},
            "sdk": {"name": "s", "version": "1", "packages": []},
        }
    )

    assert event.problems == ()
    assert event.extra == {
        "mine": 1,
        "dist": "user's own",
        "dist'": "42",
        "unheard_of": [1],
        "exception.0.stacktrace.frames.0.lock": "libc",
        "request.fragment": "top",
        "sdk": {"packages": []},
    }
    assert event.exceptions[0].frames[0].line == 3


def test_events_without_an_id_take_the_answered_one_and_then_derive() -> None:
    body = envelope_of(
        ({"type": "event"}, {}), ({"type": "event"}, {}), ({"type": "event"}, {"event_id": ID[::-1]})
    )

    first = read.read_envelope(ENVELOPE, body).events
    again = read.read_envelope(ENVELOPE, body).events

    assert first == again
    ids = [event.event_id for event in first]
    assert ids[0] == ID
    assert ids[2] == ID[::-1]
    assert len(set(ids)) == 3


def test_items_that_are_not_errors_are_counted() -> None:
    body = envelope_of(({"type": "session"}, {}), ({"type": "session"}, {}), ({"type": "made_up"}, b"\x00"))

    delivery = read.read_envelope(ENVELOPE, body)

    assert delivery.events == ()
    assert delivery.others == {"session": 2, "made_up": 1}


def test_only_failed_check_ins_are_events() -> None:
    body = envelope_of(
        ({"type": "check_in"}, {"monitor_slug": "nightly", "status": "ok"}),
        ({"type": "check_in"}, {"monitor_slug": "nightly", "status": "error", "check_in_id": ID}),
        ({"type": "check_in"}, b"broken"),
        header={"sdk": {"name": "sentry.javascript.node", "version": "11.12.0"}},
    )

    delivery = read.read_envelope(ENVELOPE, body)

    (event,) = delivery.events
    assert event.title == "Check-in failed: nightly"
    assert event.sdk == Sdk(name="sentry.javascript.node", version="11.12.0")
    assert event.contexts["monitor"]["status"] == "error"
    assert delivery.others == {"check_in": 2}


def test_a_damaged_envelope_says_so_on_an_event() -> None:
    whole = envelope_of(({"type": "event"}, {"message": "hello"}))

    (event,) = read.read_envelope(ENVELOPE, whole + b"\nnonsense").events
    (unreadable,) = read.read_envelope(ENVELOPE, b"nonsense").events

    assert event.title == "hello"
    assert "a line is no item header" in event.problems[0]
    assert "envelope's header is not JSON" in unreadable.problems[0]
    assert unreadable.extra["envelope"] == "nonsense"


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(["fatal", "2026-11-23T12:00:00Z", "\ud800", ID, 10**400, 40, 1e308])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def with_any_of(names: str, **known: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object that has some of these names, with values of any type or of the known ones."""
    optional = dict.fromkeys(names.split(), VALUES) | {name: VALUES | kind for name, kind in known.items()}
    return st.fixed_dictionaries({}, optional=optional)


def wrapped(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A list, bare or as clients wrapped it before."""
    some = st.lists(values | VALUES, max_size=3)
    return some | st.fixed_dictionaries({"values": some})


FRAMES = with_any_of("filename function lineno in_app pre_context context_line vars odd")
TRACES = st.fixed_dictionaries({"frames": VALUES | st.lists(FRAMES | VALUES, max_size=3)})
EVENTS = with_any_of(
    "event_id timestamp level logger message logentry transaction release platform user tags contexts extra "
    "modules fingerprint sdk dist _meta culprit odd sentry.interfaces.Message",
    exception=wrapped(with_any_of("type value mechanism odd", stacktrace=TRACES)),
    threads=wrapped(with_any_of("id name crashed odd", stacktrace=TRACES)),
    breadcrumbs=wrapped(with_any_of("timestamp message data event_id odd")),
    request=with_any_of("url method headers query_string data cookies env odd"),
)


@given(EVENTS)
def test_any_structure_becomes_an_event_that_can_be_encoded(payload: dict[str, Any]) -> None:
    body = json.dumps(payload).encode()

    (event,) = read.read_store(STORE, body).events

    assert msgspec.json.decode(msgspec.json.encode(event), type=Event).event_id == event.event_id
    assert event.title


@given(st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_become_an_event(body: bytes) -> None:
    (event,) = read.read_store(STORE, body).events

    msgspec.json.encode(event)


ITEMS = st.tuples(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["event", "attachment", "feedback", "user_report", "check_in", "x"])
            | VALUES
        },
        optional={"length": VALUES, "filename": VALUES, "content_type": VALUES},
    ),
    st.binary(max_size=40) | EVENTS | VALUES,
)


@given(st.lists(ITEMS, max_size=4), st.fixed_dictionaries({}, optional={"event_id": VALUES}))
def test_any_envelope_is_delivered(items: list[tuple[dict[str, Any], Any]], header: dict[str, Any]) -> None:
    delivery = read.read_envelope(ENVELOPE, envelope_of(*items, header=header))

    msgspec.json.encode(delivery)


TRANSACTION = {
    "type": "transaction",
    "transaction": "GET /cart",
    "start_timestamp": 1795435200,
    "timestamp": 1795435201,
    "release": "shop@1",
    "contexts": {"trace": {"trace_id": "a" * 32, "span_id": "b" * 16, "op": "http"}},
}


def test_a_transaction_on_the_store_route_is_counted_and_its_span_kept() -> None:
    body = json.dumps(TRANSACTION).encode()
    delivery = read.read_store(msgspec.structs.replace(STORE, project=""), body)

    assert (delivery.events, delivery.others, delivery.project) == ((), {"transaction": 1}, "shop")
    assert delivery.traced is not None
    assert [span.name for span in delivery.traced()[0].spans] == ["GET /cart"]
    assert read.outline_store(STORE, body).others == {"transaction": 1}


def test_a_transaction_that_its_item_calls_an_event_is_counted() -> None:
    delivery = read.read_envelope(ENVELOPE, envelope_of(({"type": "event"}, TRANSACTION)))

    assert (delivery.events, delivery.others) == ((), {"transaction": 1})
    assert delivery.traced is not None
    assert len(delivery.traced()[0].spans) == 1
