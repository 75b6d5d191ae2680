"""The numbers of views and projects."""

import random

import pytest
from sqlalchemy import text

from app.model import IssueState
from app.store.inbox.events import removal
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.inbox.triage import actions
from app.store.places import place_counts, project_acts
from tests.factories import NOON, SECOND, Store, make_event, set_state

EVERYTHING = IssueFilter(View.EVERYTHING)
HOUR = 3_600 * SECOND
# The row alone, as merging does it: see `grouping/fold_issue.py`.
MERGE = text(
    "UPDATE issues SET merged_into = CASE WHEN merged_into IS NULL THEN 1 END WHERE id = :one AND id > 1"
)


def fill(store: Store, count: int) -> None:
    for n in range(count):
        store.file(make_event(value=str(n), function=f"f{n}"), at=NOON + n * SECOND)


def test_counts_follow_states_and_projects(store: Store) -> None:
    fill(store, 3)
    store.file(make_event(function="elsewhere"), project="blog", at=NOON + 9 * SECOND)
    page = store.read(issues.page, EVERYTHING)
    store.write(set_state, [page[1].id], IssueState.MUTED)
    store.write(actions.set_unread, [page[0].id], False)
    counts = store.read(place_counts.counts, NOON)
    assert counts.views == dict.fromkeys(View, 0) | {
        View.INBOX: 3, View.UNREAD: 2, View.NEW_TODAY: 3, View.MUTED: 1, View.EVERYTHING: 4,
    }  # fmt: skip
    assert counts.unread == dict.fromkeys(View, 0) | {
        View.INBOX: 2, View.UNREAD: 2, View.NEW_TODAY: 2, View.EVERYTHING: 2,
    }  # fmt: skip
    assert [(p.project, p.issues, p.unread) for p in counts.projects] == [("blog", 1, 0), ("shop", 2, 2)]


def test_of_very_many_projects_those_with_the_newest_activity_are_listed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_counts, "LISTED_PROJECTS", 2)
    for project in ("old", "middle", "new"):
        store.file(make_event(), project=project)
    store.file(make_event(), project="old")
    counts = store.read(place_counts.counts, NOON)
    assert [(each.project, each.issues, each.unread) for each in counts.projects] == [
        ("new", 1, 1),
        ("old", 1, 1),
    ]
    assert (counts.more_projects, counts.views[View.INBOX]) == (1, 3)
    store.write(project_acts.dress, 2, colour="series_0", icon=None)
    counts = store.read(place_counts.counts, NOON)
    assert [each.project for each in counts.projects] == ["middle", "new", "old"]
    assert counts.more_projects == 0


@pytest.mark.parametrize("seed", range(3))
def test_after_any_history_the_numbers_are_those_of_the_issues(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    for n in range(40):
        store.file(make_event(function=f"f{chance.randrange(12)}"), project=chance.choice(["shop", "blog"]))
        listed = [issue.id for issue in store.read(issues.page, EVERYTHING)]
        some = chance.sample(listed, min(3, len(listed)))
        step = n % 5
        if step == 0:
            store.write(set_state, some, chance.choice(list(IssueState)))
        elif step == 1:
            store.write(actions.set_unread, some, chance.random() < 0.5)
        elif step == 2:
            store.write(removal.remove_issues, [issue for issue in some if issue != max(listed)])
        elif step == 3:
            store.write(lambda connection, chosen: connection.execute(MERGE, chosen), {"one": some[0]})
        counts = store.read(place_counts.counts, NOON)
        for view in View:
            assert counts.views[view] == len(
                store.read(issues.page, IssueFilter(view, now=NOON), limit=10_000)
            )
        for each in counts.projects:
            here = store.read(issues.page, IssueFilter(project=each.project), limit=10_000)
            assert (each.issues, each.unread) == (len(here), sum(issue.unread for issue in here))


def test_views_of_the_day_are_counted_up_to_a_thousand(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, 3)
    store.write(actions.set_unread, [2], False)
    today = store.read(place_counts.counts, NOON)
    assert (today.views[View.NEW_TODAY], today.unread[View.NEW_TODAY]) == (3, 2)
    assert store.read(place_counts.counts, NOON + 24 * HOUR).views[View.NEW_TODAY] == 0
    monkeypatch.setattr(place_counts, "LOOKED_AT", 2)
    assert store.read(place_counts.counts, NOON).views[View.NEW_TODAY] == place_counts.MOST + 1


def test_what_rose_above_its_usual_is_escalating_for_six_hours(store: Store) -> None:
    fill(store, 3)
    escalate = text("UPDATE issues SET escalated_at = :at WHERE id = :issue")
    for issue, at in ((1, NOON), (2, NOON - 7 * HOUR)):
        store.write(lambda connection, given: connection.execute(escalate, given), {"issue": issue, "at": at})
    here = IssueFilter(View.ESCALATING, now=NOON)
    assert [issue.id for issue in store.read(issues.page, here)] == [1]
    assert store.read(place_counts.counts, NOON).views[View.ESCALATING] == 1


def test_a_hidden_project_is_counted_for_itself_alone(store: Store) -> None:
    fill(store, 2)
    store.file(make_event(), project="noise")
    store.write(project_acts.set_hidden, [2], True)
    counts = store.read(place_counts.counts, NOON)
    assert (counts.views[View.INBOX], counts.unread[View.NEW_TODAY], counts.views[View.NEW_TODAY]) == (
        2,
        2,
        2,
    )
    assert [each.project for each in counts.projects] == ["shop"]
    assert [(each.project, each.issues) for each in counts.hidden] == [("noise", 1)]


def test_what_was_merged_is_counted_with_the_other(store: Store) -> None:
    fill(store, 2)
    store.file(make_event(), project="api")
    store.write(project_acts.merge, 2, 1)
    counts = store.read(place_counts.counts, NOON)
    assert [(each.project, each.issues, each.id) for each in counts.projects] == [("shop", 3, 1)]
