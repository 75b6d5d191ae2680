import pytest

from app.protocols.stacktrace import parse
from app.protocols.stacktrace.javascript import trace_end
from tests.protocols.stacktrace.reading import calls, said

ONE = "TypeError: one\n    at one (/srv/a.js:1:2)\n"
TWO = "    at two (/srv/b.js:3:4)\n"


@pytest.mark.parametrize(
    "line",
    [
        "From previous event:",
        "----------------------------------------",
        "-------------   Elapsed: 12 ms; At: Tue   -------------",
        "Node.js v20.20.2",
        "... 4 lines matching cause stack trace ...",
        "    ^^^^",
        "> 3 |   throw new Error()",
        "    |   ^",
    ],
)
def test_separators(line: str) -> None:
    parsed = parse(f"{ONE}{line}\n{TWO}")

    assert calls(parsed.exceptions[0]) == ["two /srv/b.js:3:4", "one /srv/a.js:1:2"]
    assert parsed.unread == 0


@pytest.mark.parametrize(
    "line",
    [
        "~~ odd ~~",
        "[object Object]",
        "3 more",
        "words of somebody",
        "    at odd ?",
        "2026-11-30 12:00:01 INFO GET / 200",
        "2026-11-30 12:00:01 ERROR the disk is full",
    ],
)
def test_unknown_lines_are_skipped_and_counted(line: str) -> None:
    parsed = parse(f"{ONE}{line}\n{TWO}{line}\n")

    assert calls(parsed.exceptions[0]) == ["two /srv/b.js:3:4", "one /srv/a.js:1:2"]
    assert parsed.unread == 2


@pytest.mark.parametrize(
    "line",
    [
        "RangeError: two",
        "Uncaught Error: two",
        "error: two",
        "2026-11-30 12:00:01 ERROR Error: could not charge",
        "[12:00:01] app: TypeError: could not charge",
        "The above error occurred in the <Cart> component:",
    ],
)
def test_what_begins_something_else_ends_the_trace(line: str) -> None:
    parsed = parse(f"{ONE}{line}\n{TWO}")

    assert said(parsed) == [("TypeError", "one")]
    assert calls(parsed.exceptions[0]) == ["one /srv/a.js:1:2"]
    assert parsed.unread == 2
    assert trace_end.begins_other(line)
    assert not trace_end.is_separator(line)
