import re
from collections.abc import Sequence

import pytest

from app.model import Frame
from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.frames import LONGEST_LINE
from app.protocols.stacktrace.walk import Call, Grammar, after_log_prefix, bounded, walk


def call_at(lines: Sequence[str], n: int) -> Call | None:
    text = lines[n].strip()
    if text == "…":
        return Call(None)
    return Call(Frame(function=text.removeprefix("call "))) if text.startswith("call ") else None


def cause_of(line: str) -> ExceptionBuilder | None:
    return ExceptionBuilder(type=line.strip().removeprefix("cause ")) if "cause " in line else None


GRAMMAR = Grammar(
    platform="made",
    call=call_at,
    known=re.compile(r"-+"),
    below=re.compile(r"state: .*"),
    cause=cause_of,
    another=re.compile(r"^raised "),
)
NESTED = Grammar(platform="made", call=call_at, cause=cause_of, is_nested=True)


def read(text: str, grammar: Grammar = GRAMMAR) -> tuple[list[tuple[str | None, str | None, list[str]]], int]:
    lines = text.split("\n")
    found = walk(lines, 1, ExceptionBuilder(type="raised", message=[lines[0]]), grammar)
    told = [
        (raised.type, raised.value, [str(frame.function) for frame in raised.frames])
        for raised in found.exceptions
    ]
    return told, found.unread


def test_an_unknown_line_is_skipped_and_counted() -> None:
    told, unread = read("no\ncall b\nodd\n\ncall a\n…\nodd\n---")
    assert told == [("raised", "no", ["a", "b"])]
    assert unread == 2


def test_a_message_goes_on_until_a_call_comes() -> None:
    assert read("no\n\nstate: 7\n---\nmoney\ncall a\nstate: 8") == (
        [("raised", "no\n\nstate: 7\nmoney", ["a"])],
        0,
    )


@pytest.mark.parametrize("end", ["", "2026-11-30 20:38:32 INFO idle"])
def test_without_calls_a_message_ends_at_an_empty_line_or_a_loggers(end: str) -> None:
    assert read(f"no\nmoney\n{end}\nsomething else") == (
        [("raised", "no\nmoney", [])],
        2 if end else 1,
    )


def test_another_trace_ends_this_one_and_is_counted() -> None:
    assert read("no\ncall a\nraised again\ncall z") == ([("raised", "no", ["a"])], 2)


def test_causes_have_what_follows_them() -> None:
    assert read("no\ncall a\ncause money\ncall b") == (
        [("money", None, ["b"]), ("raised", "no", ["a"])],
        0,
    )


def test_a_nested_cause_has_what_is_indented_deeper() -> None:
    told, unread = read("no\n  cause money\n    call b\n  call a", NESTED)
    assert told == [("money", None, ["b"]), ("raised", "no", ["a"])]
    assert unread == 0


def test_a_line_that_is_too_long_is_no_call() -> None:
    long = f"call {'x' * LONGEST_LINE}"
    assert bounded([long], 0) == bounded([], 3) == bounded(["x"], -1) == ""
    assert read(f"no\ncall a\n{long}\ncall b")[0] == [("raised", "no", ["b", "a"])]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("[Mon Nov 30 20:38:32 2026] [error] no money", "no money"),
        ("2026-11-30T20:38:32.5Z ERROR: no money", "no money"),
        ("20:38:32.413 [error] no money", "no money"),
        ("no money", "no money"),
    ],
)
def test_a_log_prefix_is_no_part_of_the_text(line: str, text: str) -> None:
    assert line[after_log_prefix(line) :] == text
