"""Output in pieces of any size is read for errors, and most of it only remembered."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.printed.scanner import FoundError
from app.runs.output import PAUSE_SECONDS, Output

TRACE = (
    "Traceback (most recent call last):\n"
    '  File "/srv/shop/pay.py", line 2, in pay\n'
    '    raise ValueError("no card")\n'
    "ValueError: no card\n"
)
NODE = "TypeError: x is undefined\n    at pay (/srv/shop/pay.js:3:9)\n    at main (/srv/shop/main.js:1:1)\n"


def read(*pieces: bytes, stream: str = "stdout") -> tuple[list[FoundError], Output]:
    found: list[FoundError] = []
    output = Output(found.append)
    for number, piece in enumerate(pieces):
        output.take(piece, stream, float(number))
    output.end()
    return found, output


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 400), max_size=12), st.integers(0, 300))
def test_pieces_of_any_size_say_the_same(cuts: list[int], before: int) -> None:
    lines = "".join(f"line {n}\n" for n in range(before))
    text = f"{lines}{TRACE}\nafter\n{lines}{NODE}the end".encode()
    places = sorted({0, len(text), *(cut * 10 % len(text) for cut in cuts)})
    found, output = read(*(text[a:b] for a, b in pairwise(places)))
    assert [error.trace.text + "\n" for error in found] == [TRACE, NODE]
    crumbs = [line.text for line in found[0].trace.before]
    assert crumbs == [f"line {n}" for n in range(before)][-100:]
    assert found[0].trace.lines[0].number == before + 1
    assert found[1].trace.lines[0].number == 2 * before + 7
    assert output.last_lines[-1] == "the end"


def test_colours_services_and_times_hide_no_error() -> None:
    for head in (
        "\x1b[31m",
        "web-1  | ",
        "2026-11-30T01:35:44.123456789Z ",
        "Nov 30 01:35:44 host shop[1]: ",
    ):
        text = "".join(head + line + "\x1b[0m\r\n" for line in TRACE.splitlines()).encode()
        found, _output = read(b"x\n" * 50_000, text, b"y\n" * 50_000)
        (error,) = found
        assert error.trace.text.startswith(TRACE.rstrip()), head


def test_services_that_print_together_are_told_apart() -> None:
    python = [f"web-1    | {line}" for line in TRACE.splitlines()]
    node = [f"api-1    | {line}" for line in NODE.splitlines()]
    mixed = [line for pair in zip(python, [*node, "api-1    | x"], strict=True) for line in pair]
    found, _output = read(("\n".join(["Attaching to api-1, web-1", *mixed]) + "\n").encode())
    assert {(error.service, error.trace.text + "\n") for error in found} == {("web", TRACE), ("api", NODE)}


def test_both_streams_are_one_story() -> None:
    found: list[FoundError] = []
    output = Output(found.append)
    output.take(b"starting\nwith", "stdout", 1.0)
    output.take(TRACE.encode(), "stderr", 2.0)
    output.take(b"out a line end", "stdout", 3.0)
    output.end()
    (error,) = found
    assert [line.text for line in error.trace.before] == ["starting"]
    assert output.last_lines[-1] == "without a line end"


def test_an_error_is_complete_when_nothing_more_comes() -> None:
    found: list[FoundError] = []
    output = Output(found.append)
    output.take(TRACE.encode(), "stderr", 1.0)
    output.pause(1.0 + PAUSE_SECONDS / 2)
    assert found == []
    assert output.is_waiting
    output.pause(1.0 + 2 * PAUSE_SECONDS)
    assert len(found) == 1
    assert not output.is_waiting


def test_what_an_editor_draws_is_no_line() -> None:
    screen = b"\x1b[?1049h\x1b[1;1H" + TRACE.encode().replace(b"\n", b"\r\n") + b"\x1b[?1049l\r\n"
    found, output = read(b"before\n", screen, b"after\n")
    assert found == []
    assert output.last_lines == ["before", "after"]


def test_what_was_skipped_is_not_joined() -> None:
    found: list[FoundError] = []
    output = Output(found.append)
    head, tail = TRACE[:60].encode(), TRACE[60:].encode()
    output.take(b"half a ", "stdout", 1.0)
    output.skip()
    output.take(b"line\n" + head + tail, "stdout", 2.0)
    output.end()
    assert [line.text for line in found[0].trace.before] == ["line"]


@pytest.mark.parametrize(
    "line", [b"y\n", b"%d request took 12 ms from 10.0.0.1\n" % 7, b"\xff\xfe\x00\n", b"x" * 999_999]
)
def test_fast_output_is_looked_through_fast_and_held_in_little(line: bytes) -> None:
    output = Output(lambda _error: None)
    piece = line * (65_536 // len(line) + 1)
    begun = time.process_time()
    for _piece in range(200):
        output.take(piece, "stdout", 1.0)
    seconds = time.process_time() - begun
    # Line by line it would be 3 MB/s at most.
    assert 200 * len(piece) / seconds > 20_000_000
    output.end()
    assert len(output.last_lines) <= 100


def test_noise_with_many_false_signs_is_read_to_its_end() -> None:
    chance = random.Random(7)
    words = [
        b"at ",
        b"    at x",
        b"from here",
        b"  12: x",
        b"\x1b[31m",
        b"\r",
        b"a.go:12",
        b"Caused by:",
        b"#0 ",
    ]
    noise = b"\n".join(chance.choice(words) + b"%d" % n for n in range(3_000)) + b"\n"
    found, _output = read(noise, b"\n" * 60, TRACE.encode())
    assert found[-1].trace.text + "\n" == TRACE
