"""What is offered where the cursor is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.query import completion, parser
from app.query.completion import Wanted
from app.query.fields import FIELDS, Kind
from tests.query.test_parser import HOSTILE


def shown(text: str, known: list[tuple[str, int]] | None = None) -> list[str]:
    return [each.shown for each in completion.suggestions(text, len(text), known or [])]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("lev", ["level:"]),
        ("boom -re", ["release:"]),
        ("u", ["user:", "url:", "users:"]),
        ("muted", ["is:muted"]),
        ("err", ["level:error"]),
        ("er", []),
        ("is:un", ["unread"]),
        ("level:e", ["error"]),
        ("level:error", []),
        ("level:>=w", [">=warning"]),
        ("last:<1", ["<10m", "<1h", "<1d"]),
        ("times:>", [">1", ">10", ">100"]),
        ("handled:", ["yes", "no"]),
        ("boom", []),
        ("", []),
        ('"lev', []),
        ("ta", ["tag."]),
        ("(le", ["level:"]),
        ("ru", ["run:"]),
        ("run:l", ["last"]),
        ("newinrun:", ["last", "current"]),
    ],
)
def test_keys_and_values_that_are_known_anyway(text: str, offered: list[str]) -> None:
    assert shown(text) == offered


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("env:de", Wanted(Kind.TAG, "environment", "de")),
        ("tag.customer:a", Wanted(Kind.TAG, "customer", "a")),
        ("tag.cu", Wanted(Kind.HAS, "", "cu")),
        ("has:cu", Wanted(Kind.HAS, "", "cu")),
        ("run:1", Wanted(Kind.RUN, "", "1")),
        ("project:", Wanted(Kind.PROJECT, "", "")),
        ("type:Ke", Wanted(Kind.TEXT, "", "Ke")),
        ('user:"Ada L', Wanted(Kind.TAG, "user", "Ada L")),
        ("level:", None),
        ("boom", None),
        ("", None),
    ],
)
def test_what_only_the_store_knows_is_asked_for(text: str, wanted: Wanted | None) -> None:
    assert completion.wanted(text, len(text)) == wanted


def test_values_are_put_in_quotes_where_they_need_them() -> None:
    text = "boom user:Ada"
    (one,) = completion.suggestions(text, len(text), [("Ada Lovelace", 3), ("Bob", 1)])
    assert (one.shown, one.text, one.count, text[one.start : one.end]) == (
        "Ada Lovelace",
        '"Ada Lovelace"',
        3,
        "Ada",
    )


def test_a_value_may_be_meant_exactly() -> None:
    (one,) = completion.suggestions("env:=d", 6, [("dev", 3)])
    assert "env:=d"[: one.start] + one.text == "env:=dev"


def test_names_of_tags_become_keys() -> None:
    assert shown("tag.c", [("customer", 3), ("my key", 1), ("release", 9)]) == ["tag.customer:"]


def test_in_the_middle_the_whole_value_is_replaced() -> None:
    text = "level:eror boom"
    (one,) = completion.suggestions(text, len("level:e"))
    assert text[: one.start] + one.text + text[one.end :] == "level:error boom"


def test_every_key_is_offered_for_nothing() -> None:
    assert len(completion.all_keys(0)) == len(FIELDS)


@given(HOSTILE, st.integers(0, 60), st.lists(st.tuples(st.text(max_size=8), st.integers(0, 9)), max_size=3))
def test_any_place_can_be_asked_for(text: str, cursor: int, known: list[tuple[str, int]]) -> None:
    completion.wanted(text, cursor)
    for each in completion.suggestions(text, cursor, known):
        assert 0 <= each.start <= each.end <= max(len(text), cursor)
        parser.parse(text[: each.start] + each.text + text[each.end :])


def test_a_run_is_offered_with_its_command() -> None:
    found = completion.suggestions("run:", 4, [("12", 3)], {"12": "pytest -q"})
    assert [(each.text, each.hint, each.count) for each in found] == [
        ("last", "the run that began last", None),
        ("current", "all that have not ended", None),
        ("12", "pytest -q", 3),
    ]
