"""Errors that were printed or reported by a hook, and which event shows each."""

from msgspec.structs import replace

from app.store.inbox.events import printed_errors, removal
from app.store.inbox.events.printed_errors import PrintedError
from tests.factories import NOON, SECOND, Store, make_event

ONE = PrintedError(
    event_id="a" * 32,
    project_id=1,
    kind=1,
    run="key",
    name="ValueError",
    likeness=b"{}",
    at=NOON,
    arrived=NOON + 1,
    event=1,
    is_alone=True,
)
TWO = replace(ONE, event_id="b" * 32, event=2, arrived=NOON + SECOND)


def test_what_is_alone_is_found_by_time_and_by_name(store: Store) -> None:
    store.file(make_event(), make_event())
    store.write(printed_errors.add, [ONE, TWO])
    assert store.read(printed_errors.alone_since, NOON) == [ONE, TWO]
    assert store.read(printed_errors.alone_since, NOON + SECOND) == [TWO]
    assert store.read(printed_errors.alone_about, 1, "ValueError", NOON, NOON) == [ONE, TWO]
    assert store.read(printed_errors.alone_about, 1, "ValueError", NOON + 1, NOON + SECOND) == []
    assert store.read(printed_errors.alone_about, 2, "ValueError", 0, 2 * NOON) == []
    assert store.read(printed_errors.alone_about, 1, "KeyError", 0, 2 * NOON) == []
    store.write(printed_errors.joined, ONE)
    assert store.read(printed_errors.alone_since, 0) == [TWO]
    assert store.read(printed_errors.kinds_shown_by, 1) == {1: False}
    assert store.read(printed_errors.kinds_shown_by, 2) == {1: True}


def test_ids_are_known_and_lead_to_what_shows_them(store: Store) -> None:
    store.file(make_event(), make_event())
    store.write(printed_errors.add, [replace(ONE, event=2, is_alone=False)])
    assert store.read(printed_errors.known, ["a" * 32, "c" * 32]) == {("a" * 32, 1)}
    assert store.read(printed_errors.event_of, "a" * 32) == 2
    assert store.read(printed_errors.event_of, "c" * 32) is None
    store.file(make_event())
    store.write(removal.remove_events, [2])
    assert store.read(printed_errors.event_of, "a" * 32) is None


def test_the_oldest_are_forgotten(store: Store) -> None:
    store.file(make_event())
    step = 5_000
    for begin in range(0, printed_errors.REMEMBERED + step, step):
        numbers = range(begin, begin + step)
        store.write(printed_errors.add, [replace(ONE, event_id=f"{number:032x}") for number in numbers])
    newest = f"{printed_errors.REMEMBERED + step - 1:032x}"
    assert store.read(printed_errors.known, [f"{0:032x}", newest]) == {(newest, 1)}


def test_recent_events_are_those_of_which_more_than_a_print_is_known(store: Store) -> None:
    store.file(make_event(), at=NOON)
    store.file(make_event(), make_event(), make_event(), at=NOON + SECOND)
    errors = [
        replace(ONE, event=2),
        replace(TWO, event=3, kind=2),
        replace(TWO, event_id="c" * 32, event=4, is_alone=False),
    ]
    store.write(printed_errors.add, errors)
    found = store.read(printed_errors.recent, 1, NOON + SECOND, 2)
    assert [(each.event, each.issue_id, each.ordinal) for each in found] == [(4, 1, 0), (3, 1, 0)]
    assert store.read(printed_errors.recent, 2, NOON, 2) == []
