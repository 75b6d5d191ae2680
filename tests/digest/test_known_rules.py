"""The grouping rules in force, decoded once."""

from app.digest import known_rules
from app.digest.grouping.rules import Ignore, RulePart, encode
from app.digest.known_rules import KnownRules
from app.store.grouping import grouping_rules
from app.store.places import project_acts
from tests.factories import NOON, Store, make_event

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


def test_a_rule_for_a_project_is_one_for_each_name_that_is_sent_for_it(store: Store) -> None:
    known = KnownRules()
    for project in ("shop", "till"):
        store.file(make_event(), project=project)
    number = add(store, "shop")
    store.read(known.refresh)
    store.write(project_acts.rename, 1, "Store")
    store.write(project_acts.merge, 2, 1)
    assert not store.read(known.are_current), "events of the other are read again by the rule"
    assert [(rule.id, rule.project) for rule in store.read(known_rules.read)] == [
        (number, "shop"),
        (number, "till"),
    ]
    rules = store.read(known_rules.of_project, 7, "Store", IGNORE)
    assert [rule.project for rule in rules] == ["Store", "shop", "till"]
