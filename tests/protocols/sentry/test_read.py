"""Events that no well-behaved client sends: nothing raises, nothing is lost, and what is odd is said."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Event, Level, Sdk, from_micros
from app.protocols import table
from app.protocols.sentry import read
from tests.protocols import captures

ID = "0123456789abcdef0123456789abcdef"
ACCEPTED = table.Accepted("shop", ID)
STORE = captures.report_of("sentry.store", ACCEPTED)
ENVELOPE = captures.report_of("sentry.envelope", ACCEPTED)


def event_of(payload: Any) -> Event:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    (event,) = read.read_store(STORE, body).events
    assert msgspec.json.encode(event)
    return event


def envelope_of(*items: tuple[dict[str, Any], Any], header: dict[str, Any] | None = None) -> bytes:
    lines = [json.dumps(header or {}).encode()]
    for item_header, payload in items:
        content = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        lines += [json.dumps({"length": len(content), **item_header}).encode(), content]
    return b"\n".join(lines)


def test_an_empty_event_is_an_event() -> None:
    event = event_of({})

    assert event.event_id == ID
    assert event.title == "<unlabelled event>"
    assert event.level is Level.ERROR
    assert event.timestamp == event.received_at == from_micros(captures.RECORDED)
    assert event.problems == ()
    assert event.extra == {}


@pytest.mark.parametrize(
    ("written", "level"),
    [("fatal", "fatal"), ("Warning", "warning"), (40, "error"), (30, "warning"), ("critical", "fatal")],
)
def test_levels(written: object, level: str) -> None:
    event = event_of({"level": written})

    assert event.level == level
    assert event.problems == ()


def test_a_whole_second_is_a_time_also_beside_what_has_no_place() -> None:
    """Raven for Ruby: `project_root` in frames, and whole seconds in breadcrumbs."""
    (crumb,) = (event := event_of({"odd": 1, "breadcrumbs": [{"timestamp": 1795435200}]})).breadcrumbs

    assert crumb.timestamp is not None
    assert crumb.timestamp.isoformat() == "2026-11-23T12:00:00+00:00"
    assert event.problems == ()


@pytest.mark.parametrize("written", ["terrible", 7, ""])
def test_an_unknown_level_counts_as_error(written: object) -> None:
    event = event_of({"level": written})

    assert event.level is Level.ERROR
    assert event.problems
    assert event.extra["level"] == written


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-23T12:00:00Z",
        "2026-11-23T12:00:00",
        "2026-11-23T12:00:00.000000",
        "2026-11-23T13:00:00+01:00",
        "2026-11-23 12:00:00",
        1795435200,
        1795435200.0,
        "1795435200",
        1795435200000,
        "Mon, 23 Nov 2026 12:00:00 GMT",
    ],
)
def test_times_are_utc(written: object) -> None:
    event = event_of({"timestamp": written})

    assert event.timestamp.isoformat() == "2026-11-23T12:00:00+00:00"
    assert event.problems == ()


@pytest.mark.parametrize("written", ["yesterday", "", "1970-01-01T00:00:00Z", 10**21, -5, 1e300, []])
def test_impossible_times_are_replaced_and_go_into_extra(written: object) -> None:
    event = event_of({"timestamp": written})

    assert event.timestamp == event.received_at
    assert event.problems
    assert event.extra["timestamp"] == written


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        ({"message": "plain"}, "plain"),
        ({"message": {"message": "hi %s", "params": ["you"]}}, "hi you"),
        ({"message": {"formatted": "hi you", "message": "hi %s"}}, "hi you"),
        ({"logentry": {"message": "hi %s", "params": ["you"]}}, "hi you"),
        ({"logentry": {"message": "hi %(who)s", "params": {"who": "you"}}}, "hi you"),
        ({"logentry": {"message": "hi %d", "params": ["you"]}}, "hi %d"),
        ({"logentry": {"message": "100%"}}, "100%"),
        ({"logentry": {"message": "%-5s|%.2f%%", "params": ["a", 1.5]}}, "a    |1.50%"),
        ({"logentry": {"message": "%999999999d", "params": [1]}}, "%999999999d"),
        ({"logentry": {"message": "%*d", "params": [999999999, 1]}}, "%*d"),
        ({"logentry": {}, "message": "text"}, "text"),
        ({"sentry.interfaces.Message": {"message": "hi %s", "params": ["you"]}}, "hi you"),
    ],
)
def test_messages(payload: dict[str, Any], message: str) -> None:
    event = event_of(payload)

    assert event.message == event.title == message
    assert event.problems == ()


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
    ("query", "expected"),
    [("a=1&b=2", "a=1&b=2"), ([["a", "1"], ["b", 2]], "a=1&b=2"), ({"a": ["1", "2"]}, "a=1&a=2"), ([], None)],
)
def test_query_strings(query: object, expected: str | None) -> None:
    request = event_of({"request": {"query_string": query}}).request

    assert request is not None
    assert (request.query or None) == expected


def test_the_path_decides_in_app_where_the_client_does_not() -> None:
    frames = [{"abs_path": "/v/site-packages/x.py", "filename": "x.py"}, {"filename": "shop.py"}]
    event = event_of({"exception": [{"type": "E", "stacktrace": {"frames": frames}}]})

    assert [frame.in_app for frame in event.exceptions[0].frames] == [False, True]


def test_the_client_knows_best_what_is_in_app() -> None:
    frames = [{"filename": "node:x", "in_app": True}, {"filename": "a.py", "in_app": False}]
    event = event_of({"exception": {"values": [{"type": "E", "stacktrace": {"frames": frames}}]}})

    assert [frame.in_app for frame in event.exceptions[0].frames] == [True, False]


def test_unmapped_fields_go_into_extra_under_their_names() -> None:
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
def test_wrong_types_go_into_extra_with_a_problem(payload: dict[str, Any], place: str) -> None:
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
def test_what_is_no_event_is_still_seen(body: bytes) -> None:
    event = event_of(body)

    assert event.title == "<unlabelled event>"
    assert event.problems
    assert "payload" in event.extra
    assert event.event_id == ID


@pytest.mark.parametrize(
    "body", [b'{"extra":' + b"[" * 100_000, b'{"extra":' * 100_000 + b"1" + b"}" * 100_000]
)
def test_what_is_nested_too_deep_is_seen_down_to_there(body: bytes) -> None:
    event = event_of(body)

    assert event.event_id == ID
    assert event.problems
    assert event.extra["cut_off"]


def test_what_was_cut_short_shows_what_came() -> None:
    event = event_of(b'{"event_id": "%s", "release": "1.2", "message": "cut of' % ID[::-1].encode())

    assert (event.event_id, event.release, event.title) == (ID[::-1], "1.2", "cut of…")
    assert event.problems == ("The event is cut short after 85 bytes; what came of it is shown.",)


def test_many_problems_are_counted_not_listed() -> None:
    event = event_of({"breadcrumbs": [5] * 1000})

    assert len(event.problems) == 51
    assert "950 more" in event.problems[-1]


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
