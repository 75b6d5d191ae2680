"""Regroupings: move events and keys to another issue than the digest chose, and can be undone.

What counts (counters, keys, which issue is shown) changes in one transaction, at once, and new events follow.
The events themselves are moved after that, a few hundred a transaction, in the order of
`regrouped_events`, and `done` is the progress: after a crash the next process resumes there. Undoing does
the same backwards; then what has arrived since is read again, and goes where its key says
(`app.regrouping.worker`). Cancelling is undoing before the end.

Only the newest regrouping of an issue can be undone, since later ones depend on earlier ones.
"""

from collections.abc import Collection, Sequence

import msgspec
from msgspec import Struct, field
from sqlalchemy import or_, select

from app.store import schema as t
from app.store.database import Connection
from app.store.grouping import corrections, event_moves, fold_issue, grouping_rules, issue_events, key_moves
from app.store.grouping.corrections import Regrouping, State
from app.store.grouping.fold_issue import Carve, Fold
from app.store.inbox.issues import descriptions, projects
from app.store.inbox.triage import history
from app.store.inbox.triage.history import Detail
from app.store.revision import bump

# The kinds of the lines in timelines.
MERGED, SPLIT = "merged", "split"
_MOST_NAMED = 3
# Where events came to more issues while a rule was in force, the oldest stay as they are when it is undone.
MOST_OTHERS = 10_000


class CannotRegroup(Exception):
    """A regrouping is not possible; the text is a sentence for people."""


class RegroupingDefinition(Struct, frozen=True):
    """How a regrouping is undone.

    Of `issues` the events behind number `after` may have been filed while it was made or in force; as far as
    `through` they are to be read again, and have been as far as `read`. `rules` are the grouping rules that
    it made, and `lines` the lines in timelines about it. Once it is undone, `others` are more issues that
    events came to while its rules were in force, and `reduced` those that events have left since.
    """

    steps: tuple[Fold | Carve, ...]
    issues: tuple[int, ...]
    after: int
    through: int
    read: int
    rules: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    reduced: tuple[int, ...] = field(default=(), name="parted")

    def home(self, issue: int) -> int:
        """Which issue counts the events of `issue`, once its part was put back."""
        parts = {step.part: step.of for step in self.steps if isinstance(step, Carve)}
        return parts.get(issue, issue)


def merge(connection: Connection, issue_ids: Collection[int], into: int, now: int) -> int:
    """Make one issue of several; returns the regrouping's number.

    `into` is one of them. Raises `CannotRegroup`.
    """
    merged = sorted(set(issue_ids) | {into})
    known = check(connection, merged)
    if len(merged) < 2:
        raise CannotRegroup("To merge takes two issues or more.")
    others = [issue for issue in merged if issue != into]
    number = corrections.add(connection, "merge", f"{len(merged)} issues merged into “{known[into]}”", now)
    revision = bump(connection)
    event_moves.plan_whole_issues(connection, number, [(issue, into) for issue in others])
    key_moves.move(connection, number, dict.fromkeys(others, into) | {into: into})
    steps = tuple(fold_issue.fold(connection, issue, into, revision) for issue in others)
    last = issue_events.last_number(connection)
    definition = RegroupingDefinition(steps, tuple(merged), last, last, last)
    begin(
        connection, number, record_in_timeline(connection, definition, f"With {_named(known, others)}", now)
    )
    return number


def check(connection: Connection, issue_ids: Sequence[int]) -> dict[int, str]:
    """The titles of issues that can be regrouped together. Raises `CannotRegroup`."""
    rows = connection.execute(select(*t.issues.c).where(t.issues.c.id.in_(issue_ids))).all()
    known = {row.id: row for row in rows}
    for issue in issue_ids:
        if issue not in known:
            raise CannotRegroup(f"There is no issue {issue}.")
        if known[issue].merged_into == t.IN_TRASH:
            raise CannotRegroup(f"Issue {issue} was deleted.")
        if known[issue].merged_into is not None:
            raise CannotRegroup(f"Issue {issue} is merged into issue {known[issue].merged_into} already.")
    if projects.are_several(connection, {row.project_id for row in rows}):
        raise CannotRegroup("Issues of different projects cannot be one: their keys are told by project.")
    busy = corrections.undoing(connection, issue_ids)
    if busy is not None:
        raise CannotRegroup(f"“{busy.title}” is being undone just now; try again when that is done.")
    return descriptions.titles(connection, issue_ids)


def record_in_timeline(
    connection: Connection, definition: RegroupingDefinition, text: str, now: int
) -> RegroupingDefinition:
    """Add `text` to the timeline of each issue whose events are moved; the result includes the new lines."""
    folds = {step.issue: step for step in definition.steps if isinstance(step, Fold)}
    carves = {step.part: step for step in definition.steps if isinstance(step, Carve)}
    # A part that was carved out and folded in one transaction was never shown as an issue.
    merged = {issue for part, step in folds.items() for issue in (part, step.into)} - carves.keys()
    split = {step.of for step in carves.values()} | (carves.keys() - folds.keys())
    lines: list[int] = []
    for kind, issues in ((MERGED, merged), (SPLIT, split - merged)):
        ordered = sorted(issues)
        lines += history.add(connection, ordered, kind, now, [Detail(text=text)] * len(ordered))
    return msgspec.structs.replace(definition, lines=tuple(lines))


def titles(connection: Connection, issue_ids: Sequence[int]) -> dict[int, str]:
    """The titles of issues, as they are stored."""
    return descriptions.titles(connection, issue_ids)


def _named(titles: dict[int, str], issues: Sequence[int]) -> str:
    named = ", ".join(f"“{titles[issue]}”" for issue in issues[:_MOST_NAMED])
    return named + (f" and {len(issues) - _MOST_NAMED} more" if len(issues) > _MOST_NAMED else "")


def begin(connection: Connection, number: int, definition: RegroupingDefinition) -> None:
    """Store how to undo it, after its counters were changed: from now on its events are moved."""
    corrections.change(
        connection,
        number,
        total=event_moves.count(connection, number),
        definition=msgspec.json.encode(definition).decode(),
    )


def undo(connection: Connection, number: int, now: int) -> None:
    """Begin to undo a regrouping, finished or not. Raises `CannotRegroup`."""
    regrouping = corrections.get(connection, number)
    if regrouping is None:
        raise CannotRegroup(f"There is no regrouping {number}.")
    if regrouping.state in (State.UNDOING, State.UNDONE):
        raise CannotRegroup(f"“{regrouping.title}” was undone already.")
    definition = definition_of(connection, number)
    newer = corrections.newer(connection, number, definition.issues)
    if newer is not None:
        raise CannotRegroup(f"Undo “{newer.title}” (number {newer.id}) first: it is built upon this one.")
    _demand_present(connection, definition)
    revision = bump(connection)
    others = _others(connection, number, definition)
    key_moves.give_back(connection, number)
    # Recorded, so that these issues cannot be regrouped before their events are where they belong.
    key_moves.move(connection, number, {issue: issue for issue in others})
    grouping_rules.remove_all(connection, definition.rules)
    for step in reversed(definition.steps):
        if isinstance(step, Fold):
            fold_issue.unfold(connection, step, revision)
        else:
            fold_issue.uncarve(connection, step, revision)
    history.take_back(connection, definition.lines, now)
    last = issue_events.last_number(connection)
    late = msgspec.structs.replace(definition, through=last, read=definition.after, others=others)
    corrections.change(
        connection,
        number,
        state=State.UNDOING,
        done=0,
        definition=msgspec.json.encode(late).decode(),
    )


def _demand_present(connection: Connection, definition: RegroupingDefinition) -> None:
    """Raise `CannotRegroup` where an issue that would be changed is in the trash, or gone for good."""
    needed: set[int] = set()
    for step in definition.steps:
        needed |= {step.issue, step.into} if isinstance(step, Fold) else {step.part, step.of}
    issues = t.issues.c
    query = select(issues.id, issues.merged_into).where(issues.id.in_(needed))
    found = {row.id: row.merged_into for row in connection.execute(query)}
    for issue in sorted(needed):
        if issue not in found:
            raise CannotRegroup(f"Issue {issue} was deleted for good.")
        if found[issue] == t.IN_TRASH:
            raise CannotRegroup(f"Issue {issue} was deleted: restore it first.")


def move_some(connection: Connection, regrouping: Regrouping, limit: int) -> int:
    """Move the next events, at most `limit`, to where they belong; returns how many there were."""
    moved = event_moves.carry_out(connection, regrouping, limit)
    if moved:
        corrections.change(connection, regrouping.id, done=regrouping.done + moved)
    return moved


def events_to_reread(
    connection: Connection, number: int, limit: int
) -> tuple[RegroupingDefinition, list[int]]:
    """The definition, and the next events, by number, that are to be read again."""
    definition = definition_of(connection, number)
    issues = (*definition.issues, *definition.others)
    return definition, issue_events.between(connection, issues, definition.read, definition.through, limit)


def record_read(connection: Connection, number: int, definition: RegroupingDefinition, through: int) -> None:
    """Record that the late events have been read again up to `through`; `definition` has the result."""
    known = msgspec.structs.replace(definition, read=through)
    corrections.change(connection, number, definition=msgspec.json.encode(known).decode())


def end(connection: Connection, regrouping: Regrouping) -> None:
    """Mark a regrouping as done or undone: everything is where it belongs."""
    state = State.UNDONE if regrouping.state == State.UNDOING else State.DONE
    corrections.change(connection, regrouping.id, state=state, done=regrouping.total)


def definition_of(connection: Connection, number: int) -> RegroupingDefinition:
    """How the regrouping is undone."""
    return msgspec.json.decode(corrections.definition(connection, number), type=RegroupingDefinition)


def made_by(connection: Connection, rule: int) -> int | None:
    """The regrouping in force that made this rule."""
    for number, text in corrections.definitions_in_force(connection):
        if rule in msgspec.json.decode(text, type=RegroupingDefinition).rules:
            return number
    return None


def _others(connection: Connection, number: int, definition: RegroupingDefinition) -> tuple[int, ...]:
    """More issues that events came to while the rules were in force, without those regrouped since."""
    issues, events = t.issues.c, t.events.c
    scopes = grouping_rules.projects_of(connection, definition.rules)
    if not scopes:
        return ()
    came = select(events.issue_id).where(events.id > definition.after)
    query = (
        select(issues.id)
        .where(issues.merged_into.is_(None), issues.id.not_in(definition.issues))
        .where(issues.id.in_(came), issues.id.not_in(corrections.regrouped_since(number)))
    )
    if None not in scopes:
        query = query.where(or_(*(issues.project_id.in_(projects.named(name)) for name in scopes)))
    newest = query.order_by(issues.id.desc()).limit(MOST_OTHERS)
    return tuple(sorted(connection.execute(newest).scalars()))
