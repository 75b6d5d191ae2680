"""Events that a rule had grouped, after it was undone: the counters are those of the stored events."""

import pytest

from app.digest.grouping.rules import Apart, RulePart, Same
from app.settings import Retention
from app.store.upkeep.retention import Sweep
from tests.factories import NOON
from tests.regrouping.shop import Shop


def test_first_seen_is_right_after_retention_and_the_undo_of_a_rule(shop: Shop) -> None:
    number = shop.apply(shop.plan(Same(RulePart.FUNCTION, ("charge", "refund"))))
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


def test_an_issue_begun_by_a_new_value_goes_back_when_its_split_is_undone(shop: Shop) -> None:
    issue = shop.send_mixed()
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


def test_a_bug_first_seen_under_a_rule_is_one_issue_when_the_rule_is_undone(shop: Shop) -> None:
    shop.send_mixed()
    number = shop.apply(shop.plan(Apart("tag:region")))
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
def test_events_that_a_rule_grouped_since_are_separated_when_it_is_undone(shop: Shop, *, known: bool) -> None:
    if known:
        shop.send("charge", user="ada")
    number = shop.apply(shop.plan(Same(RulePart.FUNCTION, ("charge", "refund"))))
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


def test_issues_merged_since_stay_merged_when_the_rule_is_undone(shop: Shop) -> None:
    shop.send_mixed()
    number = shop.apply(shop.plan(Apart("tag:region")))
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


def test_the_counts_of_removed_events_go_back_with_their_issue(shop: Shop) -> None:
    issue = shop.send_mixed()
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
