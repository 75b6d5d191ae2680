"""What a rule or a split would do to the stored events: which would move where, before anything is stored.

The stored events are read again in outline, each gets the key that it would have under the rules, and events
of one key belong together. A key that leads somewhere goes there; else it goes with the issue that most of
its events come from, unless that one is taken by a larger part already; what is left becomes an issue of its
own.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from app.digest import known_rules
from app.digest.grouping.rules import Definition
from app.regrouping import event_readers, stored_events
from app.regrouping.stored_events import GroupedEvent
from app.store.database import Connection
from app.store.grouping import corrections, issue_events, regrouping
from app.store.inbox.counts import tallies
from app.store.inbox.counts.tallies import CountedEvent, Tally
from app.store.inbox.issues import issue_keys
from app.store.inbox.issues.issue_keys import Key
from app.store.trash import deleted_issues

MOST_EVENTS = 20_000
ASKED_EVERY = 200
# The number of a rule that is not stored yet: the last of all.
UNSTORED = 1 << 62

Progress = Callable[[int, int], bool]


class Cancelled(Exception):
    """The caller has cancelled the plan."""


class Group(Struct):
    """Events that would have one key: those of each issue, and where they would go (None: a new issue)."""

    key: Key
    events: dict[int, list[CountedEvent]]
    values: Counter[str]
    owner: int | None = None

    @property
    def size(self) -> int:
        """How many stored events it has."""
        return sum(map(len, self.events.values()))


class Plan(Struct):
    """What a rule would do.

    `groups` are all events that were read, by the key they would have; `left_out` is how many were not read,
    `whole` the counters of each issue as they were (by tag and by hour only where they are shared out),
    `last_event` and `last_regrouping` when that was; `parts` are the groups by issue, the largest part first.
    """

    definition: Definition
    project: str | None
    groups: list[Group]
    titles: dict[int, str]
    whole: dict[int, Tally]
    known: dict[Key, int]
    left_out: int
    last_event: int
    last_regrouping: int
    parts: dict[int, list[Group]]

    def parts_of(self, issue: int) -> list[Group]:
        """The groups that have events of this issue, the largest part first."""
        return self.parts.get(issue, [])

    def stays(self, issue: int) -> Group:
        """The part that stays in an issue; the largest part if none does."""
        parts = self.parts_of(issue)
        return next((group for group in parts if group.owner == issue), parts[0])

    @property
    def issues(self) -> tuple[int, ...]:
        """The issues that would change."""
        found: set[int] = set()
        for group in self.groups:
            moving = {issue for issue in group.events if issue != group.owner}
            found |= moving
            if moving and group.owner is not None:
                found.add(group.owner)
        return tuple(sorted(found))


def of_rule(
    connection: Connection,
    definition: Definition,
    *,
    project: str | None = None,
    issue: int | None = None,
    progress: Progress = lambda _done, _total: True,
    most: int = MOST_EVENTS,
    folder: Path | None = None,
) -> Plan:
    """What the rule would do to the stored events of `project` (None: of all), or of one issue.

    `progress` is called with how many of how many events were read, and returns whether to go on. With the
    store's `folder`, many events are read in processes of their own. Raises `Cancelled` and
    `CannotRegroup`.
    """
    rule = known_rules.of_project(connection, UNSTORED, project, definition)
    rules = (*known_rules.read(connection), *rule)
    numbers = sorted(issue_events.newest(connection, most, project=project, issue=issue))
    # With fewer than it may read, it has read all.
    is_capped = len(numbers) == most
    numbers = deleted_issues.without_deleted(connection, numbers)
    left_out = issue_events.count(connection, project=project, issue=issue) - most if is_capped else 0
    groups: dict[Key, Group] = {}
    if folder is not None and len(numbers) >= event_readers.WORTH_IT:
        events = event_readers.read(folder, numbers, rules, definition)
    else:
        events = stored_events.grouped(connection, numbers, rules, definition)
    with closing(events):
        for done, event in enumerate(events):
            if done % ASKED_EVERY == 0 and not progress(done, len(numbers)):
                raise Cancelled
            _put(groups, event)
    plan = Plan(
        definition=definition,
        project=project,
        groups=list(groups.values()),
        titles={},
        whole={},
        known=issue_keys.find(connection, list(groups)),
        left_out=left_out,
        last_event=issue_events.last_number(connection),
        last_regrouping=corrections.last(connection),
        parts=_by_issue(groups.values()),
    )
    _choose_owners(plan)
    _describe(connection, plan)
    progress(len(numbers), len(numbers))
    return plan


def _put(groups: dict[Key, Group], event: GroupedEvent) -> None:
    group = groups.get(event.key)
    if group is None:
        group = groups[event.key] = Group(event.key, defaultdict(list), Counter())
    group.events[event.issue].append(event.counted)
    group.values[event.value] += 1


def _by_issue(groups: Iterable[Group]) -> dict[int, list[Group]]:
    parts: dict[int, list[Group]] = defaultdict(list)
    for group in groups:
        for issue in group.events:
            parts[issue].append(group)
    return {issue: sorted(some, key=lambda group: -len(group.events[issue])) for issue, some in parts.items()}


def _choose_owners(plan: Plan) -> None:
    taken = set(plan.known.values())
    for group in sorted(plan.groups, key=lambda group: (group.key not in plan.known, -group.size)):
        if group.key in plan.known:
            group.owner = plan.known[group.key]
            continue
        for issue in sorted(group.events, key=lambda issue: (-len(group.events[issue]), issue)):
            if issue not in taken:
                group.owner = issue
                taken.add(issue)
                break
    for group in plan.groups:
        if group.owner is None:
            # An issue that would get only events of others remains the owner of its own events.
            staying = [issue for issue in group.events if plan.stays(issue) is group]
            group.owner = staying[0] if staying else None


def _describe(connection: Connection, plan: Plan) -> None:
    plan.titles = regrouping.titles(connection, plan.issues)
    plan.whole = tallies.outlines(connection, plan.issues)
    if plan.left_out:
        return
    for issue, whole in plan.whole.items():
        if whole.count > sum(len(group.events[issue]) for group in plan.parts_of(issue)):
            # Its counts of removed events are shared out.
            plan.whole[issue] = tallies.read(connection, issue)


class Change(Struct, frozen=True, kw_only=True):
    """A line of a preview: `events` of `issue` go to `into` (None: to a new issue), and why they differ.

    `whole` says that nothing of `issue` is left.
    """

    issue: int
    title: str
    into: int | None
    into_title: str
    events: int
    whole: bool
    value: str


def changes(plan: Plan) -> list[Change]:
    """What would move, the largest first; nothing when the rule changes nothing."""
    found = []
    staying = {issue: plan.stays(issue) for issue in plan.issues if plan.parts_of(issue)}
    for group in plan.groups:
        for issue, events in group.events.items():
            if group.owner == issue:
                continue
            found.append(
                Change(
                    issue=issue,
                    title=plan.titles.get(issue, ""),
                    into=group.owner,
                    into_title=plan.titles.get(group.owner or 0, ""),
                    events=len(events),
                    whole=staying[issue] is group,
                    value=_value(group.values),
                )
            )
    return sorted(found, key=lambda change: -change.events)


def _value(values: Mapping[str, int]) -> str:
    return max(values, key=lambda value: values[value], default="")
