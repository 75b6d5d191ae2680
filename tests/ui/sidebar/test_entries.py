"""The rows of the sidebar: which there are, and what their numbers say."""

from msgspec.structs import replace

from app.run_ending import RunState
from app.store.inbox.lists.issues import View
from app.store.places.place_counts import Counts, ProjectCount
from app.store.places.run_numbers import ListedRuns
from app.store.places.saved_views import SavedView
from tests.ui.sidebar.places import NONE, VIEWS, counts
from tests.ui.sidebar.test_run_wording import DONE
from ui.places import Page, Place
from ui.sidebar.entries import MOST, Kind, at_first, entries, place_of_run


def labels(rows: list[object]) -> list[str]:
    return [row.label for row in rows]  # type: ignore[attr-defined]


def test_the_views_are_there_before_anything_is_read() -> None:
    assert labels(list(at_first())) == VIEWS


def test_numbers_are_what_is_unread_and_the_tooltip_says_so() -> None:
    given = Counts(NONE | {View.INBOX: 45}, (ProjectCount("shop", 5, 2),), unread=NONE | {View.INBOX: 12})
    rows = {row.label: row for row in entries(given, 3)}
    assert (rows["Inbox"].shown_number, rows["Inbox"].told) == ("12", "Inbox: 12 unread of 45 issues")
    assert rows["shop"].told == "shop: 2 unread of 5 issues"
    assert rows["Muted"].shown_number == ""
    assert (rows["Queue"].told, rows["Queue"].spoken) == (
        "Queue: 3 reports waiting or failed",
        "Queue, 3 reports",
    )
    assert rows["Inbox"].strong
    assert not rows["Queue"].strong


def test_a_number_that_was_cut_says_that_there_are_more() -> None:
    rows = {row.label: row for row in entries(counts(new_today=MOST + 1), 0)}
    assert rows["New today"].shown_number == "1k+"
    assert rows["New today"].spoken == "New today, more than 1,000 unread issues"
    assert "over 1,000 unread" in rows["New today"].told


def test_pinned_is_listed_where_something_is_pinned_or_it_is_shown() -> None:
    assert "Pinned" not in labels(list(entries(counts(), 0)))
    assert "Pinned" in labels(list(entries(counts(pinned=1), 0)))
    assert "Pinned" in labels(list(entries(counts(), 0, Place("pinned"))))


def test_saved_views_have_a_heading_of_their_own() -> None:
    saved = (SavedView(id=4, name="Mine", text="card", view=View.MUTED, project="shop"),)
    rows = entries(counts(), 0, saved=saved, saved_numbers={4: None})
    assert labels(list(rows))[len(VIEWS) :] == ["Views", "Mine"]
    place = rows[-1].place
    assert isinstance(place, Place)
    assert (place.view, place.project, place.title) == ("muted", "shop", "Mine")
    assert rows[-1].identity == (Kind.SAVED, 4)


def test_what_is_hidden_is_one_row_and_the_shown_one_stays_listed() -> None:
    hidden = (ProjectCount("noise", 7, 7, id=3),)
    rows = entries(counts(hidden=hidden), 0)
    assert labels(list(rows))[len(VIEWS) :] == ["Projects", "Hidden (1)"]
    rows = entries(counts(hidden=hidden), 0, Place("inbox", "noise"))
    assert labels(list(rows))[len(VIEWS) :] == ["Projects", "noise", "Hidden (1)"]
    assert entries(counts(), 0, Page.QUEUE)[-1].label == "Doctor"


def test_runs_are_listed_between_views_and_projects_with_the_way_to_all() -> None:
    running = replace(DONE, id=4, state=RunState.RUNNING, words="running", ended_at=None, errors=10_001)
    found = ListedRuns((running, DONE), 5)
    rows = entries(counts(("shop", 1, 1)), 0, runs=found)
    assert labels(list(rows))[len(VIEWS) :] == [
        "Runs", "pytest -q", "pytest -q", "All runs (7) …", "Projects", "shop",
    ]  # fmt: skip
    first, second = rows[len(VIEWS) + 1 : len(VIEWS) + 3]
    assert (first.shown_number, first.strong, first.identity) == ("10k+", True, (Kind.RUN, 4))
    assert (second.shown_number, second.strong, second.place) == ("2", False, place_of_run(3, "pytest -q"))
    assert second.line.startswith("exited with 1 · ")
    assert second.spoken.startswith("Run 3: pytest -q, exited with 1")
    assert "/home/ada/shop" in second.told


def test_a_run_that_is_shown_stays_listed() -> None:
    rows = entries(counts(), 0, place_of_run(1, "make"), runs=ListedRuns((DONE,), 2))
    assert labels(list(rows))[len(VIEWS) :] == ["Runs", "pytest -q", "make", "All runs (3) …"]
    rows = entries(counts(), 0, place_of_run(3, "pytest -q"), runs=ListedRuns((DONE,), 2))
    assert labels(list(rows))[len(VIEWS) :] == ["Runs", "pytest -q", "All runs (3) …"]
