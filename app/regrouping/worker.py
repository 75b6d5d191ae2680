"""Carries out regroupings: moves events in short transactions, then reads again what arrived meanwhile.

All of its state is in the store, so it may be stopped or killed between any two transactions, and several may
work at the same time: each transaction begins by reading the progress.
"""

import time
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from app.digest import known_rules
from app.digest.grouping.rules import GroupingRule
from app.regrouping import stored_events, undo_rule
from app.regrouping.stored_events import Reread
from app.store.database import Connection, Database
from app.store.grouping import corrections, event_moves, fold_issue, issue_events, key_moves, regrouping
from app.store.grouping.corrections import UNDER_WAY, Regrouping, State
from app.store.grouping.regrouping import RegroupingDefinition
from app.store.inbox.counts.tallies import CountedEvent
from app.store.inbox.issues import issue_keys
from app.store.revision import bump

# At a million events, one that is moved costs 150 µs, and the receiver waits for the transaction.
MOVED_AT_ONCE = 60
READ_AT_ONCE = 20
# After so many seconds it lets the digest run, which works in the same process.
TURN_SECONDS = 1.0


class Regrouper:
    """Carries out the regroupings of one store.

    `committed` is called with the revision after each step, `is_stopping` is called between two steps.
    """

    def __init__(
        self,
        database: Database,
        *,
        committed: Callable[[int], None] = lambda _revision: None,
        is_stopping: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._committed = committed
        self._is_stopping = is_stopping
        self._clock = clock

    def run(self, seconds: float = TURN_SECONDS) -> int:
        """Work for about so many seconds, or until nothing is left; returns how many steps were made."""
        until = self._clock() + seconds
        steps = 0
        while not self._is_stopping() and self.step():
            steps += 1
            if self._clock() >= until:
                break
        return steps

    def step(self) -> bool:
        """The next transaction of the oldest regrouping that is under way; False when there is none."""
        with self._database.reading() as connection:
            waiting = corrections.under_way(connection)
            if not waiting:
                return False
            ready = _read_again(connection, waiting[0])
        with self._database.writing() as connection:
            current = corrections.get(connection, waiting[0].id)
            if current is None or current.state not in UNDER_WAY:
                return True
            revision = bump(connection)
            is_moving = regrouping.move_some(connection, current, MOVED_AT_ONCE)
            if not is_moving and ready is not None and ready.is_current(connection, current):
                _settle_late(connection, ready, revision)
        self._committed(revision)
        return True


class _Ready(Struct, frozen=True):
    """What a step needs of stored events, read before its transaction: meanwhile others can write.

    `numbers` are the next late events and `late` those of them that can be read. Where there are none,
    `reduced` are the events of the first issue that is to be recounted; where there is none, `newest` has the
    newest event of each issue that is not described by it.
    """

    regrouping: Regrouping
    definition: RegroupingDefinition
    rules: tuple[GroupingRule, ...]
    numbers: Sequence[int] = ()
    late: Sequence[Reread] = ()
    keys: undo_rule.StoredKeys = field(default_factory=undo_rule.StoredKeys)
    reduced: Sequence[CountedEvent] = ()
    newest: Mapping[int, CountedEvent] = {}

    def is_current(self, connection: Connection, current: Regrouping) -> bool:
        """Whether nothing has changed since that it depends on."""
        return (
            current == self.regrouping
            and regrouping.definition_of(connection, current.id) == self.definition
            and known_rules.read(connection) == self.rules
        )


def _read_again(connection: Connection, current: Regrouping) -> _Ready | None:
    """What the next step needs; None while events are still to be moved."""
    if current.done < current.total:
        return None
    definition, numbers = regrouping.events_to_reread(connection, current.id, READ_AT_ONCE)
    rules = known_rules.read(connection)
    ready = _Ready(current, definition, rules, numbers)
    if numbers:
        late = list(stored_events.read(connection, numbers, rules))
        for event in late:
            if not _is_ruled(current, definition):
                continue
            if not issue_keys.find_in_project(connection, event.project_id, event.keys):
                ready.keys.lead_home(connection, definition.home(event.issue))
        return replace(ready, late=late)
    if definition.reduced:
        return replace(ready, reduced=undo_rule.counted(connection, definition.reduced[0]))
    return replace(ready, newest=_newest(connection, definition.issues))


def _settle_late(connection: Connection, ready: _Ready, revision: int) -> None:
    current, definition = ready.regrouping, ready.definition
    if ready.numbers:
        reduced = set(definition.reduced)
        # Retention may have removed some since.
        there = {event.id: event.issue_id for event in issue_events.stored(connection, ready.numbers)}
        for event in ready.late:
            if there.get(event.counted.number) != event.issue:
                continue
            if _settle(connection, ready, event, revision):
                reduced.add(event.issue)
        known = replace(definition, reduced=tuple(sorted(reduced)))
        regrouping.record_read(connection, current.id, known, ready.numbers[-1])
    elif definition.reduced:
        # Each in a transaction of its own: the receiver wants to write, too.
        first, *others = definition.reduced
        undo_rule.recount(connection, first, ready.reduced, revision)
        known = replace(definition, reduced=tuple(others))
        regrouping.record_read(connection, current.id, known, definition.read)
    else:
        for issue, newest in ready.newest.items():
            fold_issue.describe_by(connection, issue, newest, revision)
        fold_issue.touch(connection, definition.issues, revision)
        regrouping.end(connection, current)


def _is_ruled(current: Regrouping, definition: RegroupingDefinition) -> bool:
    """Whether rules are being undone."""
    return current.state == State.UNDOING and bool(definition.rules)


def _settle(connection: Connection, ready: _Ready, event: Reread, revision: int) -> bool:
    """Move an event to where its key leads, and count it there.

    Returns whether it left an issue that an undone rule had grouped it into.
    """
    current, definition = ready.regrouping, ready.definition
    is_undoing = current.state == State.UNDOING
    target = _target(connection, current, event)
    home = definition.home(event.issue) if is_undoing else event.issue
    was_ruled = _is_ruled(current, definition)
    if was_ruled and target is None:
        target = undo_rule.issue_for(connection, event, home, revision, ready.keys)
    elif was_ruled and target != home and corrections.newer(connection, current.id, [target or home]):
        # Moving it now would make later regroupings there impossible to undo exactly.
        target = home
    if target is None:
        target = home
    fold_issue.absorb(connection, event.counted, home, target, revision)
    if target == event.issue:
        return False
    event_moves.move(connection, event.counted.number, target)
    if event.issue in definition.others:
        undo_rule.end_if_empty(connection, event.issue, target, revision)
    return was_ruled and target != home


def _target(connection: Connection, current: Regrouping, event: Reread) -> int | None:
    """The issue that the event's keys lead to.

    A key that was learned while the regrouping was in force leads to where older keys of the event lead now.
    """
    known = issue_keys.find_in_project(connection, event.project_id, event.keys)
    was_there = key_moves.recorded(connection, current.id, event.keys)
    found = [key for key in event.keys if key in known]
    if not found:
        return None
    best = next((key for key in found if key in was_there), found[0])
    target = known[best]
    learned = event.keys[0]
    if learned in known and learned not in was_there and known[learned] != target:
        issue_keys.lead(connection, (event.project_id, learned), target)
    return target


def _newest(connection: Connection, issues: Sequence[int]) -> dict[int, CountedEvent]:
    """The newest event of each issue that is not described by it: of one moment there may be several."""
    latest = fold_issue.latest(connection, issues)
    found = {issue: issue_events.newest(connection, 1, issue=issue) for issue in issues}
    others = [number for issue, some in found.items() for number in some if number != latest.get(issue)]
    return {event.issue: event.counted for event in stored_events.read(connection, others)}
