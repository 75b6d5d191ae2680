"""The sentences of a preview."""

from app.digest.grouping.rules import Apart, Ignore, RulePart, Same
from app.regrouping import plans, preview_text
from app.store.inbox.lists import issues
from tests.regrouping.shop import Shop


def test_a_merge_is_described_with_numbers_titles_and_events(shop: Shop) -> None:
    first, second = shop.send("charge"), shop.send("refund", value="'iban'")
    plan = shop.plan(Same(RulePart.FUNCTION, ("charge", "refund")))
    moved = f"Issue {second}, “KeyError: 'iban'”, with 1 event: to issue {first}, “KeyError: 'card'”"
    assert preview_text.sentences(plan) == [moved]
    assert preview_text.summary(plan) == "1 issue would be merged into others."
    with shop.database.reading() as connection:
        one, other = issues.get(connection, second), issues.get(connection, first)
    assert one is not None
    assert other is not None
    assert preview_text.of_merge(one, other) == moved


def test_a_split_is_described_with_the_value_that_leaves(shop: Shop) -> None:
    issue = shop.send_mixed()
    plan = shop.plan(Apart("tag:region"))
    assert preview_text.sentences(plan) == [
        f"1 event of issue {issue}, “{plan.titles[issue]}”, with “us”: to an issue of its own"
    ]
    assert preview_text.summary(plan) == "1 issue would be split."


def test_nothing_to_move_and_events_that_were_not_read_are_mentioned(shop: Shop) -> None:
    shop.send_mixed()
    with shop.database.reading() as connection:
        plan = plans.of_rule(connection, Ignore(RulePart.MODULE, "nowhere"), most=3)
    assert preview_text.sentences(plan) == []
    assert preview_text.summary(plan) == (
        "No stored event would move; new ones would follow. Only the newest events were read: "
        "1 older one would stay where it is."
    )
