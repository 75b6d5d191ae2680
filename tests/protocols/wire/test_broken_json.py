from typing import Any

import pytest

from app.protocols.wire import broken_json, fitting
from app.protocols.wire.notes import Notes


def read(body: bytes) -> tuple[Any, list[str], dict[str, Any]]:
    notes = Notes()
    return fitting.lenient(body, notes), notes.problems, notes.kept


@pytest.mark.parametrize(
    ("body", "problem", "kept"),
    [
        (b')]}\',\n{"m": 1}', None, {}),
        (b'for(;;);{"m": 1}', None, {}),
        (b'while(1);{"m": 1}', None, {}),
        (b'\xef\xbb\xbf{"m": 1}', None, {}),
        (b'{"m": 1}\x00\x00', None, {}),
        (b'error: {"m": 1}', "Before the JSON", {"before_json": "error:"}),
        (b'{"m": 1} and so on'[:13], "Behind the JSON", {"behind_json": "and"}),
        (b'{"m": 1}{"m": 2}', "Behind the JSON", {"behind_json": '{"m": 2}'}),
        (b'{"m": 1};', None, {}),
        (b'data={"m": 1}', "JSON within a form", {}),
        (b"payload=%7B%22m%22%3A+1%7D&more=x", "JSON within a form", {"behind_json": "more=x"}),
        (b"{'m': 1,}", "single quotes, a comma too many", {}),
    ],
)
def test_what_stands_around_json_costs_nothing(
    body: bytes, problem: str | None, kept: dict[str, Any]
) -> None:
    value, problems, found = read(body)

    assert value == {"m": 1}
    assert found == kept
    assert (len(problems) == 1 and problem in problems[0]) if problem else not problems


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_read(name: str) -> None:
    assert read('{"m": "žluť"}'.encode(name))[:2] == ({"m": "žluť"}, [])


def test_latin_letters_are_read_and_other_wrong_bytes_replaced() -> None:
    assert read('{"m": "Grüße"}'.encode("latin-1"))[0] == {"m": "Grüße"}
    assert read(b'{"m": "port \xff\xfe opened"}')[0] == {"m": "port \ufffd\ufffd opened"}


@pytest.mark.parametrize(
    "text",
    [
        "{braces} something happened",
        "[ERROR] {x} failed",
        "[1, 2] and more",
        "plain words",
        "{}  nothing in there",
    ],
)
def test_text_stays_text(text: str) -> None:
    value, problems, kept = read(text.encode())

    assert value == text
    assert len(problems) == 1
    assert not kept


def test_beyond_256_kib_escapes_are_mended_and_faults_end_it() -> None:
    filler = b'"f": "' + b"x" * (1 << 18) + b'"'

    assert read(b'{"m": "a \\x41", %b}' % filler)[0]["m"] == "a \\x41"
    value, problems, _kept = read(b'{"m": 1, %b, "n": oops}' % filler)
    assert value["m"] == 1
    assert "is broken" in problems[0]


def test_a_binary_with_a_brace_in_it_is_no_json() -> None:
    assert isinstance(read(b"\x89PNG\x00\x01{\x02a:1}")[0], str)


def test_an_object_is_read_whole_or_not_at_all() -> None:
    assert broken_json.read_object(b'{"type": "event",}') == {"type": "event"}
    assert broken_json.read_object(b'{"type": "event"} more') is None
    assert broken_json.read_object(b'{"type": "ev') is None
    assert broken_json.read_object(b"[1]") is None
