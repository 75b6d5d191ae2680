"""What was deleted is listed for a day, and is due after it."""

from app.model import from_micros
from app.store.trash import deleted_issues, deletions
from tests.factories import NOON, Store, make_event

A_DAY = 86_400_000_000


def test_deletions_are_listed_with_how_many_can_be_brought_back(store: Store) -> None:
    store.file(make_event(), make_event(function="other"))
    first = store.write(deletions.begin, "2 issues", NOON)
    store.write(deleted_issues.delete_issues, [1, 2], first)
    second = store.write(deletions.begin, "nothing", NOON + 1)
    listed = store.read(deletions.listed)
    assert [(each.id, each.title, each.issues) for each in listed] == [
        (second, "nothing", 0),
        (first, "2 issues", 2),
    ]
    assert listed[1].goes_at == from_micros(NOON + A_DAY)
    assert store.read(deletions.issues_of, first) == [1, 2]
    assert store.read(deletions.are_any, first, [2, 3])
    assert not store.read(deletions.are_any, second, [2, 3])
    store.write(deletions.end_empty, first)
    store.write(deletions.end_empty, second)
    assert [each.id for each in store.read(deletions.listed)] == [first], "one with issues is not forgotten"


def test_one_is_due_after_a_day_and_can_be_put_off(store: Store) -> None:
    assert store.read(deletions.next_due) is None
    number = store.write(deletions.begin, "1 issue", NOON)
    assert store.read(deletions.next_due) == NOON + A_DAY
    assert store.read(deletions.due, NOON + A_DAY - 1) == []
    assert store.read(deletions.due, NOON + A_DAY) == [number]
    assert store.read(deletions.is_over, number, NOON + A_DAY)
    assert not store.read(deletions.is_over, number, NOON)
    store.write(deletions.put_off, number, NOON + A_DAY)
    assert store.read(deletions.due, NOON + A_DAY) == []
