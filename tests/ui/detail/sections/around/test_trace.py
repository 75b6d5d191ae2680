"""The trace of an error, folded, opened and walked."""

import pytest

from app.model import EventSummary, Level
from app.trace_detail import Around
from tests.ui.detail.around import around, span
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import CRASHED_AT, bare_event, make_detail
from ui.detail.requests import Request, ShowEvent
from ui.detail.sections.around.trace import SHOWN_ABOVE, TraceSection


def shown(
    page: ReadPage, what: Around, *, is_stored: bool = True, protocol: str = "sentry.envelope"
) -> list[str]:
    page.open(make_detail(bare_event(protocol=protocol)), TraceSection)
    (section,) = page.sections
    assert isinstance(section, TraceSection)
    section.take(what, is_stored=is_stored)
    page.rebuild(section)
    return page.lines()


def test_before_anything_was_read_there_is_nothing(page: ReadPage) -> None:
    assert page.open(make_detail(), TraceSection).lines() == []


def test_spans_are_below_each_other_with_their_projects(page: ReadPage) -> None:
    what = around(
        span("root", name="/pay", op="http.server", ms=200),
        span("call", "root", at=-90, ms=50),
        others=(span("charge", "call", at=-80, ms=20, status="internal_error"),),
        own="root",
    )
    assert shown(page, what) == [
        "Trace  3 spans",
        "shop  pay  0  200 ms  error",
        "http.server  /pay  error here  200 ms",
        "db  work call  50 ms",
        "db  work charge  20 ms",
    ]
    assert page.sections[0].jump == "Trace"


def test_a_span_opens_to_what_is_known_of_it_without_secrets(page: ReadPage) -> None:
    shown(page, around(span("a", data={"db.system": "sqlite", "password": "hunter2", "rows": {"n": 3}})))
    page.activate("db work a")
    lines = page.lines()
    assert "db.system  sqlite" in lines
    assert "password  [Filtered]" in lines
    assert any(line.startswith("rows  {n: 3}") for line in lines)
    page.activate("db work a")
    assert len(page.lines()) == 3


def test_what_is_below_folds(page: ReadPage) -> None:
    shown(page, around(span("root"), span("a", "root"), span("b", "a")))
    page.activate("What is below db work root")
    assert page.lines()[2:] == ["db  work root  +2  10 ms"]
    page.activate("What is below db work root")
    assert len(page.lines()) == 5


def test_many_beside_the_way_to_the_error_are_folded_at_first(page: ReadPage) -> None:
    beside = [span(f"n{n}", "busy", at=-90) for n in range(50)]
    what = around(span("root"), span("busy", "root", at=-95), *beside, span("own", "root", at=-10), own="own")
    assert shown(page, what)[2:] == [
        "db  work root  10 ms",
        "db  work busy  +50  10 ms",
        "db  work own  error here  10 ms",
    ]
    page.activate("What is below db work busy")
    assert len(page.lines()) == 2 + 53


def test_five_thousand_spans_come_hundreds_at_a_time(page: ReadPage) -> None:
    spans = [span(f"n{n}", "root", at=n - 5_000, ms=1) for n in range(5_000)]
    what = around(span("root", at=-5_000, ms=5_001), *spans, own="n4000")
    lines = shown(page, what)
    assert lines[0] == "Trace  5,001 spans"
    assert len(lines) < 200
    assert lines[2:4] == ["db  work root  5.00 s", f"{4_000 - SHOWN_ABOVE:,} above"]
    assert "db  work n4000  error here  1.0 ms" in lines
    page.activate("3,975 above")
    page.activate("905 more")
    assert 600 < len(page.lines()) < 900


def test_it_is_shown_where_it_failed(page: ReadPage) -> None:
    spans = [span(f"n{n}", "root", at=n - 1_000, ms=1) for n in range(900)]
    failed = span("bad", "root", at=-50, status="internal_error")
    what = around(span("root", at=-1_000, ms=1_001), *spans, failed, own="root")
    assert "db  work bad  10 ms" in shown(page, what)


def test_other_errors_of_the_trace_are_led_to(page: ReadPage) -> None:
    error = EventSummary(
        pk=7,
        event_id="a",
        issue_id=2,
        project="pay",
        timestamp=CRASHED_AT,
        level=Level.ERROR,
        title="No card",
    )
    asked: list[Request] = []
    page.requested.connect(asked.append)
    lines = shown(page, around(errors=(error,)))
    assert lines == ["Trace", "1 other error of this trace", "No card  pay  0 ms"]
    page.activate("No card")
    assert asked == [ShowEvent(7)]


@pytest.mark.parametrize(
    ("protocol", "hint"),
    [("sentry.envelope", "traces_sample_rate"), ("otlp.logs", "exporter"), ("gelf", "no traces")],
)
def test_without_spans_one_line_says_what_to_set_when_asked(page: ReadPage, protocol: str, hint: str) -> None:
    assert shown(page, around(), protocol=protocol) == ["Trace  no spans came"]
    assert page.sections[0].jump == ""
    page.activate("Trace")
    assert hint in " ".join(page.lines()[1:])


def test_switched_off_it_says_so(page: ReadPage) -> None:
    assert shown(page, around(), is_stored=False) == ["Trace  not stored"]


def test_text_of_a_span_is_only_text(page: ReadPage) -> None:
    what = around(span("<b>\x1b[31m", name="<img src=x>\u202egnp.exe\nrm -rf", op="\x00db"))
    shown(page, what)
    painted = [each.text for each in page.stacking.sheet(2).spans]
    assert painted[:2] == ["‹00›db", "<img src=x>‹202E›gnp.exe rm -rf"]


def test_its_id_and_a_span_can_be_copied(page: ReadPage) -> None:
    shown(page, around(span("a")))
    page.menu("Trace")["Copy trace id"]()
    assert page.clipboard_text() == "4bf92f3577b34da6a3ce929d0e0e4736"
    page.menu("work a")["Copy span"]()
    assert '"description": "work a"' in page.clipboard_text()
