from collections.abc import Sequence

from app.model import Frame
from app.protocols.stacktrace.native.numbered import Numbered, first_stack


def read(lines: Sequence[str], n: int) -> Numbered | None:
    return Numbered(int(lines[n]), Frame(function=f"line {n}")) if lines[n].isdigit() else None


def test_only_the_first_stack_is_read() -> None:
    lines = ["0", "odd", "1", "5", "0", "6", "7"]
    call = first_stack(read)
    found = [taken.frame.function for n in range(len(lines)) if (taken := call(lines, n)) and taken.frame]
    assert found == ["line 0", "line 2", "line 3"]


def test_each_walk_begins_anew() -> None:
    first_stack(read)(["3"], 0)
    assert first_stack(read)(["3"], 0) is not None
