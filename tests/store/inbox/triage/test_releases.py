"""Releases in order: by semver, by what people mean where it is silent, and by first appearance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.database import Database
from app.store.inbox.issues import projects
from app.store.inbox.triage import releases
from app.store.inbox.triage.releases import ReleaseOrder, appearances, came_before, is_older, newest, version
from tests.factories import NOON, Store, make_event


@pytest.mark.parametrize(
    "ascending",
    [
        # semver.org, section 11, is the first of these
        "1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0",
        "1.9.0 1.10.0 1.11.0 2.0.0 2.1.0 2.1.1",
        "shop@v1.2 shop@1.2.1 shop@1.3-rc1 shop@v1.3",
        "1.4.0rc1 1.4.0rc2 1.4.0 1.4.0.post1 1.4.1",
        "1.4.0 1.4.0-1-g2f5a1c0 1.4.0-12-gffff-dirty 1.4.1-SNAPSHOT 1.4.1",
        "app@1.2.0+9 app@1.2.0+57 app@1.2.1+3",
        "2024.1.31 2024.02.01 2024.10.1",
        "release-1.2.3 release-1.2.10 1.3.0 version/v1.4 refs/tags/v1.5.0 rel_2.0",
        "shop-2026.11.3 shop-2026.11.12 shop@2026.12.1 shop/v2027.1",
        "com.x.App@388.0+388.0.5 com.x.App@388.0+388.0.6 com.x.App@388.0+388.0.10 com.x.App@388.1+1.0",
        "release-2026-11-30 release-2026-11-30.2 release-2026-12-01",
        "build-9 build-10 build-1023",
        "shop@9 shop@57 shop@1023",
        "my-app-1.2.3-rc.1 my-app-1.2.3 my-app-1.2.3-2-g2f5a1c0",
    ],
)
def test_versions_have_an_order_whenever_they_were_seen(ascending: str) -> None:
    names = ascending.split()
    backwards = {name: -place for place, name in enumerate(names)}
    for place, name in enumerate(names):
        for other, later in enumerate(names):
            assert is_older(name, later, backwards) is (place < other), (name, later)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.4", "v1.4.0"), ("1.0.0+exp.sha", "1.0.0+other"), ("1.0.0", "1.0.0+5"), ("a1", "a1")],
)
def test_neither_is_older(one: str, other: str) -> None:
    assert not is_older(one, other, {one: 1, other: 2})
    assert not is_older(other, one, {one: 1, other: 2})


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2f5a1c0", "0aa91b3"),
        ("1234567", "0123456"),
        ("web@2.0.0", "api@1.0.0"),
        ("2.0.0", "nightly"),
        ("9" * 400 + ".1", "1.0"),
    ],
)
def test_others_come_in_order_of_first_appearance(first: str, second: str) -> None:
    seen = {first: 1, second: 2}
    assert is_older(first, second, seen)
    assert not is_older(second, first, seen)


def test_what_was_never_seen_is_newer_than_all_that_was() -> None:
    assert not is_older("never", "seen", {"seen": 1})
    assert is_older("seen", "never", {"seen": 1})


@pytest.mark.parametrize(
    "name",
    [
        *("", "1", "main", "2f5a1c0", "1.x", "v", "@1", "1..2", "1.2\n", "\u0661.\u0662"),
        *("shop@2f5a1c0", "feature-2f5a1c0", "deploy-4f5e6a7-2", "abc-1234567", "3f2a1b-1.2"),
    ],
)
def test_what_is_no_version(name: str) -> None:
    assert version(name) is None


def test_a_build_may_stand_in_brackets() -> None:
    assert is_older("1.2.3 (57)", "1.2.3 (104)", {})
    assert not is_older("1.2.3 (104)", "1.2.3 (57)", {})
    assert is_older("1.2.3 (104)", "1.2.4 (3)", {})


def test_an_older_version_of_another_package_was_there_before() -> None:
    """Though it is seen for the first time: a newer one of its package had come long before."""
    seen = [("api@2.0.0", 1), ("web@1.1.0", 2), ("api@1.9.0", 3), ("api@2.1.0", 4), ("worker-7", 5)]
    there = appearances(seen)

    assert is_older("api@1.9.0", "web@1.1.0", there)
    assert not is_older("api@2.1.0", "web@1.1.0", there)
    assert not is_older("worker-7", "web@1.1.0", there)
    assert not is_older("api@1.9.0", "web@1.1.0", dict(seen))


def test_of_a_package_that_came_up_later_only_the_number_is_known() -> None:
    there = appearances([("web@2.0.0", 1), ("api@1.0.0", 2), ("api@2.0.1", 3)])

    assert came_before("api@1.0.0", "web@2.0.0", there)
    assert not came_before("api@2.0.1", "web@2.0.0", there)
    assert came_before("web@2.0.0", "api@2.0.1", there)
    assert not came_before("main", "web@2.0.0", there)


def test_builds_of_one_version_were_there_by_their_numbers() -> None:
    seen = [("a@1.0+9", 1), ("a@1.0+8", 2), ("a@1.0", 3), ("a@1.0+10", 4), ("a@0.9", 5)]

    assert appearances(seen) == {"a@1.0+9": 1, "a@1.0+8": 1, "a@1.0": 3, "a@1.0+10": 4, "a@0.9": 1}


def test_the_newest_is_by_version_even_when_a_fix_of_an_old_one_came_later() -> None:
    assert newest([("1.0", 1), ("2.0", 2), ("1.0.1", 3)]) == "2.0"
    assert newest([("aaaaaaa", 2), ("bbbbbbb", 1)]) == "aaaaaaa"
    assert newest([]) is None


@pytest.mark.parametrize(
    ("of_issue", "expected"),
    [
        ({"web@1.0"}, "web@1.2"),
        ({"api@5.0"}, "api@5.0"),
        ({"2f5a1c0"}, "0aa91b3"),
        ({"never noted"}, None),
        (set(), None),
    ],
)
def test_resolved_today_means_the_newest_of_its_own_kind(of_issue: set[str], expected: str | None) -> None:
    seen = [("web@1.0", 1), ("api@5.0", 2), ("2f5a1c0", 3), ("web@1.2", 4), ("0aa91b3", 5), ("web@1.1", 6)]
    assert ReleaseOrder(seen).current(of_issue) == expected


def test_the_longest_names_cost_nothing() -> None:
    assert releases.version("1." * 100_000) is None


def test_of_thousands_of_releases_the_last_that_came_are_compared(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases, "COMPARED", 3)
    with database.writing() as connection:
        projects.numbers(connection, ["shop", "web"], 0)
        releases.record(connection, {(1, f"1.{n}"): n for n in range(10)} | {(2, "9.0"): 5})
        assert releases.known(connection, [1, 2, 3]) == {
            1: [("1.7", 7), ("1.8", 8), ("1.9", 9)],
            2: [("9.0", 5)],
        }


NAMES = st.sampled_from(
    ["web@1.0", "web@1.0+5", "web@1.0+7", "v1.1", "1.2-rc1", "1.2", "api@2.0", "2f5a1c0", "0aa"]
)


@given(st.dictionaries(NAMES, st.integers(0, 3)), st.sets(NAMES))
def test_the_order_of_a_project_is_that_of_its_releases_compared_one_by_one(
    first_seen: dict[str, int], of_issue: set[str]
) -> None:
    def kind(name: str) -> str | None:
        found = version(name)
        return None if found is None else found.package

    seen = list(first_seen.items())
    mine = newest([each for each in seen if each[0] in of_issue])
    order = ReleaseOrder(seen)
    if mine is None:
        assert order.current(of_issue) is None
        return
    left = [each for each in seen if kind(each[0]) == kind(mine)]
    assert order.current(of_issue) == newest(left)
    expected = []
    while (name := newest(left)) is not None:
        expected.append(name)
        left = [each for each in left if each[0] != name]
    assert list(order.descending(kind(mine))) == expected


def test_the_releases_of_a_project_are_read_once_for_all_steps_of_an_act(store: Store) -> None:
    store.file(
        make_event(release="1.0"), make_event(function="other", release="2.0"), make_event(function="x")
    )
    current = releases.CurrentReleases()
    assert store.read(current.of, [1, 3, 404]) == {1: "2.0", 3: None, 404: None}
    store.file(make_event(release="3.0"))
    assert store.read(current.of, [2]) == {2: "2.0"}
    assert store.read(releases.CurrentReleases().of, [2]) == {2: "3.0"}


def test_the_first_and_the_last_release_of_an_issue_and_its_choices(store: Store) -> None:
    for number, release in enumerate(("1.10", "1.2", "1.3")):
        store.file(make_event(release=release), at=NOON + number)
    store.file(make_event(function="other", release="2.0"), at=NOON + 9)
    found = store.read(releases.of_issue, 1)
    assert (found.first, found.last) == ("1.2", "1.10")
    assert found.choices == ("2.0", "1.10", "1.3", "1.2")
    assert store.read(releases.of_issue, 99) == releases.IssueReleases()
