"""An issue's status and milestones, by tables; and that batches make no difference, by property."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.digest.filing.lifecycle import EPISODE, MINUTE, Arrival, Hour, Milestone, advance
from app.happenings import Kind
from app.model import IssueState, MuteRule
from app.store.inbox.counts.rates import HOUR
from app.store.inbox.issues.fixes import Content
from app.store.inbox.issues.issue_rows import IssueStatus
from app.store.inbox.triage import releases
from tests.factories import NOON

OPEN, REGRESSED, RESOLVED, MUTED = (IssueState(name) for name in ("open", "regressed", "resolved", "muted"))
HOUR_NOW = NOON // HOUR
START = HOUR_NOW * HOUR


def arrivals(number: int, *, at: int = NOON, step: int = 0, release: str | None = None) -> list[Arrival]:
    return [Arrival(at + n * step, release) for n in range(number)]


def is_older(release: str, than: str) -> bool:
    return releases.is_older(release, than, {})


def kinds_of(milestones: tuple[Milestone, ...]) -> list[tuple[Kind, int]]:
    return [(milestone.kind, milestone.nth) for milestone in milestones]


@pytest.mark.parametrize(
    ("before", "came", "state", "milestones"),
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
    before: IssueStatus | None, came: int, state: IssueState, milestones: list[tuple[Kind, int]]
) -> None:
    result = advance(before, arrivals(came), {}, is_older)
    assert (result.after.state, kinds_of(result.milestones)) == (state, milestones)
    assert result.after.count == (before.count if before else 0) + came
    if state is not MUTED:
        assert (result.after.mute_rule, result.after.muted_until) == (None, None)


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
    result = advance(before, [Arrival(NOON, release) for release in came_from], {}, is_older)
    if back_with is None:
        assert (result.milestones, result.after.state, result.after.resolved_in) == (
            (),
            RESOLVED,
            resolved_in,
        )
    else:
        assert result.milestones == (Milestone(back_with, Kind.REGRESSED, is_muted=False, reason=reason),)
        assert (result.after.state, result.after.resolved_in) == (REGRESSED, None)


HAS, LACKS, UNKNOWN = Content.HAS, Content.LACKS, Content.UNKNOWN


@pytest.mark.parametrize(
    ("resolved_in", "builds", "back_with", "doubts", "reason"),
    [
        ("2.0", ["1.9 lacks", "3.0 lacks"], None, (), ""),
        ("2.0", ["3.0 lacks", "1.9 has"], 1, (), "in 1.9, which has 4f2a9c1d8 in it"),
        # Git has to be asked, once for each release; what follows does not wait for that.
        ("2.0", ["1.9", "1.8", "1.9"], None, (0, 1), ""),
        ("2.0", ["1.8", "1.9 has"], 1, (), "in 1.9, which has 4f2a9c1d8 in it"),
        # Where git cannot say, it is as without a commit.
        ("2.0", ["1.9 unknown"], None, (), ""),
        ("2.0", ["2.0 unknown"], 0, (), "in 2.0, resolved in 2.0"),
        (None, ["1.0 unknown"], 0, (), "in 1.0"),
        (None, [None], 0, (), ""),
    ],
)
def test_resolved_at_a_commit_it_comes_back_only_from_a_build_that_has_it(
    resolved_in: str | None, builds: list[str | None], back_with: int | None, doubts: tuple[int], reason: str
) -> None:
    commit = "4f2a9c1d8e7b"
    known = {build.split()[0]: Content(build.split()[1]) for build in builds if build and " " in build}
    before = IssueStatus(state=RESOLVED, count=1, resolved_in=resolved_in, resolved_commit=commit)
    came = [Arrival(NOON, build and build.split()[0]) for build in builds]
    result = advance(before, came, {}, is_older, lambda _commit, release: known.get(release))
    assert result.doubts == doubts
    if back_with is None:
        assert (result.milestones, result.after.resolved_commit) == ((), commit)
    else:
        assert result.milestones == (Milestone(back_with, Kind.REGRESSED, is_muted=False, reason=reason),)
        assert (result.after.state, result.after.resolved_commit) == (REGRESSED, None)


def test_n_an_hour_means_any_sixty_minutes() -> None:
    muted = IssueStatus(state=MUTED, mute_rule=MuteRule(per_hour=5))
    slowly = advance(muted, arrivals(50, step=15 * MINUTE), {}, is_older)
    assert slowly.after.state is MUTED
    over_the_hour = advance(muted, arrivals(5, at=START - 20 * MINUTE, step=10 * MINUTE), {}, is_older)
    assert kinds_of(over_the_hour.milestones) == [(Kind.UNMUTED, 4)]
    assert over_the_hour.milestones[0].reason == "5 within an hour"


def test_round_numbers_are_muted_until_the_mute_ends() -> None:
    muted = IssueStatus(state=MUTED, count=5, mute_rule=MuteRule(more=50))
    result = advance(muted, arrivals(100), {}, is_older)
    assert [(milestone.kind, milestone.nth, milestone.is_muted) for milestone in result.milestones] == [
        (Kind.COUNT, 4, True),
        (Kind.UNMUTED, 49, False),
        (Kind.COUNT, 94, False),
    ]


HIGH = {HOUR_NOW: Hour(before=8, ceiling=10, usual=2.5)}


@pytest.mark.parametrize(
    ("before", "came", "milestones", "state"),
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
def test_escalating(
    before: IssueStatus, came: int, milestones: list[tuple[Kind, int]], state: IssueState
) -> None:
    result = advance(before, arrivals(came, at=START, release="1.0"), HIGH, is_older)
    assert (kinds_of(result.milestones), result.after.state) == (milestones, state)
    if milestones:
        assert result.milestones[-1].reason == "11 in this hour, usually about 2"
        assert result.milestones[-1].is_muted is (state is MUTED)
        assert result.after.escalated_at == START


def test_one_episode_is_one_milestone_however_long_it_lasts() -> None:
    status, rises = IssueStatus(count=1), []
    busy = [*range(12), *range(17, 20), *range(26, 30)]
    for hour in busy:
        hours = {HOUR_NOW + hour: Hour(before=0, ceiling=10, usual=1.0)}
        result = advance(status, arrivals(20, at=START + hour * HOUR), hours, is_older)
        status = result.after
        rises += [hour for milestone in result.milestones if milestone.kind is Kind.ESCALATING]
    assert rises == [0, 17, 26], "six quiet hours end an episode"


moments = st.integers(0, 5 * 60).map(lambda minutes: NOON + minutes * MINUTE)
rules = st.none() | st.builds(
    MuteRule,
    more=st.none() | st.integers(1, 12),
    per_hour=st.none() | st.integers(1, 6),
    escalating=st.booleans(),
)
statuses = st.builds(
    IssueStatus,
    state=st.sampled_from(IssueState),
    count=st.integers(1, 120),
    escalated_at=st.none() | moments,
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[IssueStatus, list[Arrival], list[int]]:
    """A status as it can be, arrivals in their order, and where batches end."""
    status: Any = draw(statuses)
    if status.state is MUTED:
        status = replace(status, mute_rule=draw(rules), muted_until=draw(st.none() | moments))
    if status.state is RESOLVED:
        status = replace(status, resolved_in=draw(st.sampled_from([None, "1.5", "2.0"])))
    times = sorted(draw(st.lists(moments, min_size=1, max_size=40)))
    names = st.sampled_from([None, "1.4", "1.5", "2.0"])
    came = [Arrival(at, draw(names)) for at in times]
    return status, came, sorted(draw(st.sets(st.integers(1, max(1, len(came) - 1)), max_size=5)))


@given(cases())
def test_how_events_are_cut_into_batches_makes_no_difference(
    case: tuple[IssueStatus, list[Arrival], list[int]],
) -> None:
    before, came, cuts = case
    whole = advance(before, came, {}, is_older)
    status, milestones = before, []
    for first, last in zip([0, *cuts], [*cuts, len(came)], strict=True):
        if part := came[first:last]:
            result = advance(status, part, {}, is_older)
            milestones += [replace(milestone, nth=milestone.nth + first) for milestone in result.milestones]
            status = result.after
    assert (status, tuple(milestones)) == (whole.after, whole.milestones)


@given(cases())
def test_milestones_match_the_status(case: tuple[IssueStatus, list[Arrival], list[int]]) -> None:
    before, came, _cuts = case
    result = advance(before, came, {}, is_older)
    kinds = [milestone.kind for milestone in result.milestones if milestone.kind is not Kind.COUNT]
    assert len(kinds) <= 1
    assert (result.after.state is not before.state) is bool(kinds)
    places = [milestone.nth for milestone in result.milestones]
    assert places == sorted(places)
    assert all(0 <= place < len(came) for place in places)
