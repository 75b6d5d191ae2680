import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols import envelope
from app.protocols.protocol import Malformed


def check(body: bytes) -> envelope.Header:
    header, items = envelope.check_header(body, complete=True)
    envelope.check(body, items)
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

    assert reading.problem is None
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
    ],
)
def test_odd_but_well_formed(body: bytes) -> None:
    check(body)

    assert envelope.read(body).problem is None


@pytest.mark.parametrize(
    ("body", "reason", "offset"),
    [
        (b"", "empty", 0),
        (b"\n\n", "empty", 0),
        (b"not json\n", "envelope header is not JSON", 0),
        (b"[1]\n", "envelope header is not a JSON object", 0),
        (b"{}\n{broken\n{}", "item header is not JSON", 3),
        (b'{}\n"event"\n{}', "item header is not a JSON object", 3),
        (b'{}\n{"type":"event","length":100}\n{}', "only 2 are left", 3),
        (b'{}\n{"type":"event","length":-1}\n{}', "not a number of bytes", 3),
        (b'{}\n{"type":"event","length":"2"}\n{}', "not a number of bytes", 3),
        (b'{}\n{"type":"event","length":1}\n{}', "longer than its length", 32),
        (b'{}\n{"type":"' + b"x" * 9000 + b'"}\n{}', "longer than 8192 bytes", 3),
    ],
)
def test_malformed_says_why_and_where(body: bytes, reason: str, offset: int) -> None:
    with pytest.raises(Malformed, match=reason) as caught:
        check(body)

    assert caught.value.offset == offset
    problem = envelope.read(body).problem
    assert problem is not None
    assert reason in problem


def test_an_item_must_name_its_type() -> None:
    with pytest.raises(Malformed, match="names no type") as caught:
        check(b'{}\n{"length": 2}\n{}\n')

    assert caught.value.offset == 3


def test_what_was_read_before_the_damage_is_kept() -> None:
    reading = envelope.read(b'{}\n{"type":"event"}\n{"a":1}\n{"type":"attachment","length":99}\nhalf of')

    assert [item.payload for item in reading.items] == [b'{"a":1}', b"half of"]
    assert "only 7 are left" in (reading.problem or "")


def test_a_header_seen_in_part_is_not_taken_for_whole() -> None:
    with pytest.raises(Malformed, match="longer than 8192"):
        envelope.check_header(b'{"event_id": "ab', complete=False)


HEADERS = st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9), max_size=3)
PAYLOADS = st.binary(max_size=60)


@given(HEADERS, st.lists(st.tuples(st.text(max_size=8), PAYLOADS), max_size=5), st.booleans())
def test_framing_round_trip(header: dict[str, object], parts: list[tuple[str, bytes]], newline: bool) -> None:
    items: list[tuple[dict[str, object], bytes]] = [
        ({"type": kind, "length": len(payload)}, payload) for kind, payload in parts
    ]
    body = build(header, items, newline=newline or not items)

    reading = envelope.read(body)

    assert reading.problem is None
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
    else:
        assert reading.problem is None
