from PySide6.QtGui import QGuiApplication

from app.model import ExceptionInfo, Trimmed
from tests.protocols import captures
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import failure, frame, library_frame, make_detail, make_event
from ui.detail.sections.stack.stack_trace import StackTraceSection


def test_the_raised_exception_leads_with_its_crash_and_the_cause_follows(page: ReadPage) -> None:
    lines = page.open(make_detail(), StackTraceSection).lines()
    order = [
        line for line in lines if line.startswith(("PaymentError", "Caused by", "charge_card", "checkout"))
    ]
    assert order.pop(0) == "PaymentError  PaymentError happened", "the overview"
    assert order[:3] == [
        "PaymentError  unhandled · flask",
        "charge_card  shop/payment.py:42",
        "checkout  shop/payment.py:10",
    ]
    assert order[3] == "Caused by  KeyError"


def test_oldest_first_is_the_order_of_python(page: ReadPage) -> None:
    page.open(make_detail(), StackTraceSection).activate("Oldest first")
    lines = page.lines()
    starts = [line.split("  ")[0] for line in lines[3:]]
    assert starts.index("KeyError") < starts.index("Which led to")
    assert starts.index("checkout") < starts.index("charge_card")
    page.activate("Newest first")
    assert page.lines()[1].startswith("PaymentError")


def test_library_frames_fold_into_a_line_that_opens(page: ReadPage) -> None:
    page.open(make_detail(), StackTraceSection)
    assert "2 frames in flask, werkzeug" in page.lines()
    page.activate("2 frames in flask, werkzeug")
    assert "dispatch  werkzeug/app.py:9" in page.lines()
    page.activate("2 frames in flask, werkzeug")
    assert "dispatch  werkzeug/app.py:9" not in page.lines()


def test_the_crash_shows_all_its_source_and_locals_and_other_frames_less(page: ReadPage) -> None:
    text = page.open(make_detail(), StackTraceSection).text()
    assert "step_37()" in text
    assert "step_5()" not in text, "five lines before line 10 are more than the few around"
    assert "step_8()" in text
    assert 'order_id  "4711"' in text
    page.activate("Source, line 10")
    assert "step_5()" in page.text()


def test_a_local_variable_opens_to_its_contents(page: ReadPage) -> None:
    page.open(make_detail(), StackTraceSection)
    assert 'order  dict · 2  {items: ["tea", "cup"], note: None}' in page.text()
    page.activate("order: ")
    page.activate("items: ")
    assert '1  "cup"' in page.lines()
    assert "note  None" in page.lines()


def test_a_long_local_opens_to_all_of_it(page: ReadPage) -> None:
    long = " ".join(f"word{number}" for number in range(300))
    page.open(
        make_detail(make_event(exceptions=(failure("E", frame(vars={"long": long})),))), StackTraceSection
    )
    zone = page.zone("long: ")
    assert zone.opened is False
    zone.activate()
    place = next(place for place, zone in page.zones() if zone.name.startswith("long: "))
    index = page.stacking.find(place)
    assert index is not None
    assert len(page.stacking.sheet(index).spans) > 3
    assert "word299" in page.stacking.sheet(index).spans[-1].text


def test_a_recursion_is_one_line(page: ReadPage) -> None:
    stack = (frame("main", 3), *[frame("recurse", 8) for _ in range(1_000)])
    page.open(make_detail(make_event(exceptions=(failure("RecursionError", *stack),))), StackTraceSection)
    assert "999 more calls of recurse" in page.lines()
    assert len(page.stacking.rows) < 60


def test_a_deep_stack_folds_its_middle_and_opens_in_parts(page: ReadPage) -> None:
    stack = tuple(frame(f"step{number}", number + 10) for number in range(1_000))
    page.open(make_detail(make_event(exceptions=(failure("E", *stack),))), StackTraceSection)
    folded = next(line for line in page.lines() if line.startswith("940 frames"))
    assert len(page.stacking.rows) < 200
    page.activate(folded)
    assert "840 more frames" in page.lines()
    page.activate("840 more frames")
    assert "740 more frames" in page.lines()


def test_a_long_chain_shows_more_on_demand(page: ReadPage) -> None:
    chain = tuple(failure(f"E{number}", frame()) for number in range(20))
    page.open(make_detail(make_event(exceptions=chain)), StackTraceSection)
    assert "12 more exceptions" in page.lines()
    page.activate("12 more exceptions")
    page.activate("4 more exceptions")
    assert any(line.startswith("Caused by  E0") for line in page.lines())


def test_an_exception_without_frames_has_a_line_instead(page: ReadPage) -> None:
    event = make_event(exceptions=(failure("E"),))
    bare = make_event(exceptions=(event.exceptions[0].__class__(type="E", value="v"),))
    assert (
        "No stack trace came with this exception." in page.open(make_detail(bare), StackTraceSection).lines()
    )


def test_a_frame_copies_its_path_for_an_editor(page: ReadPage) -> None:
    page.open(make_detail(), StackTraceSection)
    page.menu("charge_card")["Copy path and line"]()
    assert QGuiApplication.clipboard().text() == "/srv/app/shop/payment.py:42"
    page.menu("charge_card")["Copy source"]()
    assert QGuiApplication.clipboard().text().split("\n")[5] == "    step_42()"


def test_an_event_with_library_frames_only_marks_the_last(page: ReadPage) -> None:
    stack = (library_frame("flask"), library_frame("flask", "last"))
    page.open(make_detail(make_event(exceptions=(failure("E", *stack),))), StackTraceSection)
    assert page.lines()[1:] == ["last  flask/app.py:9", "dispatch  flask/app.py:9"]


def test_the_overview_leads_to_an_exception_and_opens_it(page: ReadPage) -> None:
    chain = tuple(failure(f"E{number}", frame(f"f{number}", number + 1)) for number in range(20))
    page.open(make_detail(make_event(exceptions=chain)), StackTraceSection)
    assert "8 more exceptions in this tree" in page.lines()
    page.activate("8 more exceptions")
    assert not any(line.startswith("f2 ") for line in page.lines())
    page.activate("Go to E2")
    assert any(line.startswith("f2 ") for line in page.lines())
    zone = page.zone_of(page.current)
    assert zone is not None
    assert zone.name.startswith("Caused by E2")
    assert page.verticalScrollBar().value() > 0


def test_each_exception_folds(page: ReadPage) -> None:
    page.open(make_detail(), StackTraceSection)
    page.activate("PaymentError unhandled")
    assert "PaymentError  PaymentError happened" in page.lines()[3:]
    assert len([line for line in page.lines() if line.startswith("charge_card")]) == 1


def test_a_message_without_a_stack_says_how_its_client_sends_one(page: ReadPage) -> None:
    fields = {"exceptions": (), "threads": ()}
    event = make_event(**fields)
    assert page.open(make_detail(event), StackTraceSection).lines() == [
        "Stack trace",
        "No stack trace came with this message. The client sends one with attach_stacktrace=True.",
    ]
    other = make_event(**fields, protocol="gelf")
    assert page.open(make_detail(other), StackTraceSection).lines() == []


def test_a_stack_that_the_client_dropped_is_no_mystery(page: ReadPage) -> None:
    dropped = Trimmed(path=("exceptions", "0", "frames"), rule="config")
    event = make_event(exceptions=(ExceptionInfo(type="RecursionError"),), trimmed=(dropped,))
    assert (
        "The client left out this stack trace: it was longer than the client sends."
        in page.open(make_detail(event), StackTraceSection).lines()
    )


def test_a_hundred_members_in_their_order(page: ReadPage) -> None:
    members = tuple(
        ExceptionInfo(type=f"M{n}", parent=100, mechanism={"source": f"exceptions[{n}]"})
        for n in reversed(range(100))
    )
    event = make_event(exceptions=(*members, ExceptionInfo(type="Group", value="all")))
    lines = page.open(make_detail(event), StackTraceSection).lines()
    assert lines[1:4] == ["Group  all", "M0  Member 1 of 100", "M1  Member 2 of 100"]
    assert "89 more exceptions in this tree" in lines
    assert "93 more exceptions" in lines


def test_a_cut_message_says_so(page: ReadPage) -> None:
    cut = Trimmed(path=("exceptions", "0", "value"), length=8_192, rule="limit")
    event = make_event(exceptions=(failure("E", frame()),), trimmed=(cut,))
    lines = page.open(make_detail(event), StackTraceSection).lines()
    assert lines[1] == "The message was cut by the client: 8,192 in all."


def test_a_megabyte_of_message_opens_in_slices(page: ReadPage) -> None:
    cause = ExceptionInfo(type="Cause", value="word " * 200_000)
    page.open(make_detail(make_event(exceptions=(cause, failure("E", frame())))), StackTraceSection)
    heights = []
    for _ in range(3):
        heights.append(page.stacking.height)
        page.activate("Show more")
    assert heights[0] < heights[1] < heights[2] < page.stacking.height
    assert len(page.text()) < 40_000


def test_an_aggregate_error_of_sentrys_javascript_client(page: ReadPage) -> None:
    (event,) = captures.load("sentry-node/aggregate").read().events
    lines = page.open(make_detail(event), StackTraceSection).lines()
    assert lines[1].startswith("AggregateError")
    assert lines[2].endswith("Member 1 of 2")
    assert lines[2].startswith("Error")
    assert lines[3].startswith("TypeError")
