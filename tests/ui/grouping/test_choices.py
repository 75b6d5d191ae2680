"""The corrections that can be asked for, and the rules that they become."""

import pytest

from app.digest.grouping.rules import Apart, Definition, Ignore, RulePart, Same
from app.model import ExceptionInfo, Frame
from app.regrouping.splits import Difference
from tests.factories import make_event
from tests.ui.issues.factories import make_issue
from ui.grouping.choices import CORRECTIONS, Offer, definition, suggestions

BY_KEY = {correction.key: correction for correction in CORRECTIONS}


@pytest.mark.parametrize(
    ("key", "text", "other", "rule"),
    [
        ("apart", "tag:region", "", Apart("tag:region")),
        ("ignore function", "charge", "", Ignore(RulePart.FUNCTION, "charge")),
        ("ignore words", "took 3 s", "", Ignore(RulePart.WORDS, "took 3 s")),
        ("same type", "KeyError", "IndexError", Same(RulePart.TYPE, ("KeyError", "IndexError"))),
        ("same type", "KeyError", "KeyError", None),
        ("same type", "KeyError", "", None),
        ("ignore type", "", "", None),
        ("split", "tag:region", "", None),
        ("merge", "2", "", None),
    ],
)
def test_a_chosen_correction_becomes_a_rule(key: str, text: str, other: str, rule: Definition | None) -> None:
    assert definition(BY_KEY[key], text, other) == rule


def test_functions_of_the_app_are_suggested_before_those_of_libraries() -> None:
    app = Frame(function="charge", in_app=True)
    library = Frame(function="dispatch", in_app=False)
    event = make_event(exceptions=(ExceptionInfo(type="E", value="v", frames=(app, library)),))
    shown = suggestions(BY_KEY["ignore function"], event, Offer())
    assert shown == [("charge", "charge"), ("dispatch", "dispatch")]


def test_a_split_is_offered_by_the_parts_in_which_events_differ() -> None:
    offer = Offer(differences=(Difference("tag:region", (("eu", 3), ("us", 1))),))
    assert suggestions(BY_KEY["split"], make_event(), offer) == [("the tag region: 2 parts", "tag:region")]


def test_a_merge_is_offered_with_the_other_issues() -> None:
    offer = Offer(others=(make_issue(7, title="KeyError:\n'card'"),))
    assert suggestions(BY_KEY["merge"], make_event(), offer) == [("KeyError: 'card'  ·  issue 7", "7")]
