"""The grouping rules in force, decoded once."""

from app.digest import known_rules
from app.digest.grouping.rules import Ignore, RulePart, encode
from app.digest.known_rules import KnownRules
from app.store.grouping import grouping_rules
from tests.factories import NOON, Store

IGNORE = Ignore(RulePart.TYPE, "KeyError")


def add(store: Store, project: str | None = None) -> int:
    return store.write(grouping_rules.add, project, "ignore", encode(IGNORE), NOON)


def test_rules_are_decoded_in_the_order_in_which_they_were_made(store: Store) -> None:
    first, second = add(store), add(store, "shop")
    rules = store.read(known_rules.read)
    assert [(rule.id, rule.project, rule.definition) for rule in rules] == [
        (first, None, IGNORE),
        (second, "shop", IGNORE),
    ]


def test_a_refresh_without_a_change_leaves_the_same_rules(store: Store) -> None:
    known = KnownRules()
    add(store)
    assert not store.read(known.are_current)
    store.read(known.refresh)
    rules = known.rules
    store.read(known.refresh)
    assert known.rules is rules
    assert store.read(known.are_current)
