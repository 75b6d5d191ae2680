"""What a rule would do: read in outline, capped, and cancelled."""

import pytest

from app.digest.grouping.rules import Apart, Ignore, RulePart, Same
from app.regrouping import plans
from app.store.grouping import grouping_rules
from tests.regrouping.shop import Shop


def test_a_plan_is_cancelled_and_capped(shop: Shop) -> None:
    shop.send_mixed()
    with shop.database.reading() as connection:
        with pytest.raises(plans.Cancelled):
            plans.of_rule(connection, Apart("message"), progress=lambda _done, _total: False)
        assert plans.of_rule(connection, Apart("message"), most=3).left_out == 1


def test_a_rule_that_changes_nothing_has_no_changes_and_can_be_applied(shop: Shop) -> None:
    issue = shop.send_mixed()
    plan = shop.plan(Ignore(RulePart.MODULE, "nowhere"))
    assert plans.changes(plan) == []
    shop.apply(plan)
    shop.settle()
    with shop.database.reading() as connection:
        assert [rule.kind for rule in grouping_rules.listed(connection)] == ["ignore"]
    assert list(shop.shown()) == [issue]


def test_a_key_that_is_known_decides_and_else_the_issue_of_most_events(shop: Shop) -> None:
    issue = shop.send_mixed()
    plan = shop.plan(Apart("tag:region"))
    larger, smaller = plan.parts_of(issue)
    assert (larger.size, larger.owner, larger.values) == (3, issue, {"eu": 3})
    assert (smaller.size, smaller.owner, smaller.values) == (1, None, {"us": 1})
    assert plan.stays(issue) is larger
    assert plan.issues == (issue,)
    other = shop.send("refund")
    same = shop.plan(Same(RulePart.FUNCTION, ("charge", "refund")))
    (change,) = plans.changes(same)
    assert (change.issue, change.into, change.events, change.whole) == (other, issue, 1, True)


def test_events_that_other_processes_read_make_the_same_plan(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.regrouping.event_readers.WORTH_IT", 1)
    monkeypatch.setattr("app.regrouping.event_readers.READ_AT_ONCE", 3)
    shop.send_mixed()
    shop.send("refund")
    with shop.database.reading() as connection:
        beside = plans.of_rule(connection, Apart("tag:region"), folder=shop.database.file.parent)
        here = plans.of_rule(connection, Apart("tag:region"))
    assert beside == here
    assert len(beside.groups) == 3
