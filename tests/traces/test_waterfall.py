"""The order of spans, whatever was sent."""

from hypothesis import given
from hypothesis import strategies as st

from app.traces import waterfall
from app.traces.model import Span
from app.traces.waterfall import Waterfall
from tests.factories import NOON
from tests.traces.factories import MS, TRACE, make_span, traced

IDS = st.sampled_from([f"{n}" for n in range(12)])
SPANS = st.builds(
    lambda own, parent, at, ms: make_span(own, parent, at=at, ms=ms),
    IDS,
    st.none() | IDS | st.just("never sent"),
    st.integers(-(10**6), 10**6),
    st.integers(-(10**6), 10**6),
)


def of(*spans: Span) -> Waterfall:
    return waterfall.of(TRACE, [("shop", traced(*spans))])


def shown(found: Waterfall) -> list[str]:
    return ["  " * bar.depth + bar.span.span_id for bar in found.bars]


def test_each_is_below_its_parent_in_the_order_in_which_they_began() -> None:
    found = of(
        make_span("late", "root", at=50),
        make_span("deep", "early", at=20),
        make_span("early", "root", at=10),
        make_span("root", ms=100),
    )
    assert shown(found) == ["root", "  early", "    deep", "  late"]
    assert [bar.following for bar in found.bars] == [3, 1, 0, 0]
    assert [bar.parent for bar in found.bars] == [None, 0, 1, 0]
    assert (found.start, found.end) == (NOON, NOON + 100 * MS)


def test_a_parent_that_never_came_is_none() -> None:
    assert shown(of(make_span("a", "gone"), make_span("b", "a", at=1))) == ["a", "  b"]


def test_a_circle_of_parents_is_cut() -> None:
    found = of(
        make_span("a", "b"), make_span("b", "c", at=1), make_span("c", "a", at=2), make_span("d", at=3)
    )
    assert sorted(bar.span.span_id for bar in found.bars) == ["a", "b", "c", "d"]
    assert shown(of(make_span("self", "self"))) == ["self"]


def test_a_span_that_came_twice_is_there_once_and_whole() -> None:
    found = of(make_span("a", ms=0), make_span("a", ms=30), make_span("a", ms=10))
    assert [bar.end - bar.start for bar in found.bars] == [30 * MS]


def test_spans_of_other_traces_are_not_in_it() -> None:
    assert shown(of(make_span("a"), make_span("b", trace_id="another"))) == ["a"]


def test_a_clock_that_is_behind_is_moved_into_its_callers_time() -> None:
    web = traced(make_span("page", ms=100))
    api = traced(make_span("call", "page", at=-5_000, ms=20), make_span("query", "call", at=-4_990, ms=5))
    found = waterfall.of(TRACE, [("web", web), ("api", api)])
    page, call, query = found.bars
    assert page.start < call.start < call.end < page.end
    assert query.start - call.start == 10 * MS
    assert [bar.is_shifted for bar in found.bars] == [False, True, True]
    assert found.projects == ("web", "api")


def test_what_runs_after_its_caller_stays_there() -> None:
    job = traced(make_span("job", "page", at=10_000))
    found = waterfall.of(TRACE, [("web", traced(make_span("page", ms=100))), ("worker", job)])
    assert not any(bar.is_shifted for bar in found.bars)


def test_a_chain_of_ten_thousand_is_no_recursion() -> None:
    chain = [make_span(f"{n}", f"{n - 1}", at=n) for n in range(10_000)]
    found = of(*reversed(chain))
    assert found.bars[-1].depth == 9_999
    assert found.bars[0].following == 9_999


def test_more_than_can_be_shown_are_counted() -> None:
    found = of(*(make_span(f"{n}") for n in range(waterfall.MOST_SPANS + 3)))
    assert len(found.bars) == waterfall.MOST_SPANS
    assert found.left_out == 3


@given(st.lists(SPANS, max_size=30))
def test_every_span_has_one_place(spans: list[Span]) -> None:
    found = of(*spans)
    assert {bar.span.span_id for bar in found.bars} == {span.span_id for span in spans}
    assert len(found.bars) == len({span.span_id for span in spans})
    for index, bar in enumerate(found.bars):
        assert index + bar.following < len(found.bars)
        if bar.parent is None:
            assert bar.depth == 0
        else:
            above = found.bars[bar.parent]
            assert bar.parent < index <= bar.parent + above.following
            assert bar.depth == above.depth + 1
