"""Rules and splits: planned, applied, followed by new events, and undone; the counters are always exact."""

import pytest

from app.digest.grouping.rules import Apart, RulePart, Same
from app.regrouping import plans, splits
from app.settings import Retention
from app.store.grouping.regrouping import CannotRegroup
from app.store.upkeep.retention import Sweep
from tests.factories import NOON
from tests.regrouping.shop import Shop


@pytest.mark.parametrize(("by", "counts"), [("tag:region", [1, 3]), ("message", [1, 3])])
def test_a_split_gives_each_part_an_issue_that_new_events_follow(
    shop: Shop, by: str, counts: list[int]
) -> None:
    issue = shop.send_mixed()
    shop.split(issue, by)
    assert sorted(found[0] for found in shop.shown().values()) == counts
    assert shop.send(value="'card'", tags={"region": "eu"}) == issue
    other = shop.send(value="'iban'", tags={"region": "us"})
    assert other != issue
    shop.settle()
    assert shop.shown() == shop.recounted()
    assert len(shop.shown()) == 2


def test_undoing_a_split_merges_its_parts_and_the_events_since(shop: Shop) -> None:
    issue = shop.send_mixed()
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


def test_a_value_not_seen_before_begins_an_issue(shop: Shop) -> None:
    issue = shop.send_mixed()
    shop.split(issue, "tag:region")
    fresh = shop.send(tags={"region": "asia"})
    assert shop.send(tags={"region": "asia"}) == fresh
    shop.settle()
    assert len(shop.shown()) == 3
    assert shop.shown() == shop.recounted()


def test_a_rule_merges_issues_and_its_undo_separates_them(shop: Shop) -> None:
    first, second = shop.send("charge"), shop.send("refund", user="ada")
    shop.send("charge")
    before, keys = shop.shown(), shop.keys()
    same = Same(RulePart.FUNCTION, ("charge", "refund"))
    plan = shop.plan(same)
    (change,) = plans.changes(plan)
    assert (change.issue, change.into, change.events, change.whole) == (second, first, 1, True)
    number = shop.apply(plan)
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


def test_a_rule_for_all_issues_splits_every_issue(shop: Shop) -> None:
    for function in ("charge", "refund"):
        for region in ("eu", "us"):
            shop.send(function, tags={"region": region})
    shop.apply(shop.plan(Apart("tag:region")))
    shop.settle()
    assert [found[0] for found in shop.shown().values()] == [1, 1, 1, 1]
    assert shop.shown() == shop.recounted()


def test_events_filed_between_preview_and_application_follow(shop: Shop) -> None:
    issue = shop.send_mixed()
    with shop.database.reading() as connection:
        plan = shop.plan(splits.apart(connection, issue, "tag:region"), issue)
    assert shop.send(tags={"region": "us"}, user="late") == issue
    shop.apply(plan, "split")
    shop.settle()
    assert sorted(found[0] for found in shop.shown().values()) == [2, 3]
    assert shop.shown() == shop.recounted()


def test_a_stale_preview_is_refused(shop: Shop) -> None:
    issue = shop.send_mixed()
    other = shop.send("refund")
    with shop.database.reading() as connection:
        plan = shop.plan(splits.apart(connection, issue, "tag:region"), issue)
    shop.merge(issue, other)
    with pytest.raises(CannotRegroup, match="anew"):
        shop.apply(plan)


def test_a_part_gets_the_counts_of_removed_events_by_its_tag(shop: Shop) -> None:
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


def test_first_seen_is_right_after_retention_and_a_split(shop: Shop) -> None:
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
    assert {found: counted[2] for found, counted in shop.shown().items()} == {issue: began}
