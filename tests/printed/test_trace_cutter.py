"""Stack traces are cut out of whatever stands around them."""

import pytest

from app.printed.printed_line import PrintedLine
from app.printed.trace_cutter import BEFORE, CutTrace, TraceCutter
from app.protocols import stacktrace
from tests.protocols.stacktrace.reading import SAMPLES

PYTHON = """Traceback (most recent call last):
  File "/srv/shop/pay.py", line 3, in <module>
    pay()
  File "/srv/shop/pay.py", line 2, in pay
    raise ValueError("no card")
ValueError: no card"""
NODE = """TypeError: x is undefined
    at pay (/srv/shop/pay.js:3:9)
    at main (/srv/shop/main.js:1:1)"""


def cut(text: str, *, pauses: bool = True) -> tuple[list[CutTrace], TraceCutter]:
    found: list[CutTrace] = []
    cutter = TraceCutter(found.append)
    for number, line in enumerate(text.split("\n")):
        cutter.feed(PrintedLine(line, number / 1_000))
    if pauses:
        cutter.pause()
    return found, cutter


def test_a_trace_is_cut_out_with_what_was_printed_before_it() -> None:
    found, cutter = cut(f"starting\nlistening\n{PYTHON}\n")
    (trace,) = found
    assert trace.text == PYTHON
    assert [line.text for line in trace.before] == ["starting", "listening"]
    assert [line.text for line in cutter.recent][:2] == ["starting", "listening"]


def test_ordinary_lines_are_only_remembered() -> None:
    found, cutter = cut("\n".join(f"line {n}" for n in range(3 * BEFORE)))
    assert found == []
    assert not cutter.is_open
    assert [line.text for line in cutter.recent][-1] == f"line {3 * BEFORE - 1}"
    assert len(cutter.recent) == BEFORE


def test_two_traces_in_a_row_are_two() -> None:
    found, _cutter = cut(f"{PYTHON}\n{NODE}\nINFO done\n{PYTHON}")
    assert [trace.text for trace in found] == [PYTHON, NODE, PYTHON]


def test_a_log_that_goes_on_ends_the_trace_without_a_pause() -> None:
    after = "\n".join(f"2026-11-30 12:00:{n:02d} INFO request {n}" for n in range(60))
    found, cutter = cut(f"2026-11-30 12:00:00 ERROR failed\n{PYTHON}\n{after}", pauses=False)
    (trace,) = found
    assert trace.text == PYTHON
    assert not cutter.is_open


def test_a_message_of_several_lines_belongs_to_the_trace() -> None:
    message = "2 validation errors for Order\ncard\n  field required"
    text = PYTHON.replace("ValueError: no card", f"pydantic.ValidationError: {message}")
    found, _cutter = cut(f"{text}\n\nbye")
    (trace,) = found
    assert trace.text == text


def test_what_is_printed_later_is_no_message() -> None:
    found: list[CutTrace] = []
    cutter = TraceCutter(found.append)
    for line in PYTHON.split("\n"):
        cutter.feed(PrintedLine(line, 1.0))
    cutter.feed(PrintedLine("going on", 2.0))
    cutter.pause()
    assert [trace.text for trace in found] == [PYTHON]


def test_a_sanitizer_prints_slowly_until_its_summary() -> None:
    cutter = TraceCutter(lambda _trace: None)
    for text in (
        "==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x1",
        "    #0 0x55 in pay pay.c:3",
    ):
        cutter.feed(PrintedLine(text))
        assert cutter.is_slow
    cutter.feed(PrintedLine("SUMMARY: AddressSanitizer: heap-use-after-free pay.c:3 in pay"))
    assert not cutter.is_slow
    assert cutter.is_open


def test_lines_that_only_look_like_calls_are_no_trace() -> None:
    found, cutter = cut("we met\nat noon\nat the station\nbye")
    assert found == []
    assert [line.text for line in cutter.recent] == ["we met", "at noon", "at the station", "bye"]


def test_each_line_is_given_once() -> None:
    text = f"one\n{NODE}\ntwo\nthree\n{PYTHON}\nfour"
    found, cutter = cut(text)
    given = [line.text for trace in found for line in trace.lines]
    left = [line.text for line in cutter.recent]
    assert sorted(given + left) == sorted(text.split("\n"))


@pytest.mark.parametrize("name", sorted(str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*.txt")))
def test_every_known_trace_is_found_within_a_log(name: str) -> None:
    text = (SAMPLES / name).read_text("utf-8").replace("\r\n", "\n").rstrip("\n")
    whole = stacktrace.parse(text)
    if not whole.exceptions:
        pytest.skip("it has no stack trace")
    found, _cutter = cut(f"starting up\n\n{text}")
    calls = [
        frame
        for trace in found
        for raised in stacktrace.parse(trace.text).exceptions
        for frame in raised.frames
    ]
    assert [frame for raised in whole.exceptions for frame in raised.frames] == calls[
        : sum(len(raised.frames) for raised in whole.exceptions)
    ]
