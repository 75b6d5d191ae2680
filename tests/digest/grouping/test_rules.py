"""Events by rules: what is shown to the algorithm, and which keys are corrected."""

from typing import Any

import pytest

from app.digest import grouping
from app.digest.grouping import rules, v2
from app.digest.grouping.rules import Apart, Definition, GroupingRule, Ignore, RulePart, Same
from app.model import Event, UserAgent
from tests.digest.grouping.events import event, frame, raised


def in_force(*definitions: Definition, project: str | None = None) -> list[GroupingRule]:
    return [GroupingRule(id=n, project=project, definition=each) for n, each in enumerate(definitions, 1)]


def same(one: Event, two: Event, *definitions: Definition) -> bool:
    keys = {grouping.key(each, in_force(*definitions)) for each in (one, two)}
    return len(keys) == 1


CASES = [
    (Ignore(RulePart.FUNCTION, "retry"), raised(frame("pay")), raised(frame("retry"), frame("pay"))),
    (
        Ignore(RulePart.MODULE, "shop.retry"),
        raised(frame("pay")),
        raised(frame("f", "shop.retry"), frame("pay")),
    ),
    (Ignore(RulePart.TYPE, "KeyError"), raised(frame("pay")), raised(frame("pay"), kind=None)),
    (Ignore(RulePart.WORDS, " (retried)"), event(message="no card"), event(message="no card (retried)")),
    (Same(RulePart.FUNCTION, ("pay", "pay_v2")), raised(frame("pay")), raised(frame("pay_v2"))),
    (
        Same(RulePart.MODULE, ("shop.views", "shop.api")),
        raised(frame("pay")),
        raised(frame("pay", "shop.api")),
    ),
    (
        Same(RulePart.TYPE, ("KeyError", "LookupError")),
        raised(frame("pay")),
        raised(frame("pay"), kind="LookupError"),
    ),
    (Same(RulePart.WORDS, ("card", "karta")), event(message="no card"), event(message="no karta")),
]


@pytest.mark.parametrize(("definition", "one", "two"), CASES)
def test_a_rule_makes_one_bug_of_two(definition: Definition, one: Event, two: Event) -> None:
    assert not same(one, two)
    assert same(one, two, definition)
    assert grouping.key(one, in_force(definition, project="other")) == v2.key(one)


def test_the_same_of_keys_corrects_what_a_client_said() -> None:
    one, two = (event(message="m", fingerprint=(part,)) for part in "ab")
    joined = Same(RulePart.KEY, (v2.key(one), v2.key(two)))

    assert not same(one, two)
    assert same(one, two, joined)
    assert grouping.key(two, in_force(joined)) == v2.key(one)


def test_rules_apply_in_their_order() -> None:
    first = Same(RulePart.TYPE, ("LookupError", "KeyError"))
    second = Ignore(RulePart.TYPE, "LookupError")
    some, nameless = raised(frame("pay")), raised(frame("pay"), kind=None)

    assert same(some, nameless, first, second)
    assert not same(some, nameless, second, first)


@pytest.mark.parametrize(
    ("by", "fields", "value"),
    [
        ("tag:plan", {"tags": {"plan": "gold"}}, "gold"),
        ("tag:environment", {"environment": "live"}, "live"),
        ("tag:release", {"release": "2"}, "2"),
        ("tag:browser", {"user_agent": UserAgent(raw="", browser="Firefox")}, "Firefox"),
        ("tag:other", {}, ""),
        ("culprit", {"culprit": "shop.views in pay"}, "shop.views in pay"),
        ("message", {}, "'x'"),
    ],
)
def test_events_that_differ_in_a_value_are_kept_apart(by: str, fields: dict[str, Any], value: str) -> None:
    plain, other = raised(frame("pay")), raised(frame("pay"), **fields)
    apart = in_force(Apart(by))

    assert rules.value(other, by) == value
    assert same(plain, other)
    assert same(plain, other, Apart(by)) is (rules.value(plain, by) == value)
    assert grouping.keeps_apart(other, apart)
    assert not grouping.keeps_apart(other, in_force(Ignore(RulePart.TYPE, "KeyError")))


def test_only_events_of_the_keys_that_a_rule_names_are_kept_apart() -> None:
    some = raised(frame("pay"), tags={"plan": "gold"})

    assert grouping.key(some, in_force(Apart("tag:plan", ("0" * 32,)))) == v2.key(some)
    assert grouping.key(some, in_force(Apart("tag:plan", (v2.key(some),)))) != v2.key(some)


def test_the_rules_that_made_a_difference_are_named() -> None:
    some = raised(frame("retry"), frame("pay"), tags={"plan": "gold"})
    unused = Ignore(RulePart.TYPE, "OSError")
    _key, why = grouping.group(some, in_force(Ignore(RulePart.FUNCTION, "retry"), unused, Apart("tag:plan")))

    assert why.why[:2] == (
        "your rule: Ignore the function “retry”",
        "your rule: Always keep apart by the tag plan: “gold”",
    )
    assert not any("OSError" in reason for reason in why.why)


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        (Ignore(RulePart.WORDS, "x"), "Ignore the words “x”"),
        (Same(RulePart.TYPE, ("A", "B")), "The types “A”, “B” are the same"),
        (Same(RulePart.WORDS, ("a", "b")), "The words “a”, “b” are the same"),
        (Apart("culprit", ("k",)), "Always keep apart by the culprit, within an issue"),
    ],
)
def test_a_rule_is_a_sentence_and_is_stored_as_json(definition: Definition, words: str) -> None:
    assert rules.in_words(definition) == words
    assert rules.decode(rules.encode(definition)) == definition


def test_a_stored_rule_is_still_read() -> None:
    # Rules of this form are in people's databases.
    stored = '{"type": "same", "part": "module", "texts": ["shop.views", "shop.api"]}'

    assert rules.decode(stored) == Same(RulePart.MODULE, ("shop.views", "shop.api"))
    assert rules.decode('{"type": "apart", "by": "message"}') == Apart("message")
