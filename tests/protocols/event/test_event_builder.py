from app.model import ExceptionInfo, Level, Report
from app.protocols import table
from app.protocols.event import event_builder
from app.protocols.wire.notes import Notes
from tests.protocols import captures, notices

REPORT: Report = notices.report("gelf")


def test_an_event_without_anything_has_what_its_report_says() -> None:
    event = event_builder.build(REPORT, Notes())

    assert (event.event_id, event.project, event.title) == (notices.ID, "shop", "<unlabelled event>")
    assert event.timestamp == event.received_at
    assert (event.level, event.problems) == (Level.ERROR, ())


def test_an_impossible_id_and_time_go_into_extra_with_a_problem() -> None:
    event = event_builder.build(REPORT, Notes(), event_id="short", timestamp="1970-01-01T00:00:00Z")

    assert event.event_id == notices.ID
    assert event.timestamp == event.received_at
    assert event.extra == {"event_id": "short", "timestamp": "1970-01-01T00:00:00Z"}
    assert len(event.problems) == 2


def test_preserved_values_are_merged_with_the_clients_extra() -> None:
    notes = Notes()
    notes.keep("a", 2)

    assert event_builder.merged({"a": 1}, notes) == {"a": 1, "a'": 2}


def test_a_crash_is_no_information() -> None:
    crash = ExceptionInfo(type="E", mechanism=event_builder.mechanism("x", handled=False))

    assert event_builder.level_of(Level.DEBUG, [crash]) is Level.ERROR
    assert event_builder.level_of(Level.WARNING, [crash]) is Level.WARNING
    assert event_builder.level_of(Level.DEBUG, [ExceptionInfo(type="E")]) is Level.DEBUG


def test_only_the_first_event_of_a_report_has_the_answered_id() -> None:
    ids = [event_builder.id_of(REPORT, number) for number in range(3)]

    assert ids[0] == notices.ID
    assert len(set(ids)) == 3
    assert ids == [event_builder.id_of(REPORT, number) for number in range(3)]


def test_a_project_of_the_event_counts_where_the_report_has_none() -> None:
    nameless = captures.report_of("gelf", table.Accepted("", notices.ID))

    assert event_builder.build(nameless, Notes(), project="own").project == "own"
    assert event_builder.build(nameless, Notes()).project == "gelf"
    assert event_builder.build(REPORT, Notes(), project="own").project == "shop"
