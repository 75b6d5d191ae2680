"""How arriving events change an issue's status. Pure: all that it depends on is an argument, times included.

An event is judged by the time of its arrival, never by the clock, so that a batch that is digested twice has
the same result. Each event of a resolved or muted issue is examined until one changes the status; of all
other issues the events are only counted.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from app.happenings import Kind
from app.model import IssueState, MuteRule
from app.store.inbox.counts.rates import HOUR
from app.store.inbox.issues.fixes import Content
from app.store.inbox.issues.issue_rows import IssueStatus

MINUTE = 60_000_000
MINUTES_PER_HOUR = 60
# An issue that rises again after this long without escalating escalates once more.
EPISODE = 6 * HOUR
ESCALATES = "it escalates"
SHORT_HASH = 9
_HASH = re.compile("[0-9a-f]{40}")

IsOlder = Callable[[str, str], bool]
# What is known of whether the build of a release has a commit in it; None: git was not asked yet.
ContentOf = Callable[[str, str], Content | None]


class Arrival(Struct, frozen=True):
    """When an event arrived, in microseconds, and the release that it came from."""

    at: int
    release: str | None = None


class Hour(Struct, frozen=True):
    """An hour of an issue: its events before this batch, and the usual number.

    More than `ceiling` events are well above the usual.
    """

    before: int
    ceiling: int
    usual: float


class Milestone(Struct, frozen=True):
    """What the `nth` arrival, from 0, caused; `is_muted`: the issue is still muted after it."""

    nth: int
    kind: Kind
    is_muted: bool
    reason: str = ""


class Advance(Struct, frozen=True):
    """An issue's status after all arrivals, and the milestones that they caused, in order.

    `doubts` are arrivals, of one release each, that bring the issue back if the build has the commit in it
    at which the issue is resolved.
    """

    after: IssueStatus
    milestones: tuple[Milestone, ...]
    doubts: tuple[int, ...] = ()


class _End(Struct, frozen=True):
    """The `nth` arrival ends a resolution or a mute."""

    nth: int
    reason: str


def nothing_known(_commit: str, _release: str) -> Content:
    """Git knows of no build: an issue that is resolved at a commit is as one that is resolved."""
    return Content.UNKNOWN


def advance(
    before: IssueStatus | None,
    arrivals: Sequence[Arrival],
    hours: Mapping[int, Hour],
    is_older: IsOlder,
    content_of: ContentOf = nothing_known,
) -> Advance:
    """The status of an issue after these arrivals; `before` is None for a new issue.

    `hours` are those of the arrivals (by their number since 1970) in which it may escalate. `is_older` is
    whether the first release precedes the second, and `content_of` whether a commit is in a release.
    """
    known = IssueStatus() if before is None else before
    spike = _spike(arrivals, hours)
    after = replace(known, count=known.count + len(arrivals))
    end: _End | None = None
    doubts: dict[str, int] = {}
    if known.state is IssueState.RESOLVED:
        end = _comes_back(known, arrivals, is_older, content_of, doubts)
        if end is not None:
            doubts.clear()
            after = replace(after, state=IssueState.REGRESSED, resolved_in=None, resolved_commit=None)
    elif known.state is IssueState.MUTED:
        end, rule = _unmuted(known, arrivals, spike)
        after = replace(after, mute_rule=rule)
        if end is not None:
            after = replace(after, state=IssueState.OPEN, mute_rule=None, muted_until=None)

    def milestone(nth: int, kind: Kind, reason: str = "") -> Milestone:
        return Milestone(
            nth, kind, known.state is IssueState.MUTED and (end is None or nth < end.nth), reason
        )

    milestones = [] if before is not None else [milestone(0, Kind.NEW)]
    if end is not None:
        kind = Kind.REGRESSED if known.state is IssueState.RESOLVED else Kind.UNMUTED
        milestones.append(milestone(end.nth, kind, end.reason))
    if spike is not None and after.state is not IssueState.RESOLVED:
        nth, at = spike.nth, arrivals[spike.nth].at
        if end is not None and known.state is IssueState.RESOLVED:
            nth = max(nth, end.nth)
        ended_by_it = end is not None and end.reason == ESCALATES
        if ended_by_it or not _in_episode(known.escalated_at, at):
            milestones.append(milestone(nth, Kind.ESCALATING, spike.reason))
        after = replace(after, escalated_at=max(at, known.escalated_at or at))
    milestones += [
        milestone(number - known.count - 1, Kind.COUNT) for number in _round_numbers(known.count, after.count)
    ]
    return Advance(after, tuple(sorted(milestones, key=lambda each: each.nth)), tuple(doubts.values()))


def _comes_back(
    known: IssueStatus,
    arrivals: Sequence[Arrival],
    is_older: IsOlder,
    content_of: ContentOf,
    doubts: dict[str, int],
) -> _End | None:
    """The first arrival of a build with the fix in it.

    The commit of the fix decides where it is known. Where it is not, what is not of a release before the one
    in which the issue is resolved counts as such. The first arrival of each release that git has yet to be
    asked about is added to `doubts`.
    """
    resolved_in, commit = known.resolved_in, known.resolved_commit
    for nth, arrival in enumerate(arrivals):
        if commit is not None and arrival.release is not None:
            content = content_of(commit, arrival.release)
            if content is None:
                doubts.setdefault(arrival.release, nth)
            if content is Content.HAS:
                return _End(nth, f"in {_short(arrival.release)}, which has {commit[:SHORT_HASH]} in it")
            if content is not Content.UNKNOWN:
                continue
        if resolved_in is None or arrival.release is None:
            return _End(nth, "" if arrival.release is None else f"in {arrival.release}")
        if not is_older(arrival.release, resolved_in):
            return _End(nth, f"in {arrival.release}, resolved in {resolved_in}")
    return None


def _short(release: str) -> str:
    """A commit's hash is long, and known by its beginning."""
    return release[:SHORT_HASH] if _HASH.fullmatch(release) else release


def _unmuted(
    known: IssueStatus, arrivals: Sequence[Arrival], spike: _End | None
) -> tuple[_End | None, MuteRule | None]:
    """The first arrival that ends a mute, if one does; and the rule, counted down."""
    rule, until = known.mute_rule, known.muted_until
    if rule is None and until is None:
        return None, None
    escalates_at = spike.nth if spike is not None and rule is not None and rule.escalating else None
    left = None if rule is None else rule.more
    recent = Counter(dict(rule.arrived)) if rule is not None else Counter()
    for nth, arrival in enumerate(arrivals):
        if until is not None and arrival.at >= until:
            return _End(nth, "its time is over"), None
        if left is not None:
            left -= 1
            if left <= 0:
                return _End(nth, "the awaited number of events came"), None
        if rule is not None and rule.per_hour is not None:
            minute = arrival.at // MINUTE
            recent[minute] += 1
            for old in [each for each in recent if each <= minute - MINUTES_PER_HOUR]:
                del recent[old]
            if recent.total() >= rule.per_hour:
                return _End(nth, f"{rule.per_hour:,} within an hour"), None
        if nth == escalates_at:
            return _End(nth, ESCALATES), None
    if rule is not None:
        rule = replace(rule, more=left, arrived=tuple(sorted(recent.items())))
    return None, rule


def _spike(arrivals: Sequence[Arrival], hours: Mapping[int, Hour]) -> _End | None:
    """The first arrival with which an hour rises well above what is usual for the issue."""
    if not hours:
        return None
    counts = {hour: seen.before for hour, seen in hours.items()}
    for nth, arrival in enumerate(arrivals):
        hour = arrival.at // HOUR
        if hour not in counts:
            continue
        counts[hour] += 1
        seen = hours[hour]
        if counts[hour] > seen.ceiling:
            usual = max(1, round(seen.usual))
            return _End(nth, f"{counts[hour]:,} in this hour, usually about {usual:,}")
    return None


def _in_episode(escalated_at: int | None, at: int) -> bool:
    return escalated_at is not None and at - escalated_at < EPISODE


def _round_numbers(before: int, after: int) -> Iterator[int]:
    """Those of 10, 100, 1,000 … above `before`, up to `after`."""
    number = 10
    while number <= after:
        if number > before:
            yield number
        number *= 10
