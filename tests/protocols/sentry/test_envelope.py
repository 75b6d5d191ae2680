import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.protocol import Malformed
from app.protocols.sentry import envelope, envelope_check


def check(body: bytes) -> envelope_check.EnvelopeHeader:
    header, items = envelope_check.check_header(body, complete=True)
    envelope_check.check(body, items)
    return header


def build(header: object, items: list[tuple[dict[str, object], bytes]], *, newline: bool = True) -> bytes:
    lines = [json.dumps(header).encode()]
    for item_header, payload in items:
        lines += [json.dumps(item_header).encode(), payload]
    return b"\n".join(lines) + (b"\n" if newline else b"")


def test_reads_items_with_and_without_length() -> None:
    body = (
        b'{"event_id": "ab"}\n{"type": "event"}\n{"a": 1}\n{"type": "attachment", "length": 5}\n\n\x00{\n}\n'
    )

    reading = envelope.read(body)

    assert not reading.problems
    assert reading.header == {"event_id": "ab"}
    assert [(item.type, item.payload) for item in reading.items] == [
        ("event", b'{"a": 1}'),
        ("attachment", b"\n\x00{\n}"),
    ]
    assert [body[item.offset :].startswith(item.payload) for item in reading.items] == [True, True]
    assert check(body).event_id == "ab"


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"{}\n",
        b"{}\n\n\n",
        b'{}\n{"type":"session"}',
        b'{}\n{"type":"session"}\n',
        b'{}\n{"type":"x","length":0}',
        b'{}\n{"type":"x","length":0}\n\n{"type":"y"}\n{}',
        b'{"dsn": 5, "event_id": []}\r\n{"type":"session"}\r\n{}',
        b'{"a": NaN}\n{"type":"x", "b": NaN}\n{}',
        b'\r\n\n{}\n{"type":"session"}\n{}',
        b'\xef\xbb\xbf{}\n{"type":"session"}\n{}',
    ],
)
def test_odd_but_well_formed(body: bytes) -> None:
    check(body)

    assert not envelope.read(body).problems


@pytest.mark.parametrize(
    ("body", "reason", "offset"),
    [
        (b"", "empty", 0),
        (b"\n\n", "empty", 0),
        (b"not json\n", "envelope header is not JSON", 0),
        (b"[1]\n", "envelope header is not JSON", 0),
        (b"{'dsn': oops}\n", "envelope header names no type", 0),
        (b"{}\n{broken\n{}", "item header is not JSON", 3),
        (b'{}\n"event"\n{}', "item header is not JSON", 3),
        (b'{}\n{"length": 2}\n{}\n', "names no type", 3),
        (b'{}\n{"length": 2}\n{}\n{}\n[]\n', "names no type", 3),
    ],
)
def test_where_nothing_can_be_read_it_says_why_and_where(body: bytes, reason: str, offset: int) -> None:
    with pytest.raises(Malformed, match=reason) as caught:
        check(body)

    assert caught.value.offset == offset
    assert not any(item.type == "event" for item in envelope.read(body).items)


EVENT = b'{"message": "kept"}'


def read_events(body: bytes) -> list[bytes]:
    check(body)
    return [item.payload for item in envelope.read(body).items if item.type == "event"]


@pytest.mark.parametrize(
    "length", [b"0", b"5", b"12", b"26", b"28", b"999999", b"-1", b'"x"', b"1.5", b"{}", b"[]"]
)
@pytest.mark.parametrize(
    "payload", [b'{"segment_id":0}\nxxBINARYxx', b'{"message": "also kept"}\n\n', b"\x00\n\n\n\x00"]
)
@pytest.mark.parametrize("kind", [b"attachment", b"replay_recording", b"event", b"session"])
def test_a_wrong_length_costs_no_neighbour(length: bytes, payload: bytes, kind: bytes) -> None:
    item = b'{"type":"%b","length":%b}\n%b\n' % (kind, length, payload)
    before = b'{}\n{"type":"event","length":%d}\n%b\n' % (len(EVENT), EVENT) + item
    behind = b"{}\n" + item + b'{"type":"event"}\n' + EVENT

    assert EVENT in read_events(before)
    assert EVENT in read_events(behind)
    assert envelope.read(behind).problems or int(length) == len(payload)


@pytest.mark.parametrize("length", range(60))
def test_an_event_whose_own_length_is_wrong_is_read(length: int) -> None:
    body = b'{}\n{"type":"event","length":%d}\n%b\n{"type":"event"}\n%b\n' % (length, EVENT, EVENT)

    assert read_events(body) == [EVENT, EVENT]


@pytest.mark.parametrize("length", range(120))
def test_an_event_of_several_lines_whose_length_is_wrong_is_read(length: int) -> None:
    event = json.dumps({"message": "kept", "tags": {"type": "x"}, "list": [{}, {}]}, indent=1).encode()
    body = b'{}\n{"type":"event","length":%d}\n%b\n{"type":"session"}\n{}\n' % (length, event)

    assert [json.loads(payload) for payload in read_events(body)] == [json.loads(event)]


def test_an_event_of_several_lines_without_a_length_is_read() -> None:
    event = json.dumps({"message": "kept", "list": [{}, {}]}, indent=1).encode()
    body = b'{}\n{"type":"event"}\n%b\n{"type":"event"}\n%b' % (event, EVENT)

    assert read_events(body) == [event, EVENT]
    assert "several lines" in envelope.read(body).problems[0]


def test_a_transaction_is_no_header_though_it_has_a_type() -> None:
    transaction = b'{"type":"transaction","event_id":"%b","timestamp":1}' % (b"a" * 32)
    body = b'{}\n{"type":"transaction","length":3}\n%b\n{"type":"event"}\n%b' % (transaction, EVENT)

    assert [item.payload for item in envelope.read(body).items] == [transaction, EVENT]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b'{}\n{"length": 19}\n' + EVENT, "names no type"),
        (b'{}\n{"type": 5}\n' + EVENT, "names no type"),
        (b'{}\n{"type": null}\n' + EVENT, "names no type"),
        (b'{}\n{"length": 2}\n[]\n{"type":"event"}\n' + EVENT, "names no type"),
        (b'{}\nnonsense\n{"type":"event"}\n' + EVENT, "no item header"),
        (b'{}\n\x00\xff{\n{}{}\n{"type":"event"}\n' + EVENT, "no item header"),
        (b'{}\n{"type":"event"}\n' + EVENT + b"\nnonsense", "no item header"),
        (b'not json\n{"type":"event"}\n' + EVENT, "header is not JSON"),
        (b'{"type":"event"}\n' + EVENT, "header is missing"),
        (b'{"a": "%b"}\n{"type":"event"}\n' % (b"x" * 9000) + EVENT, "longer than 8192 bytes"),
        (b'{}\n{"type":"event", "a": "%b"}\n' % (b"x" * 9000) + EVENT, "longer than 8192 bytes"),
        (b"{}\n{'type':'event',}\n" + EVENT, None),
        (b'{}\r\n{"type":"event"}\r\n' + EVENT + b"\r\n", None),
        (b'{}\r\n{"type":"event","length":19}\r\n' + EVENT + b'\r\n{"type":"session"}\r\n{}\r\n', None),
        (EVENT, "bare event"),
    ],
)
def test_what_can_be_read_is_and_the_rest_is_said(body: bytes, problem: str | None) -> None:
    assert read_events(body) == [EVENT]
    problems = envelope.read(body).problems
    assert (problem is None and not problems) or any(problem and problem in said for said in problems)


def test_an_event_without_an_envelope_may_have_several_lines() -> None:
    event = b'{\n "message": "kept",\n "tags": {}\n}\n'

    assert read_events(event) == [event]


def test_items_before_the_damage_are_accepted() -> None:
    reading = envelope.read(b'{}\n{"type":"event"}\n{"a":1}\n{"type":"attachment","length":99}\nhalf of')

    assert [item.payload for item in reading.items] == [b'{"a":1}', b"half of"]
    assert "only 7 are left" in reading.problems[0]


@pytest.mark.parametrize(
    "piece",
    [
        b'{"length":1}\n',
        b'{"type":"a","length":9}\n',
        b"{\n",
        b'{"a"\n',
        b" ",
        b'{"type"',
        b'{"type":"event"}\n',
    ],
)
def test_a_hostile_envelope_is_read_in_one_pass(piece: bytes) -> None:
    envelope.read(b"{}\n" + piece * (2_000_000 // len(piece) // 4))


HEADERS = st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9), max_size=3)
PAYLOADS = st.binary(max_size=60)


@given(HEADERS, st.lists(st.tuples(st.text(max_size=8), PAYLOADS), max_size=5), st.booleans())
def test_framing_round_trip(header: dict[str, object], parts: list[tuple[str, bytes]], newline: bool) -> None:
    items: list[tuple[dict[str, object], bytes]] = [
        ({"type": kind, "length": len(payload)}, payload) for kind, payload in parts
    ]
    body = build(header, items, newline=newline or not items)

    reading = envelope.read(body)

    assert not reading.problems
    assert reading.header == header
    assert [(item.type, item.payload) for item in reading.items] == parts
    check(body)


LINES = st.sampled_from(
    [b"{}", b'{"type":"event"}', b'{"type":"a","length":3}', b"\n", b"\x00\xff", b"[", b'{"length":1e5}']
)


@given(st.lists(LINES | st.binary(max_size=30), max_size=8).map(b"\n".join))
def test_any_bytes_are_read_and_both_ways_agree(body: bytes) -> None:
    reading = envelope.read(body)
    try:
        check(body)
    except Malformed as malformed:
        assert 0 <= malformed.offset <= len(body)
        assert reading.problems
        assert not any(item.type == "event" for item in reading.items)
    else:
        assert reading.items or not reading.problems


def test_an_event_whose_header_an_item_before_it_has_swallowed_is_read() -> None:
    event = b'{"event_id":"%s","message":"no card"}' % (b"a" * 32)
    body = b'{}\n{"type":"attachment","length":25,"filename":"a"}\nline one\n{"type":"event"}\n' + event

    reading = envelope.read(body)

    assert [(item.type, item.payload) for item in reading.items][-1] == ("event", event)
    assert "an event has no item header" in reading.problems[0]
