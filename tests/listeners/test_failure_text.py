"""Failures are described by the line of the person's file in which they happened."""

from pathlib import Path
from types import FunctionType

import pytest

from app.listeners import failure_text

CODE = "def outer():\n    inner()\n\ndef inner():\n    raise KeyError('x')\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "listeners.py"
    written.write_text(CODE)
    return written


def load(file: Path) -> FunctionType:
    names: dict[str, FunctionType] = {}
    exec(compile(file.read_text(), str(file), "exec"), names)
    return names["outer"]


def test_an_error_has_the_innermost_line_of_the_file_and_a_traceback_from_its_first(file: Path) -> None:
    outer = load(file)
    with pytest.raises(KeyError) as raised:
        outer()
    failed = failure_text.failed(str(file), "outer", raised.value, outer)
    assert (failed.listener, failed.place, failed.error) == ("outer", f"{file}:5", "KeyError: 'x'")
    assert "line 2, in outer" in failed.traceback
    assert __file__ not in failed.traceback


def test_an_error_elsewhere_has_the_line_where_the_function_begins(file: Path) -> None:
    outer = load(file)
    failed = failure_text.failed(str(file), "outer", ValueError("no"), outer)
    assert (failed.place, failed.error) == (f"{file}:1", "ValueError: no")
    assert failure_text.definition(str(file), print) == str(file)


def test_a_syntax_error_has_its_own_line(file: Path) -> None:
    file.write_text("x = 1\nx = = 2\n")
    with pytest.raises(SyntaxError) as raised:
        load(file)
    assert failure_text.failed(str(file), "listeners.py", raised.value, None).place == f"{file}:2"


def test_a_slow_function_is_described_by_its_seconds(file: Path) -> None:
    slow = failure_text.slow(str(file), "outer", 2.345, load(file))
    assert (slow.place, slow.error) == (f"{file}:1", "It took 2.3 s: the digest waits for it")
