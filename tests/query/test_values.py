"""Values mean what people write: numbers, times, levels, states."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.query import parser, values
from app.query.syntax import Term, terms
from app.query.values import Within

MINUTE = 60_000_000
DAY = 24 * 60 * MINUTE
NOW = int(time.mktime((2026, 11, 30, 12, 0, 0, 0, 0, -1))) * 1_000_000


def term(text: str) -> Term:
    """The only term of a search."""
    (found,) = terms(parser.parse(text).root)
    return found


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> int:
    """A local time in microseconds."""
    return int(time.mktime((year, month, day, hour, minute, second, 0, 0, -1))) * 1_000_000


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("times:5", Within(5, 5)),
        ("times:>10", Within(11, None)),
        ("times:>=2k", Within(2_000, None)),
        ("times:<1.5k", Within(None, 1_499)),
        ("users:<=3", Within(None, 3)),
        ("times:10..20", Within(10, 20)),
        ("times:20..10", Within(10, 20)),
        ("times:10..", Within(10, None)),
        ("times:..1k", Within(None, 1_000)),
        ("times:many", None),
        ("times:..", None),
        ("times:1.5", None),
        ("times:>1..2", None),
        ("times:٣", None),
    ],
)
def test_numbers(text: str, meant: Within | None) -> None:
    assert values.number(term(text)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("last:<10m", Within(NOW - 10 * MINUTE + 1, None)),
        ("last:10m", Within(NOW - 10 * MINUTE, None)),
        ("first:>7d", Within(None, NOW - 7 * DAY - 1)),
        ("first:>=1w", Within(None, NOW - 7 * DAY)),
        ("last:2h..1h", Within(NOW - 120 * MINUTE, NOW - 60 * MINUTE)),
        ("last:1h..2h", Within(NOW - 120 * MINUTE, NOW - 60 * MINUTE)),
        ("last:2026-11-29", Within(local(2026, 11, 29), local(2026, 11, 30) - 1)),
        ("last:yesterday", Within(local(2026, 11, 29), local(2026, 11, 30) - 1)),
        ("first:today", Within(local(2026, 11, 30), local(2026, 12, 1) - 1)),
        ("first:<today", Within(None, local(2026, 11, 30) - 1)),
        ("last:>2026-11-29", Within(local(2026, 11, 30), None)),
        ("last:2026-11-29..today", Within(local(2026, 11, 29), local(2026, 12, 1) - 1)),
        ("last:2026-11-30T11:00", Within(local(2026, 11, 30, 11), local(2026, 11, 30, 11, 1) - 1)),
        (
            "last:2026-11-30T11:00:05..2026-11-30T11:00:07",
            Within(local(2026, 11, 30, 11, 0, 5), local(2026, 11, 30, 11, 0, 8) - 1),
        ),
        ("last:1970-01-01T00:00:01Z", Within(1_000_000, 1_999_999)),
        ("last:2026-02-30", None),
        ("last:2026-11-30T25:00", None),
        ("last:9999-12-31", None),
        ("last:soon", None),
    ],
)
def test_times(text: str, meant: Within | None) -> None:
    assert values.moment(term(text), NOW) == meant


def test_today_is_a_local_day() -> None:
    assert values.today(NOW) == Within(local(2026, 11, 30), local(2026, 12, 1) - 1)
    assert NOW in values.today(NOW)
    assert NOW + DAY not in values.today(NOW)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("level:error", ("error",)),
        ("level:Warn", ("warning",)),
        ("level:>=error", ("error", "fatal")),
        ("level:>error", ("fatal",)),
        ("level:<info", ("debug",)),
        ("level:<=info", ("debug", "info")),
        ("level:error..info", ("info", "warning", "error")),
        ("level:eror", None),
        ("level:..", None),
    ],
)
def test_levels(text: str, meant: tuple[str, ...] | None) -> None:
    assert values.levels(term(text)) == meant


def test_states_and_answers() -> None:
    assert values.state(term("is:Muted")) == "muted"
    assert values.state(term("is:ignored")) == "muted"
    assert values.state(term("is:opne")) is None
    assert values.yes_or_no(term("handled:no")) is False
    assert values.yes_or_no(term("handled:perhaps")) is None


def test_runs() -> None:
    found = {text: values.run(term(f"run:{text}")) for text in ("12", "#12", "last", "Current", "-1", "1.5")}
    assert found == {"12": 12, "#12": 12, "last": "last", "Current": "current", "-1": None, "1.5": None}
    assert values.run(term("newinrun:=7")) == 7


def test_wildcards_are_those_outside_of_quotes() -> None:
    assert values.pieces(term("url:*/cart/*")) == ("", "/cart/", "")
    assert values.pieces(term('url:"*"')) == ("*",)


@given(st.text(max_size=20), st.sampled_from(["", ">", ">=", "<", "<=", "="]))
def test_any_value_means_something_or_nothing(value: str, operator: str) -> None:
    for key in ("times", "last", "level", "is", "handled"):
        for found in parser.typed_terms(f"{key}:{operator}{value}"):
            values.number(found)
            values.moment(found, NOW)
            values.levels(found)
            values.run(found)
