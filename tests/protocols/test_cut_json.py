import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols import cut_json, fitting
from app.protocols.notes import Notes

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

    mended = cut_json.mend(cut)

    assert mended is not None
    assert is_beginning(json.loads(mended.payload), document)
    assert mended.rest in cut


@given(st.binary(max_size=80) | DOCUMENTS.map(lambda value: json.dumps(value).encode()[:-2] + b"}]"))
def test_any_bytes_are_mended_or_not(body: bytes) -> None:
    mended = cut_json.mend(body)

    assert mended is None or (mended.payload and mended.rest in body)


@pytest.mark.parametrize(
    ("cut", "payload", "rest"),
    [
        (b'{"a": 1, "b": 23', b'{"a": 1}', b'"b": 23'),
        (b'{"a": 1, "b": tr', b'{"a": 1}', b'"b": tr'),
        (b'{"a": 1, "b": true', b'{"a": 1, "b": true}', b""),
        (b'{"a": 1, "b":', b'{"a": 1}', b'"b":'),
        (b'{"a": 1, "b', b'{"a": 1}', b'"b'),
        (b'{"a": 1,', b'{"a": 1}', b""),
        (b'{"a": {"b": [{"c": "d"}', b'{"a": {"b": [{"c": "d"}]}}', b""),
        (b'{"a": "half of a te', '{"a": "half of a te…"}'.encode(), b""),
        (b'{"a": "tab\\', '{"a": "tab…"}'.encode(), b""),
        (b'{"a": "quote\\"', '{"a": "quote\\"…"}'.encode(), b""),
        (b'{"a": "\\ud83d\\udc0', '{"a": "\\ud83d…"}'.encode(), b""),
        (b'{"a": "x\xf0\x9f\x90', '{"a": "x…"}'.encode(), b""),
        (b'{"a": "x\xe2\x82\xac', '{"a": "x€…"}'.encode(), b""),
        (b'["one", "tw', '["one", "tw…"]'.encode(), b""),
        (b'\xef\xbb\xbf {"a": [', b'\xef\xbb\xbf {"a": []}', b""),
        (b'{"braces": "}]{[", "b": [', b'{"braces": "}]{[", "b": []}', b""),
    ],
)
def test_what_is_kept_of_a_cut(cut: bytes, payload: bytes, rest: bytes) -> None:
    assert cut_json.mend(cut) == cut_json.Mended(payload, rest)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"half of a text",
        b'"text',
        b"12",
        b'{"a": 1}',
        b'{"a": 1} {"b":',
        b'{"a": 1]',
        b'{"a": 1, broken!',
        b'{"a": "\\uZZZZ", "b": 1',
        b"]",
        b"[" * 10_000,
        b'["a":' * 500_001,
    ],
)
def test_what_was_not_cut_is_left_alone(body: bytes) -> None:
    assert cut_json.mend(body) is None


@pytest.mark.parametrize(
    "piece",
    [b'{"k": "v\\"", "n": 1},', b'[["a"]],', b'"\\"', b" ", b"a", b'"a\\u', b'{"a":"b', b"1,", b'{"a":[1],'],
)
def test_the_cost_grows_with_the_length_only(piece: bytes) -> None:
    started = time.process_time()
    cut_json.mend(b'{"a": [' + piece * (500_000 // len(piece)))

    # A cost that grew with the square of the length would be one of hours.
    assert time.process_time() - started < 20


def test_every_format_shows_what_came_before_the_cut() -> None:
    notes = Notes(subject="notice")

    value = fitting.lenient(b'{"error": {"class": "KeyError", "line": 12', notes)

    assert value == {"error": {"class": "KeyError"}}
    assert notes.problems == ["The notice is cut short after 42 bytes; what came of it is shown."]
    assert notes.kept == {"cut_off": '"line": 12'}


@pytest.mark.parametrize("body", [b"{", b'{"a', b'{"a": NaN, "b": oops, "c": "x', b'{"a": 1, "b": oo"ps'])
def test_where_nothing_can_be_kept_the_text_is(body: bytes) -> None:
    notes = Notes()

    assert fitting.lenient(body, notes) == body.decode()
    assert len(notes.problems) == 1
