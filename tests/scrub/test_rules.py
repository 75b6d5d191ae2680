"""Own patterns are checked, hide what they match, and never take long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.preferences import ScrubPattern
from app.scrub import rules
from app.scrub.rules import BadPattern


def test_an_own_expression_hides_what_it_matches_beside_the_built_in_rules() -> None:
    made = rules.made([ScrubPattern(pattern=r"K-\d{4}")])
    told: list[tuple[str, str]] = []
    hidden = made.hide("customer K-1234, password=hunter22", lambda *each: told.append(each))
    assert hidden == "customer [Filtered], password=[Filtered]"
    assert told == [(rules.BUILT_IN, ""), (r"K-\d{4}", "K-1234")]


def test_an_own_field_is_secret_however_it_is_written() -> None:
    made = rules.made([ScrubPattern(pattern="Customer-No", is_field=True)])
    assert made.is_secret("customer_no")
    assert made.is_secret("customerNo")
    assert not made.is_secret("customer")


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("", "empty"),
        ("(", "cannot be read"),
        ("a*", "empty text"),
        (r"(?<=a)b", "RE2"),
        (r"(a)\1", "RE2"),
        ("((a{1000}){1000})", "RE2"),
        (r"\pL{1000}" * 40, "too large"),
        ("x" * 501, "characters"),
        ("\ud800", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(pattern: str, said: str) -> None:
    with pytest.raises(BadPattern, match=said):
        rules.check(ScrubPattern(pattern=pattern))


@pytest.mark.parametrize("name", ["", "...", "a\nb", "a" * 201])
def test_what_is_no_field_is_refused(name: str) -> None:
    with pytest.raises(BadPattern):
        rules.check(ScrubPattern(pattern=name, is_field=True))


def test_an_unusable_pattern_is_left_out_and_named() -> None:
    made = rules.made([ScrubPattern(pattern="("), ScrubPattern(pattern="ok")])
    assert len(made.problems) == 1
    assert made.hide("ok") == "[Filtered]"


def test_a_pattern_that_hangs_a_backtracking_matcher_does_not() -> None:
    made = rules.made([ScrubPattern(pattern="(x+x+)+y")])
    assert made.hide("x" * 200_000) == "x" * 200_000


@given(st.text(), st.text(min_size=1, max_size=20))
def test_any_pattern_is_used_or_refused(text: str, pattern: str) -> None:
    try:
        rules.check(ScrubPattern(pattern=pattern))
    except BadPattern:
        return
    assert isinstance(rules.made([ScrubPattern(pattern=pattern)]).hide(text), str)
