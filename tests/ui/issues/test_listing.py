"""A list read in parts: its first rows, what a search finds later, its end, and when it is outdated."""

import pytest

from app.store.grouping import corrections
from app.store.inbox.lists import issues
from app.store.inbox.search import matches
from tests.factories import NOON, SECOND, Store, make_event
from ui.issues import listing as listing_module
from ui.issues.listing import TOP, Listing, Number
from ui.places import Place


@pytest.fixture
def filled(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Issues 1 to 20, the newest last; every fourth with a zebra. A search looks at two events at first."""
    monkeypatch.setattr(matches, "FIRST_WIDTH", 2)
    monkeypatch.setattr(listing_module, "FIRST_SECONDS", 0.0)
    monkeypatch.setattr(listing_module, "STEP", 1)
    for n in range(1, 21):
        value = "zebra" if n % 4 == 0 else "lion"
        store.file(make_event(value=value, function=f"f{n}"), at=NOON + n * SECOND)
    return store


def ids(part: listing_module.Part) -> list[int]:
    return [issue.id for issue in part.issues]


def test_without_a_search_a_list_has_no_number_and_nothing_to_look_for(filled: Store) -> None:
    listing = Listing(Place(), "")
    part = filled.read(listing.first, 5)
    assert ids(part) == [20, 19, 18, 17, 16]
    assert ids(filled.read(listing.page, part.end, 3)) == [15, 14, 13]
    last = filled.read(listing.page, None, 3, upwards=True)
    assert ids(last) == [3, 2, 1]
    assert ids(filled.read(listing.page, last.end, 2, upwards=True)) == [5, 4]
    assert (listing.number, listing.is_looking) == (None, False)


def test_a_search_shows_its_first_step_and_goes_on(filled: Store) -> None:
    listing = Listing(Place(), "zebra")
    part = filled.read(listing.first, 10)
    assert ids(part) == [20]
    assert listing.number == Number(1, is_final=False)
    shown, end = ids(part), part.end
    while listing.is_looking:
        assert end is not None
        part = filled.read(listing.look_further, end, 10 - len(shown))
        shown, end = shown + ids(part), part.end
    assert shown == [20, 16, 12, 8, 4]
    assert (listing.number, end) == (Number(5, is_final=True), None)
    assert ids(filled.read(listing.page, None, 2, upwards=True)) == [8, 4]


def test_its_last_rows_are_found_before_everything_is(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing_module, "LAST_SECONDS", 0.0)
    monkeypatch.setattr(listing_module, "LAST_STEP", 3)
    listing = Listing(Place(), "zebra")
    filled.read(listing.first, 10)
    revision = filled.read(issues.revision)
    assert filled.read(listing.last, 10) is None, "issues 1 to 3 have no zebra"
    filled.file(make_event(value="zebra", function="f1"), at=NOON + 100 * SECOND)
    part = filled.read(listing.last, 10)
    assert part is not None
    assert (ids(part), listing.is_looking) == ([4], True)
    assert part.revision == revision, "what changed since the first look comes with the changes"
    assert ids(filled.read(listing.page, part.end, 10, upwards=True)) == [8]
    bottom = filled.read(listing.look_further, None, 10)
    assert (bottom.issues, bottom.end) == ([], None)


def test_where_few_are_found_the_last_rows_are_there_when_everything_is(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing_module, "LAST_SECONDS", 0.0)
    monkeypatch.setattr(listing_module, "LAST_STEP", 1)
    listing = Listing(Place(), "zebra lion")
    filled.read(listing.first, 10)
    asked = 0
    while (part := filled.read(listing.last, 10)) is None:
        asked += 1
    assert (ids(part), part.end, listing.is_looking) == ([], None, False)
    assert asked < 20


def test_before_anything_is_found_every_row_is_still_to_come(filled: Store) -> None:
    listing = Listing(Place(), "zebra lion")
    part = filled.read(listing.first, 10)
    assert (ids(part), part.end) == ([], TOP)
    while listing.is_looking:
        part = filled.read(listing.look_further, TOP, 10)
    assert (ids(part), part.end, listing.number) == ([], None, Number(0, is_final=True))


def test_what_is_found_above_the_last_row_is_returned_though_there_is_no_room(filled: Store) -> None:
    filled.file(make_event(value="lion", function="f4"), at=NOON + 100 * SECOND)
    listing = Listing(Place(), "zebra")
    part = filled.read(listing.first, 1)
    while not part.issues:
        part = filled.read(listing.look_further, TOP, 1)
    assert ids(part) == [20]
    end = part.end
    assert end is not None
    found: list[int] = []
    while listing.is_looking:
        found += ids(filled.read(listing.look_further, end, 0))
    assert found == [4], "its zebra came long ago, but it was seen since"


def test_a_finished_regrouping_makes_a_search_outdated(filled: Store) -> None:
    listing = Listing(Place(), "zebra")
    filled.read(listing.first, 10)
    revision = filled.read(issues.revision)
    number = filled.write(corrections.add, "merge", "a merge", NOON)
    filled.read(listing.changes, revision)
    assert not listing.is_outdated, "events are still moved"
    filled.write(corrections.change, number, state=corrections.State.DONE, done=3)
    filled.read(listing.changes, revision)
    assert listing.is_outdated
