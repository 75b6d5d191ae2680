"""Rules and splits: previewed, kept, followed by new events, and undone; counters are exact all the while."""

from pathlib import Path

import pytest

from app.digest.grouping.rules import Apart, Ignore, RulePart, Same
from app.regrouping import plans, splits, stored_events
from app.settings import Retention
from app.store import bulk
from app.store import schema as t
from app.store.database import Database
from app.store.grouping import grouping_rules
from app.store.grouping.regrouping import CannotRegroup
from app.store.upkeep.retention import Sweep
from tests.factories import NOON
from tests.regroupings import Shop


@pytest.fixture
def shop(database: Database, tmp_path: Path) -> Shop:
    return Shop(database, tmp_path)


def mixed(shop: Shop) -> int:
    issue = shop.send(value="'card'", user="ada", tags={"region": "eu"})
    shop.send(value="'card'", user="bob", tags={"region": "us"})
    shop.send(value="'iban'", user="bob", tags={"region": "eu"})
    return shop.send(value="'card'", user="cid", tags={"region": "eu"}) and issue


@pytest.mark.parametrize(("by", "counts"), [("tag:region", [1, 3]), ("message", [1, 3])])
def test_a_split_gives_each_part_an_issue_that_new_events_follow(
    shop: Shop, by: str, counts: list[int]
) -> None:
    issue = mixed(shop)
    shop.split(issue, by)
    assert sorted(found[0] for found in shop.shown().values()) == counts
    assert shop.send(value="'card'", tags={"region": "eu"}) == issue
    other = shop.send(value="'iban'", tags={"region": "us"})
    assert other != issue
    shop.settle()
    assert shop.shown() == shop.recounted()
    assert len(shop.shown()) == 2


def test_undoing_a_split_makes_one_issue_of_its_parts_and_what_came_since(shop: Shop) -> None:
    issue = mixed(shop)
    before, keys = shop.shown(), shop.keys()
    number = shop.split(issue, "tag:region")
    shop.settle()
    shop.undo(number)
    shop.settle()
    assert (shop.shown(), shop.keys()) == (before, keys)
    again = shop.split(issue, "tag:region")
    shop.send(tags={"region": "us"}, user="dora")
    shop.undo(again)
    shop.send(tags={"region": "us"}, user="eve")
    shop.settle()
    assert list(shop.shown()) == [issue]
    assert shop.shown() == shop.recounted()


def test_what_an_issue_differs_in_is_counted(shop: Shop) -> None:
    issue = mixed(shop)
    with shop.database.reading() as connection:
        found = splits.differences(connection, issue)
    assert {difference.by: difference.parts for difference in found} == {
        "message": (("'card'", 3), ("'iban'", 1)),
        "tag:region": (("eu", 3), ("us", 1)),
    }


def test_a_value_not_seen_before_begins_an_issue_of_its_own(shop: Shop) -> None:
    issue = mixed(shop)
    shop.split(issue, "tag:region")
    fresh = shop.send(tags={"region": "asia"})
    assert shop.send(tags={"region": "asia"}) == fresh
    shop.settle()
    assert len(shop.shown()) == 3
    assert shop.shown() == shop.recounted()


def test_what_is_ignored_brings_issues_together_and_undoing_parts_them(shop: Shop) -> None:
    first, second = shop.send("charge"), shop.send("refund", user="ada")
    shop.send("charge")
    before, keys = shop.shown(), shop.keys()
    same = Same(RulePart.FUNCTION, ("charge", "refund"))
    plan = shop.plan(same)
    (change,) = plans.changes(plan)
    assert (change.issue, change.into, change.events, change.whole) == (second, first, 1, True)
    number = shop.keep(plan)
    assert shop.send("refund") == first
    shop.settle()
    assert list(shop.shown()) == [first]
    assert shop.shown() == shop.recounted()
    shop.undo(number)
    assert shop.send("refund") == second
    shop.settle()
    assert shop.shown() == shop.recounted()
    assert shop.keys() == keys
    assert {issue: found[0] for issue, found in shop.shown().items()} == {first: 2, second: 3}
    assert before.keys() == shop.shown().keys()


def test_keeping_apart_everywhere_splits_every_issue(shop: Shop) -> None:
    for function in ("charge", "refund"):
        for region in ("eu", "us"):
            shop.send(function, tags={"region": region})
    shop.keep(shop.plan(Apart("tag:region")))
    shop.settle()
    assert [found[0] for found in shop.shown().values()] == [1, 1, 1, 1]
    assert shop.shown() == shop.recounted()


def test_what_is_filed_between_preview_and_keeping_follows(shop: Shop) -> None:
    issue = mixed(shop)
    with shop.database.reading() as connection:
        plan = shop.plan(splits.apart(connection, issue, "tag:region"), issue)
    assert shop.send(tags={"region": "us"}, user="late") == issue
    shop.keep(plan, "split")
    shop.settle()
    assert sorted(found[0] for found in shop.shown().values()) == [2, 3]
    assert shop.shown() == shop.recounted()


def test_a_stale_preview_is_refused(shop: Shop) -> None:
    issue = mixed(shop)
    other = shop.send("refund")
    with shop.database.reading() as connection:
        plan = shop.plan(splits.apart(connection, issue, "tag:region"), issue)
    shop.merge(issue, other)
    with pytest.raises(CannotRegroup, match="anew"):
        shop.keep(plan)


def test_a_rule_that_changes_nothing_says_so_and_can_be_kept(shop: Shop) -> None:
    issue = mixed(shop)
    plan = shop.plan(Ignore(RulePart.MODULE, "nowhere"))
    assert plans.changes(plan) == []
    shop.keep(plan)
    shop.settle()
    with shop.database.reading() as connection:
        assert [rule.kind for rule in grouping_rules.listed(connection)] == ["ignore"]
    assert list(shop.shown()) == [issue]


def test_a_preview_is_cancelled_and_capped(shop: Shop) -> None:
    mixed(shop)
    with shop.database.reading() as connection:
        with pytest.raises(plans.Cancelled):
            plans.of_rule(connection, Apart("message"), progress=lambda _done, _total: False)
        assert plans.of_rule(connection, Apart("message"), most=3).left_out == 1


def test_of_counts_whose_events_are_gone_a_part_gets_what_its_tag_counted(shop: Shop) -> None:
    issue = shop.send(user="ada", tags={"region": "us"})
    for number in range(1, 20):
        shop.send(user="ada", tags={"region": "us" if number % 4 == 0 else "eu"})
    before = shop.shown()[issue]
    # The first and the last event stay: one of each region.
    Sweep(shop.database, Retention(events_per_issue=2, days=100_000), clock=lambda: NOON).run()
    assert shop.recounted()[issue][0] == 2
    number = shop.split(issue, "tag:region")
    shop.settle()
    counts = {found[5]["region", "us"] or found[5]["region", "eu"]: found for found in shop.shown().values()}
    assert sorted(counts) == [5, 15]
    for count, found in counts.items():
        assert found[0] == count == sum(found[6].values())
    shop.undo(number)
    shop.settle()
    again = shop.shown()[issue]
    assert (again[0], again[1], again[5], again[6]) == (before[0], before[1], before[5], before[6])


def test_first_seen_outlives_retention_and_a_split(shop: Shop) -> None:
    issue = shop.send(tags={"region": "us"})
    for _ in range(10):
        shop.send(tags={"region": "eu"})
    began = shop.shown()[issue][2]
    # Of those of "eu", that stays the issue, only the newest two are left.
    Sweep(shop.database, Retention(events_per_issue=3, days=100_000), clock=lambda: NOON).run()
    number = shop.split(issue, "tag:region")
    shop.settle()
    other = next(found for found in shop.shown() if found != issue)
    assert shop.shown()[issue][5]["region", "eu"] == 10
    # When its own first event came is not known any more: no later than the split-off one's, for all we know.
    assert shop.shown()[issue][2] == began
    assert shop.shown()[other][2] == began
    shop.undo(number)
    shop.settle()
    assert {found: told[2] for found, told in shop.shown().items()} == {issue: began}


def test_first_seen_outlives_retention_and_the_undoing_of_a_rule(shop: Shop) -> None:
    number = shop.keep(shop.plan(Same(RulePart.FUNCTION, ("charge", "refund"))))
    issue = shop.send("refund", user="ada")
    for _ in range(10):
        shop.send("charge", user="bob")
    began = shop.shown()[issue][2]
    Sweep(shop.database, Retention(events_per_issue=3, days=100_000), clock=lambda: NOON).run()
    shop.undo(number)
    shop.settle()
    shown = shop.shown()
    assert sorted(found[0] for found in shown.values()) == [1, 10]
    assert {found[2] for found in shown.values()} == {began}


def test_an_event_that_is_kept_apart_is_not_found_by_an_older_key(shop: Shop) -> None:
    issue = mixed(shop)
    with shop.database.writing() as connection:
        event = next(stored_events.read(connection, [1]))
        row = (event.project_id, event.keys[-1], issue, "v1")
        bulk.add_missing(connection, t.issue_keys, [row])
    shop.split(issue, "tag:region")
    assert shop.send(tags={"region": "asia"}) != issue
    shop.settle()
    assert shop.shown() == shop.recounted()


def test_an_issue_begun_by_a_new_value_goes_back_when_its_split_is_undone(shop: Shop) -> None:
    issue = mixed(shop)
    number = shop.split(issue, "tag:region")
    shop.send(tags={"region": "asia"}, user="kim")
    shop.send(tags={"region": "asia"})
    shop.settle()
    shop.undo(number)
    shop.send(tags={"region": "asia"})
    shop.settle()
    assert list(shop.shown()) == [issue]
    assert shop.shown() == shop.recounted()
    shop.split(issue, "tag:region")
    assert shop.send(tags={"region": "asia"}) in shop.shown()
    shop.settle()
    assert len(shop.shown()) == 3
    assert shop.shown() == shop.recounted()


def test_a_bug_that_began_under_a_rule_is_one_issue_when_that_is_undone(shop: Shop) -> None:
    mixed(shop)
    number = shop.keep(shop.plan(Apart("tag:region")))
    shop.settle()
    first = shop.send("refund", user="ada", tags={"region": "eu"})
    assert shop.send("refund", user="bob", tags={"region": "us"}) != first
    alone = shop.send("ship")
    shop.undo(number)
    shop.settle()
    shown = shop.shown()
    assert shown == shop.recounted()
    assert len(shown) == 3
    assert {shown[first][0], shown[alone][0]} == {2, 1}
    assert shop.send("refund", tags={"region": "asia"}) == first


@pytest.mark.parametrize("known", [True, False])
def test_what_a_rule_put_together_since_parts_when_it_is_undone(shop: Shop, *, known: bool) -> None:
    if known:
        shop.send("charge", user="ada")
    number = shop.keep(shop.plan(Same(RulePart.FUNCTION, ("charge", "refund"))))
    issue = shop.send("refund", user="bob")
    assert shop.send("charge", user="cid") == issue
    assert shop.send("refund", user="dora") == issue
    shop.settle()
    shop.undo(number)
    shop.settle()
    assert sorted(found[0] for found in shop.shown().values()) == ([2, 2] if known else [1, 2])
    assert shop.shown() == shop.recounted()
    assert shop.send("refund") != shop.send("charge")
    assert len(shop.shown()) == 2


def test_what_was_merged_since_stays_when_the_rule_is_undone(shop: Shop) -> None:
    mixed(shop)
    number = shop.keep(shop.plan(Apart("tag:region")))
    shop.settle()
    first, second = (shop.send("refund", user="ada", tags={"region": region}) for region in ("eu", "us"))
    merged = shop.merge(first, second)
    shop.settle()
    shop.undo(number)
    shop.settle()
    assert shop.shown()[first][0] == 2
    assert shop.shown() == shop.recounted()
    shop.undo(merged)
    shop.settle()
    assert shop.shown() == shop.recounted()


def test_what_an_issue_counted_of_removed_events_goes_back_with_it(shop: Shop) -> None:
    issue = mixed(shop)
    number = shop.split(issue, "tag:region")
    for _ in range(6):
        shop.send(tags={"region": "asia"}, user="kim")
    shop.settle()
    Sweep(shop.database, Retention(events_per_issue=2, days=100_000), clock=lambda: NOON).run()
    shop.undo(number)
    shop.settle()
    (found,) = shop.shown().values()
    assert (found[0], found[5]["region", "asia"], sum(found[6].values())) == (10, 6, 10)
    assert found[1] == {"ada", "bob", "cid", "kim"}
