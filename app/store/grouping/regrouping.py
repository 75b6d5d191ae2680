"""Regroupings: events and keys that belong to another issue than the digest thought, and the way back.

What counts (counters, keys, which issue is shown) changes in one transaction, at once: new events follow from
then on. The events themselves are moved behind that, a few hundred a transaction, in the order of
`regrouped_events`, and `done` is how far that has come: a process that dies is simply followed by the next.
Undoing does the same backwards; then what has arrived since is read again, and goes where its key says
(`digest.regrouping`). Cancelling is undoing before the end.

Only the newest regrouping of an issue can be undone: others are built upon it.
"""

from collections.abc import Collection, Iterable, Sequence

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, delete, func, insert, literal, select, update

from app.store import bulk
from app.store import schema as t
from app.store.grouping import corrections, fold_issue
from app.store.grouping.corrections import Regrouping, State
from app.store.grouping.fold_issue import Carve, Fold
from app.store.inbox import history
from app.store.inbox.history import Detail
from app.store.revision import bump

# The kinds of the lines in timelines.
MERGED, SPLIT = "merged", "split"
_MOST_NAMED = 3
# Where events came to more issues while a rule was in force, the oldest stay as they are when it is undone.
MOST_OTHERS = 10_000


class CannotRegroup(Exception):
    """A regrouping makes no sense; the text is a sentence for people."""


class Definition(Struct, frozen=True):
    """How a regrouping is undone.

    Of `issues` the events behind number `after` may have been filed while it was made or in force; as far as
    `through` they are to be read again, and have been as far as `read`. `rules` are the grouping rules that
    it made, and `lines` those of the timelines that tell of it. Once it is undone, `others` are more issues
    that events came to while its rules were in force, and `parted` those that events have left since.
    """

    steps: tuple[Fold | Carve, ...]
    issues: tuple[int, ...]
    after: int
    through: int
    read: int
    rules: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    parted: tuple[int, ...] = ()

    def home(self, issue: int) -> int:
        """Which issue counts the events of `issue`, once its part was put back."""
        parts = {step.part: step.of for step in self.steps if isinstance(step, Carve)}
        return parts.get(issue, issue)


def merge(connection: Connection, issue_ids: Collection[int], into: int, now: int) -> int:
    """Make one issue of several; returns the regrouping's number.

    `into` is one of them. Raises `CannotRegroup`.
    """
    wanted = sorted(set(issue_ids) | {into})
    titles = check(connection, wanted)
    if len(wanted) < 2:
        raise CannotRegroup("To merge takes two issues or more.")
    others = [issue for issue in wanted if issue != into]
    number = corrections.add(connection, "merge", f"{len(wanted)} issues merged into “{titles[into]}”", now)
    revision = bump(connection)
    plan_moves(connection, number, [(issue, into) for issue in others])
    move_keys(connection, number, dict.fromkeys(others, into) | {into: into})
    steps = tuple(fold_issue.fold(connection, issue, into, revision) for issue in others)
    last = last_event(connection)
    definition = Definition(steps, tuple(wanted), last, last, last)
    begin(connection, number, told(connection, definition, f"With {_named(titles, others)}", now))
    return number


def check(connection: Connection, issue_ids: Sequence[int]) -> dict[int, str]:
    """The titles of issues that can be regrouped together. Raises `CannotRegroup`."""
    rows = connection.execute(select(*t.issues.c).where(t.issues.c.id.in_(issue_ids))).all()
    known = {row.id: row for row in rows}
    for issue in issue_ids:
        if issue not in known:
            raise CannotRegroup(f"There is no issue {issue}.")
        if known[issue].merged_into is not None:
            raise CannotRegroup(f"Issue {issue} is merged into issue {known[issue].merged_into} already.")
    if len({row.project_id for row in rows}) > 1:
        raise CannotRegroup("Issues of different projects cannot be one: their keys are told by project.")
    busy = corrections.undoing(connection, issue_ids)
    if busy is not None:
        raise CannotRegroup(f"“{busy.title}” is being undone just now; try again when that is done.")
    return {row.id: row.title for row in rows}


def told(connection: Connection, definition: Definition, words: str, now: int) -> Definition:
    """The definition, with a line in the timeline of each issue whose events it moves."""
    folds = {step.issue: step for step in definition.steps if isinstance(step, Fold)}
    carves = {step.part: step for step in definition.steps if isinstance(step, Carve)}
    # A part that was folded at once has never been an issue for anybody.
    merged = {issue for part, step in folds.items() for issue in (part, step.into)} - carves.keys()
    split = {step.of for step in carves.values()} | (carves.keys() - folds.keys())
    lines: list[int] = []
    for kind, issues in ((MERGED, merged), (SPLIT, split - merged)):
        ordered = sorted(issues)
        lines += history.add(connection, ordered, kind, now, [Detail(text=words)] * len(ordered))
    return msgspec.structs.replace(definition, lines=tuple(lines))


def _named(titles: dict[int, str], issues: Sequence[int]) -> str:
    shown = ", ".join(f"“{titles[issue]}”" for issue in issues[:_MOST_NAMED])
    return shown + (f" and {len(issues) - _MOST_NAMED} more" if len(issues) > _MOST_NAMED else "")


def begin(connection: Connection, number: int, definition: Definition) -> None:
    """The counters are changed; from now on the events are moved."""
    corrections.change(
        connection,
        number,
        total=corrections.moved(connection, number),
        definition=msgspec.json.encode(definition).decode(),
    )


def undo(connection: Connection, number: int, now: int) -> None:
    """Begin to undo a regrouping, finished or not. Raises `CannotRegroup`."""
    regrouping = corrections.get(connection, number)
    if regrouping is None:
        raise CannotRegroup(f"There is no regrouping {number}.")
    if regrouping.state in (State.UNDOING, State.UNDONE):
        raise CannotRegroup(f"“{regrouping.title}” was undone already.")
    definition = defined(connection, number)
    newer = corrections.newer(connection, number, definition.issues)
    if newer is not None:
        raise CannotRegroup(f"Undo “{newer.title}” (number {newer.id}) first: it is built upon this one.")
    revision = bump(connection)
    others = _others(connection, number, definition)
    _give_keys_back(connection, number)
    # So that nobody regroups them before they are where they belong.
    move_keys(connection, number, {issue: issue for issue in others})
    connection.execute(delete(t.grouping_rules).where(t.grouping_rules.c.id.in_(definition.rules)))
    for step in reversed(definition.steps):
        if isinstance(step, Fold):
            fold_issue.unfold(connection, step, revision)
        else:
            fold_issue.uncarve(connection, step, revision)
    history.take_back(connection, definition.lines, now)
    last = last_event(connection)
    late = msgspec.structs.replace(definition, through=last, read=definition.after, others=others)
    corrections.change(
        connection,
        number,
        state=State.UNDOING,
        done=0,
        definition=msgspec.json.encode(late).decode(),
    )


def move_some(connection: Connection, regrouping: Regrouping, limit: int) -> int:
    """Move the next events, at most `limit`, to where they belong; returns how many were looked at."""
    moves = t.regrouped_events.c
    query = (
        select(moves.event_id, moves.from_issue, moves.to_issue)
        .where(moves.regrouping_id == regrouping.id)
        .order_by(moves.event_id)
        .offset(regrouping.done)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    by_target: dict[int, list[int]] = {}
    for event, source, target in rows:
        by_target.setdefault(source if regrouping.state == State.UNDOING else target, []).append(event)
    for target, ids in by_target.items():
        connection.execute(update(t.events).where(t.events.c.id.in_(ids)).values(issue_id=target))
    if rows:
        corrections.change(connection, regrouping.id, done=regrouping.done + len(rows))
    return len(rows)


def late(connection: Connection, number: int, limit: int) -> tuple[Definition, list[int]]:
    """The definition, and the next events, by number, that are to be read again."""
    definition = defined(connection, number)
    events = t.events.c
    query = (
        select(events.id)
        .where(events.issue_id.in_((*definition.issues, *definition.others)), events.id > definition.read)
        .where(events.id <= definition.through)
        .order_by(events.id)
        .limit(limit)
    )
    return definition, list(connection.execute(query).scalars())


def have_read(connection: Connection, number: int, definition: Definition, through: int) -> None:
    """The late events have been read again as far as `through`; `definition` knows what came of that."""
    known = msgspec.structs.replace(definition, read=through)
    corrections.change(connection, number, definition=msgspec.json.encode(known).decode())


def end(connection: Connection, regrouping: Regrouping) -> None:
    """Everything is where it belongs."""
    state = State.UNDONE if regrouping.state == State.UNDOING else State.DONE
    corrections.change(connection, regrouping.id, state=state, done=regrouping.total)


def defined(connection: Connection, number: int) -> Definition:
    """How the regrouping is undone."""
    return msgspec.json.decode(corrections.definition(connection, number), type=Definition)


def made_by(connection: Connection, rule: int) -> int | None:
    """The regrouping in force that made this rule."""
    in_force = t.regroupings.c.state.in_((State.RUNNING, State.DONE))
    for number, text in connection.execute(
        select(t.regroupings.c.id, t.regroupings.c.definition).where(in_force)
    ):
        if rule in msgspec.json.decode(text, type=Definition).rules:
            return int(number)
    return None


def last_event(connection: Connection) -> int:
    """The number of the newest event; 0 before the first."""
    return int(connection.execute(select(func.max(t.events.c.id))).scalar() or 0)


def plan_moves(connection: Connection, number: int, moves: Iterable[tuple[int, int]]) -> None:
    """All events of an issue are to be moved to another: (from issue, to issue).

    Where regroupings are still moving events, these count for the issue that they are on their way to.
    """
    noted = t.regrouped_events.c
    running = select(t.regroupings.c.id).where(t.regroupings.c.state == State.RUNNING)
    for source, target in moves:
        latest = (
            select(noted.event_id, func.max(noted.regrouping_id).label("regrouping_id"))
            .where(noted.regrouping_id.in_(running))
            .group_by(noted.event_id)
            .subquery()
        )
        resting = select(t.events.c.id).where(
            t.events.c.issue_id == source, t.events.c.id.not_in(select(latest.c.event_id))
        )
        coming = (
            select(noted.event_id)
            .join(
                latest,
                (latest.c.event_id == noted.event_id) & (latest.c.regrouping_id == noted.regrouping_id),
            )
            .where(noted.to_issue == source)
        )
        events = resting.union(coming).subquery()
        rows = select(literal(number), events.c.id, literal(source), literal(target))
        connection.execute(insert(t.regrouped_events).from_select(list(t.regrouped_events.c.keys()), rows))


def move_keys(connection: Connection, number: int, targets: dict[int, int]) -> None:
    """The keys of each issue now lead to another, or stay; either is noted."""
    keys = t.issue_keys.c
    for source, target in targets.items():
        rows = connection.execute(select(keys.project_id, keys.key).where(keys.issue_id == source)).all()
        noted = [(number, row.project_id, row.key, source, target) for row in rows]
        bulk.add_missing(connection, t.regrouped_keys, noted)
    for source, target in targets.items():
        if target != source:
            connection.execute(update(t.issue_keys).where(keys.issue_id == source).values(issue_id=target))


def _others(connection: Connection, number: int, definition: Definition) -> tuple[int, ...]:
    """More issues that events came to while the rules were in force, but for those regrouped since."""
    rules, issues, events = t.grouping_rules.c, t.issues.c, t.events.c
    scopes = connection.execute(select(rules.project).where(rules.id.in_(definition.rules))).scalars().all()
    if not scopes:
        return ()
    came = select(events.issue_id).where(events.id > definition.after)
    query = (
        select(issues.id)
        .where(issues.merged_into.is_(None), issues.id.not_in(definition.issues))
        .where(issues.id.in_(came), issues.id.not_in(corrections.regrouped_since(number)))
    )
    if None not in scopes:
        named = select(t.projects.c.id).where(t.projects.c.name.in_(scopes))
        query = query.where(issues.project_id.in_(named))
    newest = query.order_by(issues.id.desc()).limit(MOST_OTHERS)
    return tuple(sorted(connection.execute(newest).scalars()))


def _give_keys_back(connection: Connection, number: int) -> None:
    noted = t.regrouped_keys.c
    rows = connection.execute(select(*noted).where(noted.regrouping_id == number)).all()
    for row in rows:
        this = (t.issue_keys.c.project_id == row.project_id) & (t.issue_keys.c.key == row.key)
        if row.from_issue is None:
            connection.execute(delete(t.issue_keys).where(this))
        elif row.from_issue != row.to_issue:
            connection.execute(update(t.issue_keys).where(this).values(issue_id=row.from_issue))
