"""What is found of a trace: whatever arrived, in whichever project, and by which search."""

from app.store.traces import trace_lookup
from app.store.traces.trace_lookup import REACH, TraceNumbers
from app.store.traces.trace_rows import TracedEvent
from tests.factories import NOON, SECOND, Store, make_event
from tests.query_plans import steps_of
from tests.store.traces.factories import TRACE, add, make_part

MINUTE = 60 * SECOND


def test_a_trace_is_found_in_all_projects_and_over_time(store: Store) -> None:
    add(store, make_part(b"a", at=NOON - 20 * MINUTE), make_part(b"b", project_id=2, at=NOON + MINUTE))
    add(store, make_part(b"c", traces=frozenset(("another",))))
    numbers = store.read(trace_lookup.numbers_of, TRACE, NOON)
    found = store.read(trace_lookup.parts, numbers.parts)
    assert [(part.project, part.content) for part in found] == [("shop", b"a"), ("web", b"b")]


def test_it_is_looked_for_within_some_hours_of_its_error(store: Store) -> None:
    add(store, make_part(), make_part(at=NOON + 2 * REACH))
    assert store.read(trace_lookup.numbers_of, TRACE, NOON).parts == (1,)
    assert store.read(trace_lookup.numbers_of, "unknown", NOON) == TraceNumbers()


def test_events_of_a_trace_say_what_they_are(store: Store) -> None:
    store.file(make_event(value="password=hunter2"))
    store.file(make_event("ValueError", "seven"), project="web")
    add(store, events=tuple(TracedEvent(NOON, number, TRACE) for number in (1, 2, 99)))
    numbers = store.read(trace_lookup.numbers_of, TRACE, NOON)
    events = store.read(trace_lookup.events, numbers.events)
    assert [(event.pk, event.project, event.title) for event in events] == [
        (1, "shop", "KeyError: password=[Filtered]"),
        (2, "web", "ValueError: seven"),
    ]


def test_lines_are_found_by_project_and_time(store: Store) -> None:
    add(
        store,
        make_part(b"old", at=NOON - 10 * MINUTE, has_lines=True),
        make_part(b"near", has_lines=True),
        make_part(b"spans"),
        make_part(b"other", project_id=2, has_lines=True),
    )
    near = store.read(trace_lookup.lines_around, "shop", NOON - MINUTE, NOON + MINUTE)
    assert [part.content for part in store.read(trace_lookup.parts, near)] == [b"near"]
    assert store.read(trace_lookup.lines_around, "unknown", 0, NOON) == ()


def test_when_a_transaction_ran(store: Store) -> None:
    for minutes in (3, 1, 2):
        began = NOON + minutes * MINUTE
        add(store, make_part(at=began + SECOND, runs={"/pay": began, "/cart": began + 1}))
    add(store, make_part(project_id=2, runs={"/pay": NOON}))
    times = store.read(trace_lookup.transaction_times, "shop", "/pay", NOON + 2 * MINUTE)
    assert times == [NOON + 2 * MINUTE, NOON + 3 * MINUTE]
    assert store.read(trace_lookup.transaction_times, "shop", "/unknown", 0) == []
    assert store.read(trace_lookup.transaction_times, "unknown", "/pay", 0) == []


def test_nothing_is_scanned_but_the_slots(store: Store) -> None:
    add(store, make_part(has_lines=True))
    with store.database.reading() as connection:
        steps = steps_of(connection, lambda: trace_lookup.numbers_of(connection, TRACE, NOON))
    assert [step for step in steps if "SCAN trace" in step or "TEMP B-TREE" in step] == []
    assert any("trace_index" in step and "slot=? AND kind=? AND key=?" in step for step in steps)
