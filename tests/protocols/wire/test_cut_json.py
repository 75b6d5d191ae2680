import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.wire import cut_json, fitting, lenient_json
from app.protocols.wire.notes import Notes

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=20,
)
DOCUMENTS = st.lists(VALUES, min_size=1, max_size=4) | st.dictionaries(
    st.text(max_size=5), VALUES, min_size=1, max_size=4
)


def is_beginning(part: Any, whole: Any) -> bool:
    """Whether `part` is what a cut leaves of `whole`: all but its last value is untouched."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and is_beginning(value, whole[key]) for key, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) <= len(whole) and all(map(is_beginning, part, whole))
    if isinstance(part, str) and isinstance(whole, str):
        return part == whole or whole.encode("utf-16", "surrogatepass").startswith(
            part.removesuffix("…").encode("utf-16", "surrogatepass")
        )
    return bool(part == whole)


@given(DOCUMENTS, st.booleans(), st.sampled_from([None, 1]), st.floats(0, 1, exclude_max=True))
def test_a_document_cut_anywhere_is_read_up_to_there(
    document: Any, ascii_only: bool, indent: int | None, place: float
) -> None:
    body = json.dumps(document, ensure_ascii=ascii_only, indent=indent).encode()
    cut = body[: max(1, int(len(body) * place))]

    part = cut_json.read(cut)

    assert part is not None
    assert part.is_cut
    assert is_beginning(part.value, document)
    assert part.rest in cut


def test_every_cut_of_a_document_gives_what_stood_before_it() -> None:
    document = {
        "event_id": "ab",
        "message": 'say "žluťoučký 🐎" \\ twice',
        "n": [1, -2.5e10, True, None],
        "d": {"k": {}},
    }
    for ascii_only in (True, False):
        body = json.dumps(document, ensure_ascii=ascii_only).encode()
        for end in range(1, len(body)):
            part = cut_json.read(body[:end])

            assert part is not None
            assert is_beginning(part.value, document), body[:end]
            whole = [name for name in document if body.find(b"%b: " % json.dumps(name).encode()) < end]
            assert list(part.value) in (whole, whole[:-1]), body[:end]


@given(st.binary(max_size=80) | DOCUMENTS.map(lambda value: json.dumps(value).encode()[:-2] + b"}]"))
def test_any_bytes_are_read_or_not(body: bytes) -> None:
    part = cut_json.read(body)

    assert part is None or isinstance(part.value, (dict, list))
    assert isinstance(fitting.lenient(body, Notes()), (dict, list, str, int, float, bool, type(None)))


@pytest.mark.parametrize(
    ("cut", "value", "rest"),
    [
        (b'{"a": 1, "b": 23', {"a": 1}, b'"b": 23'),
        (b'{"a": 1, "b": -', {"a": 1}, b'"b": -'),
        (b'{"a": 1, "b": 1.5e', {"a": 1}, b'"b": 1.5e'),
        (b'{"a": 1, "b": tr', {"a": 1}, b'"b": tr'),
        (b'{"a": 1, "b": true', {"a": 1, "b": True}, b""),
        (b'{"a": 1, "b":', {"a": 1}, b'"b":'),
        (b'{"a": 1, "b', {"a": 1}, b'"b'),
        (b'{"a": 1,', {"a": 1}, b""),
        (b'{"a": {"b": [{"c": "d"}', {"a": {"b": [{"c": "d"}]}}, b""),
        (b'{"a": "half of a te', {"a": "half of a te…"}, b""),
        (b'{"a": "tab\\', {"a": "tab…"}, b""),
        (b'{"a": "quote\\"', {"a": 'quote"…'}, b""),
        (b'{"a": "\\ud83d\\udc0', {"a": "…"}, b""),
        (b'{"a": "x\xf0\x9f\x90', {"a": "x…"}, b""),
        (b'{"a": "x\xe2\x82\xac', {"a": "x€…"}, b""),
        (b'["one", "tw', ["one", "tw…"], b""),
        (b'\xef\xbb\xbf {"a": [', {"a": []}, b""),
        (b'{"braces": "}]{[", "b": [', {"braces": "}]{[", "b": []}, b""),
        (b'{"a": 1, "a": 2, "b', {"a": 2}, b'"b'),
        (
            b'{"a": NaN, "b": -Infinity, "c": 1e400, "d',
            {"a": "NaN", "b": "-Infinity", "c": "Infinity"},
            b'"d',
        ),
        (b'{"a": 123456789012345678901234567890, "b', {"a": 123456789012345678901234567890}, b'"b'),
        (b'{"a": "two\nlines", "b', {"a": "two lines"}, b'"b'),
    ],
)
def test_what_is_read_of_a_cut(cut: bytes, value: Any, rest: bytes) -> None:
    part = cut_json.read(cut)

    assert part is not None
    assert (lenient_json.clean(part.value), part.rest, part.is_cut) == (value, rest, True)


@pytest.mark.parametrize("body", [b"", b"half of a text", b'"text', b"12", b'{"a": 1}', b"]"])
def test_what_is_no_beginning_of_json_is_left_alone(body: bytes) -> None:
    assert cut_json.read(body) is None


@pytest.mark.parametrize(
    ("body", "value", "rest"),
    [
        (b'{"a": 1, "b": [2, !, 3], "c": 4}', {"a": 1, "b": [2]}, b'!, 3], "c": 4}'),
        (b'{"a": 1]', {"a": 1}, b"]"),
        (b'{"a": "x",\n "b": 1,\n ?}', {"a": "x", "b": 1}, b"?}"),
    ],
)
def test_of_what_is_broken_the_part_before_the_fault_is_read(body: bytes, value: Any, rest: bytes) -> None:
    part = cut_json.read(body)

    assert part is not None
    assert (part.value, part.is_cut) == (value, False)
    assert part.rest.endswith(rest)
    assert part.fault


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"a":' * 100_000, b'["a":' * 500_001, b'{"a":[' * 9_000 + b"1"]
)
def test_what_is_nested_too_deep_raises_nothing(body: bytes) -> None:
    cut_json.read(body)
    fitting.lenient(body, Notes())


def test_a_large_body_that_was_cut_is_read() -> None:
    body = b'{"items": [' + b'{"k": "v\\"", "n": 1},' * 200_000 + b'{"k": "cut'

    part = cut_json.read(body)

    assert part is not None
    assert len(part.value["items"]) == 200_001
    assert part.value["items"][-1] == {"k": "cut…"}


def test_every_format_shows_what_came_before_the_cut() -> None:
    notes = Notes(subject="notice")

    value = fitting.lenient(b'{"error": {"class": "KeyError", "line": 12', notes)

    assert value == {"error": {"class": "KeyError"}}
    assert notes.problems == ["The notice is cut short after 42 bytes; what came of it is shown."]
    assert notes.kept == {"cut_off": '"line": 12'}


@pytest.mark.parametrize("body", [b"{", b'{"a', b'{"a": 1', b"{broken"])
def test_unreadable_text_is_returned_whole(body: bytes) -> None:
    notes = Notes()

    assert fitting.lenient(body, notes) == body.decode()
    assert len(notes.problems) == 1
