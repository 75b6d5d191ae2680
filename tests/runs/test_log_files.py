"""Logs as files, pipes, packed, growing and rotated."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.runs.log_files import POLL_SECONDS, FoundInLog, LogFile, read_all
from app.runs.output import LINE_PAUSE_SECONDS

TRACE = 'Traceback (most recent call last):\n  File "/srv/a.py", line 1, in f\n    x()\nValueError: {}\n'


def read(*paths: Path) -> list[FoundInLog]:
    found: list[FoundInLog] = []
    read_all([LogFile(path, found.append) for path in paths], follow=False, is_over=lambda _wait: False)
    return found


def test_a_line_that_does_not_end_holds_a_trace_up_for_a_second_only(tmp_path: Path) -> None:
    log = tmp_path / "shop.log"
    log.write_text(TRACE.format("before a prompt") + "password: ", "utf-8")
    found: list[FoundInLog] = []
    file = LogFile(log, found.append)
    assert file.read()
    file.pause()
    assert found == []
    for _pause in range(int(LINE_PAUSE_SECONDS / POLL_SECONDS)):
        file.pause()
    assert values(found) == ["ValueError: before a prompt"]
    file.end()


def steps(*acts: Callable[[], object]) -> Callable[[float], bool]:
    """Does one act at each wait; then it is over. Asking without waiting is no wait."""
    waiting = list(acts)

    def is_over(seconds: float) -> bool:
        if seconds and waiting:
            waiting.pop(0)()
            return False
        return not waiting and bool(seconds)

    return is_over


def values(found: list[FoundInLog]) -> list[str]:
    return [each.error.trace.lines[-1].text for each in found]


def test_a_log_is_read_with_places_and_what_came_before(tmp_path: Path) -> None:
    log = tmp_path / "shop.log"
    log.write_text("starting\n" + TRACE.format("one") + "\nINFO on\n" + TRACE.format("two")[:-1], "utf-8")
    one, two = read(log)
    assert values([one, two]) == ["ValueError: one", "ValueError: two"]
    assert [each.error.trace.lines[0].number for each in (one, two)] == [2, 8]
    assert [line.text for line in one.error.trace.before] == ["starting"]
    assert (one.file, one.beginning) == (log, b"starting")


def test_several_logs_are_apart(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(TRACE.format(name), "utf-8")
    found = read(tmp_path / "a", tmp_path / "b")
    assert [(each.file, value) for each, value in zip(found, values(found), strict=True)] == [
        (tmp_path / name, f"ValueError: {name}") for name in ("a", "b")
    ]


def test_a_packed_log_is_unpacked(tmp_path: Path) -> None:
    log = tmp_path / "shop.log.1.gz"
    log.write_bytes(gzip.compress(b"x\n" * 100_000 + TRACE.format("packed").encode()))
    (found,) = read(log)
    assert found.error.trace.lines[0].number == 100_001


def test_a_packed_log_that_is_cut_says_so(tmp_path: Path) -> None:
    log = tmp_path / "shop.log.gz"
    log.write_bytes(gzip.compress(os.urandom(10_000))[:5_000])
    with pytest.raises(OSError, match="cannot be unpacked") as failed:
        read(log)
    assert failed.value.filename == str(log)


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="No such file"):
        read(tmp_path / "nothing.log")
    with pytest.raises(IsADirectoryError, match="is a folder: name the files in it"):
        read(tmp_path)


def test_broken_text_and_giant_lines_are_read(tmp_path: Path) -> None:
    log = tmp_path / "shop.log"
    log.write_bytes(
        b"\xff\xfe\x00" * 1_000 + b"\n" + b"x" * 5_000_000 + b"\n" + TRACE.format("\xe4").encode("latin-1")
    )
    (found,) = read(log)
    assert found.error.trace.lines[0].number == 3
    assert values([found]) == ["ValueError: \ufffd"]


def test_it_is_followed_as_it_grows_also_within_a_trace(tmp_path: Path) -> None:
    log = tmp_path / "shop.log"
    log.write_text("starting\n", "utf-8")
    trace = TRACE.format("late")
    found: list[FoundInLog] = []

    def appended(text: str) -> None:
        with log.open("a", encoding="utf-8") as file:
            file.write(text)

    is_over = steps(
        lambda: appended("on\n"), lambda: appended(trace[:-4]), lambda: appended(trace[-4:]), lambda: None
    )
    read_all([LogFile(log, found.append)], follow=True, is_over=is_over)
    assert values(found) == ["ValueError: late"]


def test_a_rotated_log_is_read_to_its_end_and_the_new_one_from_its_beginning(tmp_path: Path) -> None:
    log = tmp_path / "shop.log"
    log.write_text("first log\n", "utf-8")
    found: list[FoundInLog] = []

    def rotate() -> None:
        old = log.rename(tmp_path / "shop.log.1")
        with old.open("a", encoding="utf-8") as file:
            file.write(TRACE.format("still the old one"))
        log.write_text("second log\n" + TRACE.format("the new one"), "utf-8")

    read_all([LogFile(log, found.append)], follow=True, is_over=steps(rotate, lambda: None))
    assert values(found) == ["ValueError: still the old one", "ValueError: the new one"]
    assert [each.beginning for each in found] == [b"first log", b"second log"]
    assert [each.error.trace.lines[0].number for each in found] == [2, 2]


def test_a_log_that_is_cut_short_is_read_from_its_beginning(tmp_path: Path) -> None:
    log = tmp_path / "shop.log"
    log.write_text("x\n" * 1_000, "utf-8")
    found: list[FoundInLog] = []

    def cut() -> None:
        log.write_text(TRACE.format("again"), "utf-8")

    read_all([LogFile(log, found.append)], follow=True, is_over=steps(log.unlink, cut, lambda: None))
    assert values(found) == ["ValueError: again"]


def test_a_pipe_is_read_to_its_end_whatever_its_pauses(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found: list[FoundInLog] = []
    file = LogFile(pipe, found.append)
    with pipe.open("wb") as writer:
        writer.write(TRACE.format("piped").encode())
    read_all([file], follow=True, is_over=lambda _wait: False)
    assert values(found) == ["ValueError: piped"]


def test_it_is_given_up_between_two_pieces(tmp_path: Path) -> None:
    log = tmp_path / "shop.log"
    log.write_text("x\n" * 500_000 + TRACE.format("far"), "utf-8")
    found: list[FoundInLog] = []
    read_all([LogFile(log, found.append)], follow=False, is_over=lambda _wait: True)
    assert found == []
