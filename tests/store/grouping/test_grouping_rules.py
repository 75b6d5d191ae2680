"""Grouping rules as rows."""

from app.store.grouping import grouping_rules
from tests.factories import NOON, Store


def test_rules_are_listed_in_the_order_in_which_they_were_made(store: Store) -> None:
    first = store.write(grouping_rules.add, "shop", "same", "{}", NOON)
    second = store.write(grouping_rules.add, None, "ignore", "[]", NOON + 1)
    listed = store.read(grouping_rules.listed)
    assert [(rule.id, rule.project, rule.kind, rule.definition) for rule in listed] == [
        (first, "shop", "same", "{}"),
        (second, None, "ignore", "[]"),
    ]
    assert set(store.read(grouping_rules.projects_of, (first, second))) == {"shop", None}
    assert store.read(grouping_rules.projects_of, ()) == []


def test_a_rule_is_removed_once(store: Store) -> None:
    first, second, third = (store.write(grouping_rules.add, None, "same", "{}", NOON) for _ in range(3))
    assert store.write(grouping_rules.remove, second)
    assert not store.write(grouping_rules.remove, second)
    assert store.write(grouping_rules.remove_all, (first, second)) == 1
    assert [rule.id for rule in store.read(grouping_rules.listed)] == [third]
