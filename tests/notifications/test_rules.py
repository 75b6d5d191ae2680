"""Which happenings a rule matches, and when it is quiet."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.happenings import Happening, Kind
from app.model import Level
from app.notifications.rules import MINUTE, ROUND_NUMBERS, QuietHours, Rule, worst
from tests.notifications.factories import make_happening

DAY = 24 * 60 * MINUTE
LEVELS = [Level.DEBUG, Level.INFO, Level.WARNING, Level.ERROR, Level.FATAL]
names = st.sampled_from(["shop", "mail", "Shop", ""])
some_names = st.lists(names, max_size=2).map(tuple)
happenings = st.builds(
    make_happening,
    st.integers(1, 5),
    st.sampled_from(Kind),
    project=names,
    level=st.sampled_from(Level),
    environment=st.none() | names,
    count=st.sampled_from([1, 5, 10, 100, 1_000]),
    is_muted=st.booleans(),
)
rules = st.builds(
    Rule,
    kinds=st.lists(st.sampled_from(Kind), max_size=3).map(tuple),
    counts=st.lists(st.sampled_from(ROUND_NUMBERS), max_size=2).map(tuple),
    projects=some_names,
    level=st.sampled_from(Level),
    environments=some_names,
)


@pytest.fixture(autouse=True, params=["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"])
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def micros(*moment: int) -> int:
    return int(datetime(*moment).astimezone().timestamp()) * 1_000_000  # type: ignore[arg-type]


@given(rule=rules, happening=happenings)
def test_a_rule_matches_when_all_its_conditions_hold(rule: Rule, happening: Happening) -> None:
    by_count = happening.kind == Kind.COUNT and happening.count in rule.counts
    by_kind = happening.kind != Kind.COUNT and happening.kind in rule.kinds
    by_count |= happening.kind == Kind.NEW and 1 in rule.counts
    bad_enough = LEVELS.index(happening.level) >= LEVELS.index(rule.level)
    mine = happening.project in rule.projects or rule.projects == ()
    here = happening.environment in rule.environments or rule.environments == ()
    wanted = (by_count or by_kind) and bad_enough and mine and here and not happening.is_muted
    assert rule.matches(happening) is wanted


@given(rules)
def test_a_rule_is_the_same_after_encoding_and_decoding(rule: Rule) -> None:
    assert msgspec.json.decode(msgspec.json.encode(rule), type=Rule) == rule


def test_the_default_rule_sends_new_and_regressed_errors_to_the_desktop() -> None:
    rule = Rule()
    assert rule.targets() == (None,)
    wanted = {
        (kind, level)
        for kind in Kind
        for level in Level
        if rule.matches(make_happening(1, kind, level=level))
    }
    bad = (Level.ERROR, Level.FATAL)
    assert wanted == {(kind, level) for kind in (Kind.NEW, Kind.REGRESSED) for level in bad}


@given(one=st.sampled_from(Level), other=st.sampled_from(Level))
def test_the_worse_of_two_levels(one: Level, other: Level) -> None:
    assert LEVELS.index(worst(one, other)) == max(LEVELS.index(one), LEVELS.index(other))


@given(
    begins=st.integers(0, 1439),
    ends=st.integers(0, 1439),
    # From 2026 on, over both changes of the clock.
    now=st.integers(1_767_225_600_000_000, 1_830_000_000_000_000),
)
def test_quiet_hours_end_at_their_local_time(begins: int, ends: int, now: int) -> None:
    until = QuietHours(begins, ends).until(now)
    wall = datetime.fromtimestamp(now // 1_000_000, UTC).astimezone()
    minute = wall.hour * 60 + wall.minute
    # Minutes of a whole day, walked from the beginning of the quiet until its end.
    quiet = (minute - begins) % 1440 < (ends - begins) % 1440
    assert (until is not None) is quiet
    if until is None:
        return
    assert now < until <= now + DAY + 60 * MINUTE
    ended = datetime.fromtimestamp(until // 1_000_000, UTC).astimezone()
    at_the_end = ended.hour * 60 + ended.minute
    # An hour that the clock leaves out in spring is over when it would have been; one that it has twice
    # in autumn may begin to be quiet behind its own end.
    assert at_the_end in {ends, (ends + 60) % 1440, (ends - 60) % 1440, minute}


def test_quiet_hours_over_midnight() -> None:
    night = QuietHours(22 * 60, 8 * 60)
    assert night.until(micros(2026, 6, 1, 21, 59)) is None
    assert night.until(micros(2026, 6, 1, 22, 0)) == micros(2026, 6, 2, 8, 0)
    assert night.until(micros(2026, 6, 2, 7, 59)) == micros(2026, 6, 2, 8, 0)
    assert night.until(micros(2026, 6, 2, 8, 0)) is None


def test_quiet_hours_end_by_the_local_time_of_their_last_day() -> None:
    # In the night of the 29th of March 2026 Berlin's clocks leave an hour out.
    night = QuietHours(22 * 60, 8 * 60)
    assert night.until(micros(2026, 3, 28, 23, 0)) == micros(2026, 3, 29, 8, 0)
    assert night.until(micros(2026, 10, 24, 23, 0)) == micros(2026, 10, 25, 8, 0)


def test_quiet_hours_that_end_in_the_repeated_hour_of_autumn_have_one_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    # At 3:00 on the 25th of October 2026 it is 2:00 again: 2:30 is over once, and comes once more.
    night = QuietHours(22 * 60, 2 * 60 + 30)
    second = int(datetime(2026, 10, 25, 1, 30, tzinfo=UTC).timestamp()) * 1_000_000
    assert {night.until(second - minute * MINUTE) for minute in (30, 20, 1)} == {second}
    assert night.until(second) is None


@pytest.mark.parametrize("minute", range(0, 1440, 97))
def test_no_hour_is_quiet_when_begin_and_end_are_equal(minute: int) -> None:
    assert QuietHours(540, 540).until(micros(2026, 6, 1, minute // 60, minute % 60)) is None
