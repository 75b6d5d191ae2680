"""Terms of the search that facets and the histogram write, and read back."""

from datetime import UTC, datetime

import pytest

from ui.issues.facets import terms
from ui.issues.facets.terms import Span

NOW = 1_790_000_000
MIDNIGHT = int(datetime(2026, 9, 20).astimezone().timestamp())
HOUR, DAY = 3_600, 86_400


@pytest.mark.parametrize(
    ("facet", "value", "term"),
    [
        ("level", "error", "level:error"),
        ("environment", "dev", "env:dev"),
        ("tenant", 'a "b"', 'tag.tenant:"a ""b"""'),
    ],
)
def test_a_value_is_asked_for_left_out_and_neither(facet: str, value: str, term: str) -> None:
    text = terms.toggled("cart", facet, value)
    assert text == f"cart {term}"
    assert terms.standing(text, facet, value) == "added"
    assert terms.named(text, facet) == (value,)
    assert terms.toggled(text, facet, value) == "cart"
    out = terms.excluding(text, facet, value)
    assert out == f"cart -{term}"
    assert terms.standing(out, facet, value) == "excluded"
    assert terms.named(out, facet) == (value,)
    assert terms.excluding(out, facet, value) == "cart"


def test_values_of_another_facet_are_not_named() -> None:
    assert terms.named("env:dev tag.a:1 tag.b:2 level:e*", "a") == ("1",)
    assert terms.named("level:e*", "level") == ()


@pytest.mark.parametrize(
    "span",
    [
        Span(MIDNIGHT, MIDNIGHT + DAY),
        Span(MIDNIGHT, MIDNIGHT + 3 * DAY),
        Span(MIDNIGHT + 5 * HOUR, MIDNIGHT + 6 * HOUR),
        Span(MIDNIGHT + 60, MIDNIGHT + 120),
        Span(MIDNIGHT + 23 * HOUR, MIDNIGHT + 25 * HOUR),
    ],
)
def test_a_time_is_read_as_it_was_written(span: Span) -> None:
    text = terms.with_seen("cart seen:2020-01-01", span)
    assert text.count("seen:") == 1
    assert terms.seen(text, NOW * 1_000_000) == span
    assert terms.with_seen(text, None) == "cart"


def test_an_age_reaches_to_now() -> None:
    assert terms.seen("seen:<1h", NOW * 1_000_000) == Span(NOW - HOUR, NOW + 1)
    assert terms.seen("last:<1h", NOW * 1_000_000) is None


def test_whole_days_are_written_as_dates() -> None:
    assert terms.written(Span(MIDNIGHT, MIDNIGHT + DAY)) == "2026-09-20"
    assert datetime.fromtimestamp(MIDNIGHT, UTC).astimezone().hour == 0


def test_facets_have_names_for_people() -> None:
    assert (terms.title("server_name"), terms.title("tenant")) == ("Server", "tenant")
