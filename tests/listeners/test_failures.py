"""Failures until they are stored: each once, and not without limit."""

import traceback
from pathlib import Path

from app.listeners.failures import MOST, ListenerFailures
from app.listeners.frames import ListenerFailed
from app.listeners.host import ProcessEnded
from tests.factories import NOON

FILE = Path("/home/ada/listeners.py")


def test_a_failure_is_taken_once_until_it_happens_again() -> None:
    failures = ListenerFailures(FILE, lambda: NOON)
    failed = ListenerFailed("shout", f"{FILE}:3", "KeyError: 'x'", "Traceback …")
    failures.add(failed)
    failures.add(failed)
    (taken,) = failures.take()
    assert (taken.at, taken.listener, taken.place) == (NOON, "shout", f"{FILE}:3")
    assert failures.take() == []
    failures.add(failed)
    assert len(failures.take()) == 1


def test_a_batch_has_a_limited_number_of_failures() -> None:
    failures = ListenerFailures(FILE)
    for line in range(MOST + 5):
        failures.add(ListenerFailed("shout", f"{FILE}:{line}", "KeyError", ""))
    assert len(failures.take()) == MOST


def test_the_end_of_the_process_has_the_last_line_of_the_file_on_its_stack() -> None:
    frames = [
        traceback.FrameSummary("/app/person_code.py", 7, "announce"),
        traceback.FrameSummary(str(FILE), 3, "shout"),
        traceback.FrameSummary("/usr/lib/re.py", 9, "match"),
    ]
    ended = ProcessEnded("It hung", is_hang=True, stack=traceback.StackSummary.from_list(frames))
    failures = ListenerFailures(FILE)
    failures.add_end("shout", f"{FILE}:1", ended, "; it is called no more")
    (taken,) = failures.take()
    assert (taken.place, taken.error) == (f"{FILE}:3", "It hung; it is called no more")
    assert "person_code" not in taken.traceback
    assert "re.py" in taken.traceback


def test_an_end_without_a_stack_has_the_place_where_the_function_is_defined() -> None:
    failures = ListenerFailures(FILE)
    ended = ProcessEnded("It ended", is_hang=False, stack=traceback.StackSummary())
    failures.add_end("shout", f"{FILE}:1", ended, "")
    assert [taken.place for taken in failures.take()] == [f"{FILE}:1"]
