"""What is too much of a report: how much of it is read, and that the event says so."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from app import settings
from app.digest import understanding
from app.digest.entries import entries
from app.model import LEFT_OUT, Event, ExceptionInfo, Frame, Thread
from app.protocols import stacktrace
from app.protocols.event import event_bounds
from app.protocols.stacktrace.languages import python
from app.settings import MIB, Limits, Settings
from tests.factories import envelope, make_event, make_report

SMALL = Limits(
    events=5,
    attachments=3,
    exceptions=4,
    frames=6,
    threads=4,
    breadcrumbs=3,
    tags=3,
    items=10,
    depth=5,
    text=100,
    name=20,
)


@pytest.fixture
def small() -> Iterator[Limits]:
    settings.use(Settings(limits=SMALL))
    yield SMALL
    settings.use(Settings())


def calls(count: int) -> tuple[Frame, ...]:
    return tuple(Frame(function=f"f{n}", line=n) for n in range(count))


def read(**event: Any) -> Event:
    """The whole event; its outline must be filed by the same."""
    report = make_report(1, body=envelope("a" * 32, **event))
    whole = understanding.understand(report, 64 * MIB)
    outline = understanding.outline(report, 64 * MIB)
    assert entries.of(report, outline).events == entries.of(report, whole).events
    return whole.events[0]


def test_what_is_within_the_limits_stays_the_very_same() -> None:
    event = make_event()
    assert event_bounds.bound_outline(event) is event
    assert event_bounds.bound_event(event) == event


def test_of_a_deep_stack_both_ends_are_shown_and_the_gap(small: Limits) -> None:
    raised = ExceptionInfo(type="RecursionError", frames=calls(1_000))
    event = event_bounds.bound_event(make_event(exceptions=(raised,), threads=(Thread(frames=calls(9)),)))
    frames = event.exceptions[0].frames
    assert [frame.function for frame in frames] == ["f0", "f1", "f2", "f997", "f998", "f999"]
    assert frames[2].vars == {LEFT_OUT: "994 calls"}
    assert len(event.threads[0].frames) == small.frames
    assert event.problems[0] == ("Of 1,000 frames of RecursionError the first 3 and the last 3 are shown.")


def test_exceptions_go_from_the_middle_and_parents_stay_right(small: Limits) -> None:
    chain = tuple(ExceptionInfo(type=f"E{n}", parent=9 if n != 9 else None) for n in range(10))
    event = event_bounds.bound_event(make_event(exceptions=chain))
    assert [(each.type, each.parent) for each in event.exceptions] == [
        ("E0", 3),
        ("E1", 3),
        ("E8", 3),
        ("E9", None),
    ]


def test_the_thread_that_crashed_stays(small: Limits) -> None:
    threads = tuple(Thread(id=f"{n}", crashed=n == 50) for n in range(100))
    event = event_bounds.bound_event(make_event(threads=threads))
    assert [thread.id for thread in event.threads] == ["0", "50", "98", "99"]


def test_long_texts_end_with_an_ellipsis(small: Limits) -> None:
    raised = ExceptionInfo(type="T" * 50, value="v" * 5_000, frames=(Frame(function="f" * 50),))
    event = event_bounds.bound_event(make_event(exceptions=(raised,), message="m" * 5_000, release="r" * 50))
    (cut,) = event.exceptions
    assert event.message == "m" * 99 + "…"
    assert (cut.value, cut.type, event.release) == ("v" * 99 + "…", "T" * 19 + "…", "r" * 19 + "…")
    assert cut.frames[0].function == "f" * 19 + "…"
    assert "Of 5,000 characters of message the first 100 are shown." in event.problems


def test_the_newest_breadcrumbs_and_the_first_tags_stay(small: Limits) -> None:
    event = read(
        message="m",
        breadcrumbs={"values": [{"message": f"b{n}"} for n in range(20)]},
        tags={f"t{n}": "v" for n in range(20)},
        fingerprint=[f"p{n}" for n in range(20)],
        exception=None,
    )
    assert [crumb.message for crumb in event.breadcrumbs] == ["b17", "b18", "b19"]
    assert list(event.tags) == ["t0", "t1", "t2"]
    assert event.fingerprint == ("p0", "p1", "p2")
    assert "Of 20 breadcrumbs the last 3 are shown." in event.problems


def test_values_are_neither_too_deep_nor_too_many(small: Limits) -> None:
    deep: Any = "end"
    for _number in range(40):
        deep = {"a": deep}
    event = read(message="m", extra={"deep": deep, "list": list(range(100))}, exception=None)
    assert event.extra["list"] == [0, 1, 2, 3, 4, 95, 96, 97, 98, 99]
    assert event.extra["deep"]["a"]["a"]["a"]["a"].startswith('{"a": {"a"')
    assert any("nested deeper than 5 levels" in problem for problem in event.problems)


def test_events_files_and_kinds_of_a_report_are_bounded(small: Limits) -> None:
    items = b"".join(b'{"type":"event"}\n{"message":"m %d"}\n' % n for n in range(50))
    delivery = understanding.understand(make_report(1, body=b"{}\n" + items), MIB)
    assert len(delivery.events) == small.events
    assert any("the first 5 are read" in problem for problem in delivery.events[-1].problems)
    found = event_bounds.bound_delivery(replace(delivery, others={f"kind {n}": 1 for n in range(1_000)}))
    assert (len(found.others), sum(found.others.values())) == (51, 1_000)


SHAPES: dict[str, dict[str, Any]] = {
    "frames": {"exception": [{"type": "E", "stacktrace": {"frames": [{"function": "f"}] * 40_000}}]},
    "exceptions": {"exception": {"values": [{"type": "E", "value": "v"}] * 40_000}},
    "threads": {"message": "m", "threads": [{"id": 1, "name": "n"}] * 40_000},
    "breadcrumbs": {"message": "m", "breadcrumbs": [{"message": "b"}] * 40_000},
    "tags": {"message": "m", "tags": {f"t{n}": "v" for n in range(40_000)}},
    "members": {"message": "m", "extra": {f"t{n}": "v" for n in range(40_000)}},
    "list": {"message": "m", "extra": {"a": ["text"] * 80_000}},
    "text": {"message": "m " * (MIB // 2)},
    "value": {"exception": [{"type": "E", "value": "v" * MIB}]},
}


@pytest.mark.parametrize("name", SHAPES)
def test_too_much_of_anything_is_cut_and_noted(name: str) -> None:
    event = read(**{"exception": None, **SHAPES[name]})
    assert any(problem.startswith("Of ") and " shown." in problem for problem in event.problems)
    assert len(json.dumps(event.extra)) < MIB // 2


TRACES: dict[str, Callable[[int], str]] = {
    "python": lambda n: (
        "Traceback (most recent call last):\n"
        + '  File "/app/shop.py", line 10, in pay\n    pay()\n' * n
        + "RecursionError: too deep"
    ),
    "java": lambda n: "java.lang.StackOverflowError: deep\n" + "\tat com.shop.Pay.pay(Pay.java:10)\n" * n,
    "node": lambda n: "RangeError: too deep\n" + "    at pay (/app/pay.js:10:5)\n" * n,
    "ruby": lambda n: "app.rb:1:in `pay': deep (RuntimeError)\n" + "\tfrom app.rb:10:in `pay'\n" * n,
    "csharp": lambda n: "System.Exception: deep\n" + "   at Shop.Pay.Do() in C:\\a.cs:line 10\n" * n,
    "php": lambda n: (
        "PHP Fatal error:  Uncaught Exception: deep in /a.php:1\nStack trace:\n"
        + "".join(f"#{i} /a.php(10): pay()\n" for i in range(n))
    ),
    "go": lambda n: (
        "panic: deep\n\ngoroutine 1 [running]:\n" + "main.pay(0x1)\n\t/app/main.go:10 +0x1d\n" * n
    ),
}


@pytest.mark.parametrize("language", TRACES)
def test_of_a_long_stack_trace_the_beginning_and_the_end_are_read(language: str) -> None:
    (raised,) = stacktrace.parse(TRACES[language](100_000)).exceptions
    assert len(raised.frames) == settings.limits().frames
    (told,) = [frame.vars[LEFT_OUT] for frame in raised.frames if LEFT_OUT in frame.vars]
    assert told.startswith("about ")
    event = event_bounds.bound_event(make_event(exceptions=(raised,)))
    assert any("in the middle are left out" in problem for problem in event.problems)


def test_a_longer_stack_trace_takes_no_more_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = 0
    read_line = python._read_line

    def counted(*arguments: Any) -> None:
        nonlocal steps
        steps += 1
        read_line(*arguments)

    monkeypatch.setattr(python, "_read_line", counted)
    taken = []
    for length in (20_000, 200_000):
        steps = 0
        assert stacktrace.parse(TRACES["python"](length)).exceptions
        taken.append(steps)
    assert taken[0] == taken[1]
