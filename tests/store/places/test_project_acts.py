"""Renaming, hiding, dressing and merging projects, and taking that back."""

import pytest

from app.store.inbox.issues import projects
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.places import place_counts, project_acts
from app.store.places.project_acts import ProjectChange, ProjectRefused
from tests.factories import NOON, Store, make_event

EVERYTHING = IssueFilter(View.EVERYTHING)


@pytest.fixture
def three(store: Store) -> Store:
    """Projects 1 to 3 with an issue each: shop, api, web."""
    for name in ("shop", "api", "web"):
        store.file(make_event(function=name), project=name)
    return store


def listed(store: Store, **of: object) -> list[tuple[int, str]]:
    page = store.read(issues.page, IssueFilter(View.EVERYTHING, **of))  # type: ignore[arg-type]
    return sorted((issue.id, issue.project) for issue in page)


def done(change: ProjectChange | None) -> ProjectChange:
    assert change is not None
    return change


def test_a_renamed_project_still_gets_what_its_app_sends_by_either_name(three: Store) -> None:
    change = done(three.write(project_acts.rename, 1, " The  shop "))
    assert listed(three) == [(1, "The shop"), (2, "api"), (3, "web")]
    three.file(make_event(function="shop"), project="shop")
    three.file(make_event(function="shop"), project="The shop")
    assert listed(three, project="The shop") == [(1, "The shop")] == listed(three, project="shop")
    assert listed(three, text='project:"The shop"') == [(1, "The shop")]
    issue = three.read(issues.get, 1)
    assert issue is not None
    assert issue.count == 3
    assert three.write(project_acts.take_back, change)
    assert listed(three)[0] == (1, "shop")


def test_a_name_is_refused_that_is_empty_too_long_or_another_project_s(three: Store) -> None:
    for name, why in ((" ", "needs a name"), ("x" * 101, "100 characters"), ("api", "already")):
        with pytest.raises(ProjectRefused, match=why):
            three.write(project_acts.rename, 1, name)
    with pytest.raises(ProjectRefused) as refused:
        three.write(project_acts.rename, 1, "web")
    assert refused.value.other == 3
    assert three.write(project_acts.rename, 1, "shop") is None


def test_a_hidden_project_is_in_its_own_list_and_where_it_is_named(three: Store) -> None:
    change = done(three.write(project_acts.set_hidden, [2], True))
    assert listed(three) == [(1, "shop"), (3, "web")]
    assert listed(three, project="api") == [(2, "api")] == listed(three, text="project:api")
    three.file(make_event(function="new"), project="api")
    assert len(listed(three, project="api")) == 2, "intake goes on"
    assert three.write(project_acts.take_back, change)
    assert len(listed(three)) == 4


def test_merged_projects_are_one_and_later_reports_stay_with_it(three: Store) -> None:
    inner = done(three.write(project_acts.merge, 3, 2))
    outer = done(three.write(project_acts.merge, 2, 1))
    assert listed(three) == [(1, "shop"), (2, "shop"), (3, "shop")]
    three.file(make_event(function="web"), project="web")
    assert listed(three, project="shop") == listed(three), "it joined the issue that it had"
    with pytest.raises(ProjectRefused, match="one project already"):
        three.write(project_acts.merge, 3, 1)
    three.write(project_acts.rename, 1, "all")
    assert {project for _issue, project in listed(three)} == {"all"}
    assert not three.write(project_acts.take_back, inner), "it was merged further since"
    three.write(project_acts.rename, 1, "shop")
    assert three.write(project_acts.take_back, outer)
    assert listed(three) == [(1, "shop"), (2, "api"), (3, "api")]
    assert three.write(project_acts.take_back, inner)
    assert listed(three)[2] == (3, "web")


def test_a_name_that_was_taken_meanwhile_does_not_come_back(three: Store) -> None:
    change = done(three.write(project_acts.rename, 1, "first"))
    # The app that sent "shop" still goes to the first project; another may be called so, though.
    with pytest.raises(ProjectRefused):
        three.write(project_acts.rename, 2, "shop")
    three.write(project_acts.rename, 1, "second")
    assert not three.write(project_acts.take_back, change)


def test_a_project_has_a_colour_and_a_sign(three: Store) -> None:
    done(three.write(project_acts.dress, 2, colour="series_2", icon=" 🛒 "))
    found = three.read(place_counts.counts, NOON).projects[0]
    assert (found.project, found.colour, found.icon) == ("api", "series_2", "🛒")
    done(three.write(project_acts.dress, 2, colour=None, icon=" "))
    assert three.read(place_counts.counts, NOON).projects[0].icon is None


def test_the_names_of_a_project(three: Store) -> None:
    three.write(project_acts.rename, 1, "Store")
    three.write(project_acts.merge, 2, 1)
    assert three.read(projects.sent, "Store") == {"Store", "shop", "api"}
    assert three.read(projects.sent, "nobody") == {"nobody"}
    assert three.read(projects.shown, ["api", "web", "x"]) == {"api": "Store", "web": "web", "x": "x"}
    assert [each.name for each in three.read(project_acts.merged, 1)] == ["api"]
    named = three.read(project_acts.named, "api")
    assert named is not None
    assert named.id == 1
    assert three.read(project_acts.get, 404) is None
