"""Timelines: what is recorded, and how it is undone."""

from app.store.inbox.triage import actions, history
from app.store.inbox.triage.history import Act, Detail
from tests.factories import NOON, SECOND, Store, make_event


def kinds(store: Store) -> list[str]:
    return [line.kind for line in store.read(history.timeline, 1)]


def test_a_line_has_all_that_is_known_of_it(store: Store) -> None:
    event = make_event(release="1.4")
    store.file(event, at=NOON)
    (line,) = store.read(history.timeline, 1)
    assert (line.kind, line.title, line.text) == ("new", "First seen", "")
    assert (line.event_id, line.count, line.release, line.until) == (event.event_id, 1, "1.4", None)


def test_the_newest_line_comes_first_and_no_more_than_asked_for(store: Store) -> None:
    store.file(make_event())
    for number in range(3):
        store.write(history.add, [1], "merged", NOON, [Detail(text=str(number))])
    told = store.read(history.timeline, 1, limit=2)
    assert [(line.title, line.text) for line in told] == [("Merged", "2"), ("Merged", "1")]


def test_what_was_done_last_is_taken_back_without_a_trace(store: Store) -> None:
    store.file(make_event())
    undo = store.write(actions.resolve, [1], NOON)
    store.write(actions.note, 1, "Fixed by Ada", NOON)
    store.write(actions.undo, undo, NOON)
    assert kinds(store) == ["note", "new"]


def test_a_line_that_others_follow_stays_and_is_said_to_be_undone(store: Store) -> None:
    store.file(make_event())
    undo = store.write(actions.resolve, [1], NOON)
    store.file(make_event())
    store.write(actions.undo, undo, NOON + SECOND)
    assert kinds(store) == ["undone", "regressed", "resolved", "new"]
    assert store.read(history.timeline, 1)[0].text == "resolved"


def test_a_note_is_removed_whatever_has_happened_since(store: Store) -> None:
    store.file(make_event())
    undo = store.write(actions.note, 1, "Wrong issue", NOON)
    store.write(actions.mute, [1], NOON)
    store.write(actions.undo, undo, NOON)
    assert kinds(store) == [Act.MUTED, "new"]
