"""What is shown around an event: its trace in all projects, its lines, its other errors."""

from typing import Any

import pytest

from app import trace_detail
from app.model import Event, Level
from app.store.inbox.issues import projects
from app.store.traces import trace_rows
from app.store.traces.trace_rows import Part, TracedEvent
from app.trace_detail import Around
from app.traces import packing
from app.traces.model import LogLine, Source, Span, Traced
from tests.factories import NOON, SECOND, Store, make_event
from tests.traces.factories import TRACE, make_line, make_span

CONTEXT = {"trace": {"trace_id": TRACE, "span_id": "call"}}


class Shown:
    """An event, and what is stored around it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.event = make_event(contexts=CONTEXT, server_name="vm")

    def add(
        self, *spans: Span, lines: tuple[LogLine, ...] = (), project: str = "shop", server: str | None = None
    ) -> None:
        number = self.store.write(projects.numbers, [project], NOON)[project]
        found = Traced(Source(project, server), spans, lines)
        named = [*(span.trace_id for span in spans), *(line.trace_id for line in lines)]
        traces = frozenset(filter(None, named))
        part = Part(
            received_at=NOON + SECOND,
            project_id=number,
            server=server,
            content=packing.pack(found),
            traces=traces,
            has_lines=bool(lines),
        )
        self.store.write(trace_rows.add, [part], [])

    def around(self, event: Event | None = None, **fields: Any) -> Around:
        return self.store.read(trace_detail.read_around, event or self.event, 1, **fields)


@pytest.fixture
def shown(store: Store) -> Shown:
    return Shown(store)


def messages(around: Around) -> list[str]:
    return [each.line.message for each in around.lines]


def test_a_trace_is_one_through_all_projects(shown: Shown) -> None:
    shown.add(make_span("page", ms=100), project="web")
    shown.add(make_span("call", "page", at=10), make_span("query", "call", at=12))
    around = shown.around()
    assert [(bar.project, bar.depth, bar.span.span_id) for bar in around.waterfall.bars] == [
        ("web", 0, "page"),
        ("shop", 1, "call"),
        ("shop", 2, "query"),
    ]
    assert around.waterfall.place_of(around.span_id) == 1


def test_lines_of_the_trace_are_in_order_and_each_once(shown: Shown) -> None:
    again = make_line("second", at=2)
    shown.add(lines=(again, make_line("first", at=1), make_line("other", trace_id="another")))
    shown.add(lines=(again, make_line("third", at=3)), project="web")
    around = shown.around()
    assert messages(around) == ["first", "second", "third"]
    assert [each.project for each in around.lines] == ["shop", "web", "web"]
    assert not around.by_time


def test_without_such_lines_those_of_the_minute_before_are_shown(shown: Shown) -> None:
    lines = (
        make_line("long ago", at=-61_000, trace_id=""),
        make_line("before", at=-59_000, trace_id=""),
        make_line("of another", trace_id="another"),
        make_line("long after", at=5_000, trace_id=""),
    )
    shown.add(lines=lines, server="vm")
    shown.add(lines=(make_line("elsewhere", trace_id=""),), server="other machine")
    shown.add(lines=(make_line("unnamed", at=1, trace_id=""),))
    shown.add(lines=(make_line("of the web", trace_id=""),), project="web", server="vm")
    around = shown.around()
    assert around.by_time
    assert messages(around) == ["before", "of another", "unnamed"]
    assert messages(shown.around(make_event(server_name="vm"))) == messages(around)


def test_other_errors_of_the_trace_are_listed(shown: Shown) -> None:
    shown.store.file(make_event())
    shown.store.file(make_event("ValueError", "seven", level=Level.FATAL), project="web")
    shown.store.write(trace_rows.add, [], [TracedEvent(NOON, pk, TRACE) for pk in (1, 2)])
    assert [(error.pk, error.project, error.level) for error in shown.around().errors] == [
        (2, "web", "fatal")
    ]


def test_what_is_known_is_not_read_again_until_more_has_come(shown: Shown) -> None:
    first = shown.around()
    assert shown.around(known=first) is first
    shown.add(lines=(make_line("around it", trace_id=""),))
    second = shown.around(known=first)
    assert messages(second) == ["around it"]
    shown.add(make_span("call"))
    third = shown.around(known=second)
    assert len(third.waterfall.bars) == 1
    assert shown.around(known=third) is third


def test_a_part_of_another_version_is_passed_over(shown: Shown) -> None:
    number = shown.store.write(projects.numbers, ["shop"], NOON)["shop"]
    part = Part(received_at=NOON, project_id=number, server=None, content=b"?", traces=frozenset((TRACE,)))
    shown.store.write(trace_rows.add, [part], [])
    shown.add(make_span("call"))
    assert len(shown.around().waterfall.bars) == 1


def test_an_event_without_a_trace_has_none(shown: Shown) -> None:
    shown.add(make_span("call"))
    around = shown.around(make_event())
    assert (around.trace_id, around.waterfall.bars, around.lines) == ("", (), ())
