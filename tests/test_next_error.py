"""Waiting for an error: the first that is filed afterwards and is meant."""

from collections.abc import Callable

import pytest

from app.next_error import NextError, Wanted
from tests.factories import Store, make_event


def given_up(_seconds: float) -> bool:
    return True


def after(*acts: Callable[[], object]) -> Callable[[float], bool]:
    """Waits by doing one act after the other; then it is over."""
    waiting = list(acts)

    def wait(_seconds: float) -> bool:
        if waiting:
            waiting.pop(0)()
            return False
        return True

    return wait


def test_what_was_there_before_is_not_waited_for(store: Store) -> None:
    store.file(make_event(title="before"))
    assert NextError(store.database, Wanted()).wait(None, given_up) is None


def test_the_first_of_those_that_came_is_returned(store: Store) -> None:
    waiting = NextError(store.database, Wanted())
    both = after(lambda: store.file(make_event(title="first"), make_event(title="second")))
    found = waiting.wait(None, both)
    assert found is not None
    assert found.title == "first"


def test_only_the_project_that_is_meant_counts(store: Store) -> None:
    waiting = NextError(store.database, Wanted(project="my shop"))
    found = waiting.wait(
        None,
        after(
            lambda: store.file(make_event(title="other"), project="my"),
            lambda: store.file(make_event(title="meant"), project="my shop"),
        ),
    )
    assert found is not None
    assert (found.title, found.project) == ("meant", "my shop")


def test_a_search_with_alternatives_stays_within_the_project(store: Store) -> None:
    wanted = Wanted(project="shop", query="card or coupon")
    waiting = NextError(store.database, wanted)
    store.file(make_event(title="a coupon"), project="other")
    assert waiting.look() is None
    store.file(make_event(title="a coupon"), project="shop")
    found = waiting.look()
    assert found is not None
    assert found.project == "shop"


def test_an_error_of_a_known_issue_is_not_new(store: Store) -> None:
    known = make_event(title="known", fingerprint=("known",))
    store.file(known)
    waiting = NextError(store.database, Wanted(only_new=True))
    again = make_event(title="known", fingerprint=("known",), event_id="1" * 32)
    assert waiting.wait(None, after(lambda: store.file(again))) is None
    other = make_event(title="other", fingerprint=("other",), event_id="2" * 32)
    found = waiting.wait(None, after(lambda: store.file(other)))
    assert found is not None
    assert found.title == "other"


@pytest.mark.parametrize("seconds", [0, 0.01])
def test_the_wait_ends_when_its_time_is_over(store: Store, seconds: float) -> None:
    def never_given_up(_seconds: float) -> bool:
        return False

    assert NextError(store.database, Wanted()).wait(seconds, never_given_up) is None


def test_from_a_position_on_nothing_is_missed(store: Store) -> None:
    store.file(make_event(title="before"))
    begun = NextError(store.database, Wanted()).position
    store.file(make_event(title="since", event_id="1" * 32))
    found = NextError(store.database, Wanted(), after=begun).look()
    assert found is not None
    assert found.title == "since"
    again = NextError(store.database, Wanted(), after=found.pk)
    assert again.look() is None
    assert again.position == found.pk


def test_from_a_position_on_new_is_what_has_no_event_before_it(store: Store) -> None:
    store.file(make_event(title="known", fingerprint=("known",)))
    begun = NextError(store.database, Wanted()).position
    store.file(make_event(title="known", fingerprint=("known",), event_id="1" * 32))
    store.file(make_event(title="other", fingerprint=("other",), event_id="2" * 32))
    found = NextError(store.database, Wanted(only_new=True), after=begun).look()
    assert found is not None
    assert found.title == "other"


def test_a_position_of_another_store_is_no_further_than_this_one(store: Store) -> None:
    store.file(make_event(title="before"))
    waiting = NextError(store.database, Wanted(), after=1_000)
    store.file(make_event(title="since", event_id="1" * 32))
    found = waiting.look()
    assert found is not None
    assert found.title == "since"


def test_a_new_issue_is_not_missed_in_a_flood_of_a_known_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.next_error._AT_ONCE", 5)
    store.file(make_event(function="known"))
    waiting = NextError(store.database, Wanted(only_new=True))
    store.file(make_event(function="new", title="meant"), *(make_event(function="known") for _n in range(20)))
    found = waiting.look()
    assert found is not None
    assert found.title == "meant"
