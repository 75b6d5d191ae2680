"""What is stored of a report beside its events."""

from app.digest import understanding
from app.digest.entries import trace_entries
from app.protocols.delivery import Delivery
from app.traces import packing
from app.traces.model import Source, Traced
from tests.factories import envelope, make_event, make_report
from tests.protocols import captures
from tests.traces.factories import TRACE, make_line, make_span, traced

SHOP = make_report(1)


def delivery(*found: Traced, project: str = "") -> Delivery:
    return Delivery(project=project, traced=lambda: found)


def test_a_part_says_what_it_has() -> None:
    spans = (
        make_span("a", transaction="/pay"),
        make_span("b", "a", at=5),
        make_span("c", at=9, transaction="/pay"),
    )
    whole = traced(*spans, lines=(make_line("begins", trace_id="another"), make_line("free", trace_id="")))
    (part,) = trace_entries.of(SHOP, delivery(whole)).parts
    assert (part.project, part.traces, part.has_lines) == ("shop", frozenset((TRACE, "another")), True)
    assert part.runs == {"/pay": spans[2].start}
    assert packing.unpack(part.content) == whole


def test_what_names_no_project_is_of_the_reports() -> None:
    unnamed = Traced(Source(""), (make_span("a"),))
    report = make_report(1, project="")
    assert trace_entries.of(report, delivery(unnamed, project="web")).parts[0].project == "web"
    assert trace_entries.of(report, delivery(unnamed)).parts[0].project == "sentry"


def test_what_holds_nothing_is_no_part() -> None:
    assert trace_entries.of(SHOP, delivery(Traced(Source("shop")))).parts == ()
    assert trace_entries.of(SHOP, Delivery()) == trace_entries.TraceEntries()


def test_events_come_with_their_traces_and_places() -> None:
    context = {"trace": {"trace_id": TRACE}}
    events = make_event(), make_event(contexts=context)
    assert trace_entries.of(SHOP, Delivery(events=events), 7).events == ((8, TRACE),)


def test_an_event_in_outline_has_its_trace() -> None:
    body = captures.load("sentry-python/handled").report()
    (traced_event,) = trace_entries.of(body, understanding.sketch(body, 1 << 20)).events
    whole = understanding.understand(body, 1 << 20).events[0]
    assert traced_event == (0, whole.contexts["trace"]["trace_id"])


def test_an_envelope_that_names_no_trace_has_an_event_that_does() -> None:
    context = {"trace": {"trace_id": TRACE.upper(), "span_id": "b"}}
    report = make_report(1, body=envelope("a" * 32, contexts=context))
    assert trace_entries.of(report, understanding.sketch(report, 1 << 20)).events == ((0, TRACE),)
