"""Applies a planned rule: stores the rule, and begins what it does to the stored events as one regrouping.

Events that retention has removed are still counted, and which of them belonged to which part is not known. Of
these counts a part gets the share that it has of the stored events; a split by a tag goes by the counts of
the tag's values. The users of removed events stay where they were. Where a plan was capped, nothing is shared
out: what was not read stays.
"""

from collections import Counter
from collections.abc import Sequence

from app.digest import grouping
from app.digest.grouping.rules import TAG, Apart, encode, in_words
from app.regrouping.plans import Group, Plan
from app.store.database import Connection
from app.store.grouping import (
    corrections,
    event_moves,
    fold_issue,
    grouping_rules,
    issue_events,
    key_moves,
    regrouping,
)
from app.store.grouping.fold_issue import Carve, Fold, IssuePart
from app.store.grouping.regrouping import CannotRegroup, RegroupingDefinition
from app.store.inbox.counts import tallies
from app.store.inbox.counts.tallies import CountedEvent, Tally
from app.store.inbox.issues import issue_keys
from app.store.revision import bump


def apply(connection: Connection, plan: Plan, now: int, kind: str = "rule") -> int:
    """Store the rule and begin to move what it moves; returns the regrouping's number. `now` in microseconds.

    Raises `CannotRegroup`, when something was regrouped since the plan was made, or still is.
    """
    if corrections.last(connection) != plan.last_regrouping or corrections.under_way(connection):
        raise CannotRegroup("Something else was regrouped since this preview was made; look at it anew.")
    title = in_words(plan.definition)
    if kind == "split" and plan.issues:
        title = f"“{plan.titles[plan.issues[0]]}” split into {len(plan.parts_of(plan.issues[0]))}"
    number = corrections.add(connection, kind, title, now)
    rule = grouping_rules.add(
        connection, plan.project, str(plan.definition.__struct_config__.tag), encode(plan.definition), now
    )
    applied = AppliedRule(connection, plan, number)
    applied.carve_parts()
    applied.fold_wholes()
    applied.point_keys()
    through = issue_events.last_number(connection)
    issues = tuple(sorted({*plan.issues, *applied.new}))
    definition = RegroupingDefinition(
        tuple(applied.steps), issues, plan.last_event, through, plan.last_event, (rule,)
    )
    definition = regrouping.record_in_timeline(connection, definition, title, now)
    regrouping.begin(connection, number, definition)
    return number


class AppliedRule:
    """A rule's plan, applied in one transaction: `steps` were done, `new` are the issues that were made."""

    def __init__(self, connection: Connection, plan: Plan, number: int) -> None:
        self.steps: list[Carve | Fold] = []
        self.new: set[int] = set()
        self._connection = connection
        self._plan = plan
        self._number = number
        self._revision = bump(connection)

    def carve_parts(self) -> None:
        """Every part that leaves an issue of which something stays gets an issue, or goes to its owner."""
        for issue in self._plan.issues:
            leaving = [group for group in self._plan.parts_of(issue) if self._leaves(group, issue)]
            staying = [
                event
                for group in self._plan.parts_of(issue)
                if group not in leaving
                for event in group.events[issue]
            ]
            shared = _shared(self._plan, issue, leaving) if leaving else []
            for group, more in zip(leaving, shared, strict=True):
                self._carve(issue, group, more, sorted(staying, key=lambda event: event.number))

    def fold_wholes(self) -> None:
        """Every issue of which nothing stays goes to the owner of its largest part, keys and all."""
        owners = {group.owner for group in self._plan.groups}
        for issue in self._plan.issues:
            if issue in owners or not self._plan.parts_of(issue):
                continue
            owner = self._plan.stays(issue).owner
            if owner is None or owner == issue:
                continue
            event_moves.plan_whole_issues(self._connection, self._number, [(issue, owner)])
            key_moves.move(self._connection, self._number, {issue: owner})
            self.steps.append(fold_issue.fold(self._connection, issue, owner, self._revision))

    def point_keys(self) -> None:
        """Lead the keys by the new rule to the issues that own their events."""
        for issue in {*self._plan.issues} - {step.issue for step in self.steps if isinstance(step, Fold)}:
            key_moves.move(self._connection, self._number, {issue: issue})
        fresh = [
            (*group.key, group.owner)
            for group in self._plan.groups
            if group.owner is not None and group.key not in self._plan.known
        ]
        keyed = [((project, key), owner) for project, key, owner in fresh]
        issue_keys.add(self._connection, keyed, grouping.CURRENT.ALGORITHM)
        key_moves.record_new(self._connection, self._number, fresh)

    def _leaves(self, group: Group, issue: int) -> bool:
        return group.owner != issue and self._plan.stays(issue) is not group

    def _carve(self, issue: int, group: Group, more: Tally, staying: Sequence[CountedEvent]) -> None:
        events = group.events[issue]
        tally = tallies.tally(events)
        tally.tags.update(more.tags)
        tally.hours.update(more.hours)
        tally.count += more.count
        read = {
            event.user
            for each in self._plan.parts_of(issue)
            for event in each.events[issue]
            if event.user is not None
        }
        rest_users = (self._plan.whole[issue].users - read) | {event.user for event in staying if event.user}
        part = IssuePart(
            tally=tally,
            latest=events[-1],
            first_seen=events[0].at,
            rest_users=frozenset(rest_users),
            rest=staying[-1],
            rest_first_seen=self._rest_first_seen(issue, staying),
        )
        carved = fold_issue.carve(self._connection, issue, part, self._revision)
        self.steps.append(carved)
        owner = group.owner
        if owner is None:
            owner = group.owner = carved.part
            self.new.add(carved.part)
        else:
            self.steps.append(fold_issue.fold(self._connection, carved.part, owner, self._revision))
        event_moves.plan(self._connection, self._number, [(event.number, issue, owner) for event in events])

    def _rest_first_seen(self, issue: int, staying: Sequence[CountedEvent]) -> int:
        """When the first event of the rest came; of those that are gone, only the issue's first is known."""
        stored = sum(len(group.events[issue]) for group in self._plan.parts_of(issue))
        if self._plan.whole[issue].count == stored:
            return staying[0].at
        return min(staying[0].at, fold_issue.first_seen(self._connection, issue))


def _shared(plan: Plan, issue: int, leaving: Sequence[Group]) -> list[Tally]:
    """What each leaving part gets of the counts whose events are gone."""
    parts = plan.parts_of(issue)
    stored = tallies.tally(event for group in parts for event in group.events[issue])
    whole = plan.whole[issue]
    gone = whole.count - stored.count
    if gone <= 0 or plan.left_out:
        return [tallies.empty() for _group in leaving]
    tags, hours = whole.tags - stored.tags, whole.hours - stored.hours
    by = plan.definition.by if isinstance(plan.definition, Apart) else ""
    name = by.removeprefix(TAG) if by.startswith(TAG) else None
    shares = []
    carried = Counter[int]()
    for group in leaving:
        values = {pair for pair in tags if pair[0] == name and pair[1] in group.values}
        is_counted = any(key == name for key, _value in tags)
        known = sum(tags[pair] for pair in values)
        fraction = known / gone if is_counted else len(group.events[issue]) / stored.count
        shares.append(_share(tags, hours, min(fraction, 1.0), name if is_counted else None, values, carried))
    return shares


def _share(
    tags: Counter[tuple[str, str]],
    hours: Counter[int],
    fraction: float,
    name: str | None,
    values: set[tuple[str, str]],
    carried: Counter[int],
) -> Tally:
    share = tallies.empty()
    over = 0.0
    for hour in sorted(hours):
        exact = hours[hour] * fraction + over
        count = min(round(exact), hours[hour] - carried[hour])
        over = exact - count
        carried[hour] += count
        if count > 0:
            share.hours[hour] = count
            share.count += count
    for pair, count in tags.items():
        part = (count if pair in values else 0) if pair[0] == name else round(count * fraction)
        if part:
            share.tags[pair] = part
    return share
