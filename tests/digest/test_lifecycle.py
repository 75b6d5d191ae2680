"""What becomes of an issue, by tables; and that batches make no difference, by property."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.digest.lifecycle import EPISODE, MINUTE, Arrival, Hour, Turn, live
from app.happenings import Kind
from app.model import IssueState, MuteRule
from app.store.inbox import releases
from app.store.inbox.issue_rows import IssueStatus
from app.store.inbox.rates import HOUR
from tests.factories import NOON

OPEN, REGRESSED, RESOLVED, MUTED = (IssueState(name) for name in ("open", "regressed", "resolved", "muted"))
HOUR_NOW = NOON // HOUR
START = HOUR_NOW * HOUR


def arrivals(number: int, *, at: int = NOON, step: int = 0, release: str | None = None) -> list[Arrival]:
    return [Arrival(at + n * step, release) for n in range(number)]


def is_older(release: str, than: str) -> bool:
    return releases.is_older(release, than, {})


def told(turns: tuple[Turn, ...]) -> list[tuple[Kind, int]]:
    return [(turn.kind, turn.nth) for turn in turns]


@pytest.mark.parametrize(
    ("before", "came", "state", "turns"),
    [
        (None, 1, OPEN, [(Kind.NEW, 0)]),
        (None, 10, OPEN, [(Kind.NEW, 0), (Kind.COUNT, 9)]),
        (IssueStatus(count=9), 1, OPEN, [(Kind.COUNT, 0)]),
        (IssueStatus(count=10), 89, OPEN, []),
        (IssueStatus(count=5), 2_000, OPEN, [(Kind.COUNT, 4), (Kind.COUNT, 94), (Kind.COUNT, 994)]),
        (IssueStatus(state=REGRESSED, count=3), 2, REGRESSED, []),
        (IssueStatus(state=RESOLVED, count=3), 2, REGRESSED, [(Kind.REGRESSED, 0)]),
        (IssueStatus(state=MUTED, count=3), 2, MUTED, []),
        (IssueStatus(state=MUTED, count=3, muted_until=NOON + 1), 2, MUTED, []),
        (IssueStatus(state=MUTED, count=3, muted_until=NOON), 2, OPEN, [(Kind.UNMUTED, 0)]),
        (IssueStatus(state=MUTED, count=3, mute_rule=MuteRule(more=3)), 2, MUTED, []),
        (IssueStatus(state=MUTED, count=3, mute_rule=MuteRule(more=2)), 2, OPEN, [(Kind.UNMUTED, 1)]),
        (IssueStatus(state=MUTED, count=3, mute_rule=MuteRule(per_hour=3)), 2, MUTED, []),
        (
            IssueStatus(state=MUTED, count=3, mute_rule=MuteRule(per_hour=2)),
            9,
            OPEN,
            [(Kind.UNMUTED, 1), (Kind.COUNT, 6)],
        ),
    ],
)
def test_what_arrivals_do(
    before: IssueStatus | None, came: int, state: IssueState, turns: list[tuple[Kind, int]]
) -> None:
    life = live(before, arrivals(came), {}, is_older)
    assert (life.after.state, told(life.turns)) == (state, turns)
    assert life.after.count == (before.count if before else 0) + came
    if state is not MUTED:
        assert (life.after.mute_rule, life.after.muted_until) == (None, None)


@pytest.mark.parametrize(
    ("resolved_in", "came_from", "back_with", "reason"),
    [
        (None, ["1.0"], 0, "in 1.0"),
        (None, [None], 0, ""),
        ("2.0", ["1.9", "2.0-rc1", "1.10"], None, ""),
        ("2.0", ["1.9", "2.0"], 1, "in 2.0, resolved in 2.0"),
        ("2.0", ["1.9", "2.0.1", "2.0"], 1, "in 2.0.1, resolved in 2.0"),
        # What does not tell its release may be the newest.
        ("2.0", ["1.9", None], 1, ""),
    ],
)
def test_a_resolved_issue_comes_back_only_from_a_release_that_is_not_older(
    resolved_in: str | None, came_from: list[str | None], back_with: int | None, reason: str
) -> None:
    before = IssueStatus(state=RESOLVED, count=1, resolved_in=resolved_in)
    life = live(before, [Arrival(NOON, release) for release in came_from], {}, is_older)
    if back_with is None:
        assert (life.turns, life.after.state, life.after.resolved_in) == ((), RESOLVED, resolved_in)
    else:
        assert life.turns == (Turn(back_with, Kind.REGRESSED, is_muted=False, reason=reason),)
        assert (life.after.state, life.after.resolved_in) == (REGRESSED, None)


def test_n_an_hour_means_any_sixty_minutes() -> None:
    muted = IssueStatus(state=MUTED, mute_rule=MuteRule(per_hour=5))
    slowly = live(muted, arrivals(50, step=15 * MINUTE), {}, is_older)
    assert slowly.after.state is MUTED
    over_the_hour = live(muted, arrivals(5, at=START - 20 * MINUTE, step=10 * MINUTE), {}, is_older)
    assert told(over_the_hour.turns) == [(Kind.UNMUTED, 4)]
    assert over_the_hour.turns[0].reason == "5 within an hour"


def test_round_numbers_are_muted_until_the_mute_ends() -> None:
    muted = IssueStatus(state=MUTED, count=5, mute_rule=MuteRule(more=50))
    life = live(muted, arrivals(100), {}, is_older)
    assert [(turn.kind, turn.nth, turn.is_muted) for turn in life.turns] == [
        (Kind.COUNT, 4, True),
        (Kind.UNMUTED, 49, False),
        (Kind.COUNT, 94, False),
    ]


HIGH = {HOUR_NOW: Hour(before=8, ceiling=10, usual=2.5)}


@pytest.mark.parametrize(
    ("before", "came", "turns", "state"),
    [
        (IssueStatus(count=20), 2, [], OPEN),
        (IssueStatus(count=20), 3, [(Kind.ESCALATING, 2)], OPEN),
        (IssueStatus(count=20, escalated_at=START - EPISODE), 3, [(Kind.ESCALATING, 2)], OPEN),
        (IssueStatus(count=20, escalated_at=START - HOUR), 3, [], OPEN),
        (IssueStatus(state=MUTED, count=20), 3, [(Kind.ESCALATING, 2)], MUTED),
        (
            IssueStatus(
                state=MUTED, count=20, mute_rule=MuteRule(escalating=True), escalated_at=START - HOUR
            ),
            3,
            [(Kind.UNMUTED, 2), (Kind.ESCALATING, 2)],
            OPEN,
        ),
        (IssueStatus(state=MUTED, count=20, mute_rule=MuteRule(escalating=True)), 2, [], MUTED),
        (
            IssueStatus(state=RESOLVED, count=20),
            3,
            [(Kind.REGRESSED, 0), (Kind.ESCALATING, 2)],
            REGRESSED,
        ),
        (IssueStatus(state=RESOLVED, count=20, resolved_in="2.0"), 3, [], RESOLVED),
    ],
)
def test_escalating(before: IssueStatus, came: int, turns: list[tuple[Kind, int]], state: IssueState) -> None:
    life = live(before, arrivals(came, at=START, release="1.0"), HIGH, is_older)
    assert (told(life.turns), life.after.state) == (turns, state)
    if turns:
        assert life.turns[-1].reason == "11 in this hour, usually about 2"
        assert life.turns[-1].is_muted is (state is MUTED)
        assert life.after.escalated_at == START


def test_one_episode_is_told_once_however_long_it_lasts() -> None:
    standing, rises = IssueStatus(count=1), []
    busy = [*range(12), *range(17, 20), *range(26, 30)]
    for hour in busy:
        hours = {HOUR_NOW + hour: Hour(before=0, ceiling=10, usual=1.0)}
        life = live(standing, arrivals(20, at=START + hour * HOUR), hours, is_older)
        standing = life.after
        rises += [hour for turn in life.turns if turn.kind is Kind.ESCALATING]
    assert rises == [0, 17, 26], "six quiet hours end an episode"


moments = st.integers(0, 5 * 60).map(lambda minutes: NOON + minutes * MINUTE)
rules = st.none() | st.builds(
    MuteRule,
    more=st.none() | st.integers(1, 12),
    per_hour=st.none() | st.integers(1, 6),
    escalating=st.booleans(),
)
standings = st.builds(
    IssueStatus,
    state=st.sampled_from(IssueState),
    count=st.integers(1, 120),
    escalated_at=st.none() | moments,
)


@st.composite
def lives(draw: st.DrawFn) -> tuple[IssueStatus, list[Arrival], list[int]]:
    """A standing as it can be, arrivals in their order, and where batches end."""
    standing: Any = draw(standings)
    if standing.state is MUTED:
        standing = replace(standing, mute_rule=draw(rules), muted_until=draw(st.none() | moments))
    if standing.state is RESOLVED:
        standing = replace(standing, resolved_in=draw(st.sampled_from([None, "1.5", "2.0"])))
    times = sorted(draw(st.lists(moments, min_size=1, max_size=40)))
    names = st.sampled_from([None, "1.4", "1.5", "2.0"])
    came = [Arrival(at, draw(names)) for at in times]
    return standing, came, sorted(draw(st.sets(st.integers(1, max(1, len(came) - 1)), max_size=5)))


@given(lives())
def test_how_events_are_cut_into_batches_makes_no_difference(
    case: tuple[IssueStatus, list[Arrival], list[int]],
) -> None:
    before, came, cuts = case
    whole = live(before, came, {}, is_older)
    standing, turns = before, []
    for first, last in zip([0, *cuts], [*cuts, len(came)], strict=True):
        if part := came[first:last]:
            life = live(standing, part, {}, is_older)
            turns += [replace(turn, nth=turn.nth + first) for turn in life.turns]
            standing = life.after
    assert (standing, tuple(turns)) == (whole.after, whole.turns)


@given(lives())
def test_a_life_is_told_as_it_is(case: tuple[IssueStatus, list[Arrival], list[int]]) -> None:
    before, came, _cuts = case
    life = live(before, came, {}, is_older)
    kinds = [turn.kind for turn in life.turns if turn.kind is not Kind.COUNT]
    assert len(kinds) <= 1
    assert (life.after.state is not before.state) is bool(kinds)
    assert [turn.nth for turn in life.turns] == sorted(turn.nth for turn in life.turns)
    assert all(0 <= turn.nth < len(came) for turn in life.turns)
    if before.state is MUTED and before.mute_rule is None and before.muted_until is None:
        assert life.after.state is MUTED, "for ever is for ever"
