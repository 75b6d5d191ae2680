"""What a person does to issues. Each action returns what undoes it, and is complete or changes nothing.

An issue that a person has acted on counts as read, and has a line about it in its timeline. Times are in
microseconds.

Who acts on many issues does so in steps of `ISSUES_AT_ONCE`, each a transaction of its own, so that reports
are written between two, and reads what a step needs beforehand: `releases.CurrentReleases`, `usual_rates`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import asdict, replace
from sqlalchemy import Connection, bindparam, select, update

from app.model import LONGEST_NOTE, IssueState, MuteRule
from app.store import sqlite
from app.store.inbox.counts import rates
from app.store.inbox.counts.rates import HOUR, Rate
from app.store.inbox.issues import fixes, mutes
from app.store.inbox.issues.fixes import Fix
from app.store.inbox.issues.issue_record import OPEN_STATES
from app.store.inbox.lists.issue_filter import NOT_DELETED
from app.store.inbox.triage import history, releases
from app.store.inbox.triage.history import Act, Detail
from app.store.prepared import Prepared
from app.store.revision import bump
from app.store.schema import issues


class Before(Struct, frozen=True, kw_only=True, gc=False):
    """How an issue was; the mute's rule as it is stored."""

    id: int
    state: IssueState
    unread: bool
    muted_until: int | None
    mute_rule: str | None
    resolved_in: str | None
    resolved_commit: str | None = None


class Undo(Struct, frozen=True):
    """How the issues were, and the lines of timelines about the action that is undone."""

    before: tuple[Before, ...] = ()
    lines: tuple[int, ...] = ()


def resolve(
    connection: Connection,
    issue_ids: Sequence[int],
    now: int,
    *,
    release: str | None = None,
    current: Mapping[int, str | None] | None = None,
    fix: Fix | None = None,
) -> Undo:
    """Resolve issues in `release`, by default in the newest one that the app has sent, if it sends any.

    What still comes from older releases does not bring them back. `current` are the newest ones by issue, if
    they were read beforehand. With `fix` they are resolved at its commit: what comes from a build without it
    does not bring them back either, and from one that has it in it, it does.
    """
    found = {before.id: before for before in _read(connection, issue_ids)}
    if fix is not None:
        fixes.record(connection, _projects(connection, found), fix)
    if release is not None:
        named: Mapping[int, str | None] = dict.fromkeys(found, release)
        # Where names say nothing, releases that were seen before it are older, and later ones are not.
        projects = _projects(connection, found)
        releases.record(connection, {(project_id, release): now for project_id in projects})
    elif current is not None:
        named = current
    else:
        named = releases.CurrentReleases().of(connection, tuple(found))

    def resolved(before: Before) -> Before:
        if before.state is IssueState.RESOLVED and release is None and fix is None:
            return before
        return replace(
            before,
            state=IssueState.RESOLVED,
            unread=False,
            muted_until=None,
            mute_rule=None,
            resolved_in=named[before.id],
            resolved_commit=None if fix is None else fix.hash,
        )

    def describe(after: Before) -> Detail:
        return _describe_release(after) if fix is None else Detail(text=f"at {fix.hash[:9]} {fix.subject}")

    return _act(connection, tuple(found.values()), resolved, Act.RESOLVED, now, describe)


def mute(
    connection: Connection,
    issue_ids: Sequence[int],
    now: int,
    *,
    rule: MuteRule | None = None,
    until: int | None = None,
    usual: Mapping[int, int] | None = None,
) -> Undo:
    """Mute issues: until their rule or their time ends it; for ever without either.

    `usual` are their `usual_rates`, if they were read beforehand.
    """
    found = _read(connection, issue_ids)
    if usual is None:
        usual = usual_rates(connection, issue_ids, now, rule)

    def muted(before: Before) -> Before:
        own = rule and replace(rule, usual=usual.get(before.id, 0))
        return replace(
            before,
            state=IssueState.MUTED,
            unread=False,
            muted_until=until,
            mute_rule=mutes.text(own),
            resolved_in=None,
            resolved_commit=None,
        )

    return _act(connection, found, muted, Act.MUTED, now, _describe_mute)


def usual_rates(
    connection: Connection, issue_ids: Sequence[int], now: int, rule: MuteRule | None
) -> dict[int, int]:
    """How many events an hour are usual for these issues, this hour so far included, if `rule` needs it."""
    if rule is None or not rule.escalating:
        return {}
    hour = now // HOUR
    past = rates.before(connection, issue_ids, hour)
    this = rates.in_hours(connection, issue_ids, [hour])
    return {each: max(round(past.get(each, Rate()).mean), this.get((each, hour), 0)) for each in issue_ids}


def reopen(connection: Connection, issue_ids: Sequence[int], now: int) -> Undo:
    """Put resolved and muted issues back into the inbox."""
    found = _read(connection, issue_ids)
    return _act(connection, found, _opened, Act.REOPENED, now, lambda _after: Detail())


def note(connection: Connection, issue_id: int, text: str, now: int) -> Undo:
    """Write a note into an issue's timeline. Raises `ValueError` for an empty or a very long one."""
    text = text.strip()
    if not text:
        raise ValueError("A note needs some text.")
    if len(text) > LONGEST_NOTE:
        raise ValueError(f"A note may have {LONGEST_NOTE:,} characters; this one has {len(text):,}.")
    found = _read(connection, [issue_id])
    if not found:
        return Undo()
    _touch(connection, [issue_id])
    return Undo(lines=history.add(connection, [issue_id], Act.NOTE, now, [Detail(text=text)]))


def record_tracked(connection: Connection, issue_id: int, url: str, now: int) -> None:
    """Write into the timeline that an issue of another tracker was made of this one; `url` is its page."""
    if _read(connection, [issue_id]):
        _touch(connection, [issue_id])
        history.add(connection, [issue_id], Act.TRACKED, now, [Detail(text=url)])


def set_unread(connection: Connection, issue_ids: Sequence[int], unread: bool) -> Undo:
    """Mark issues as read or unread."""
    before = _read(connection, issue_ids)
    _write(connection, [replace(each, unread=unread) for each in before])
    return Undo(before)


def undo(connection: Connection, undo: Undo, now: int) -> None:
    """Put the issues back to how they were. Their events, and what arrived since, stay."""
    _write(connection, undo.before)
    if undo.lines:
        _touch(connection, history.take_back(connection, undo.lines, now))


def _opened(before: Before) -> Before:
    if before.state in OPEN_STATES:
        return before
    return replace(
        before,
        state=IssueState.OPEN,
        unread=False,
        muted_until=None,
        mute_rule=None,
        resolved_in=None,
        resolved_commit=None,
    )


def _act(
    connection: Connection,
    found: Sequence[Before],
    change: Callable[[Before], Before],
    act: Act,
    now: int,
    describe: Callable[[Before], Detail],
) -> Undo:
    changed = [(before, change(before)) for before in found]
    changed = [(before, after) for before, after in changed if replace(before, unread=after.unread) != after]
    afters = [after for _before, after in changed]
    _write(connection, afters)
    # What came before the act does not bring the issue back.
    fixes.withdraw(connection, [after.id for after in afters])
    details = [describe(after) for after in afters]
    lines = history.add(connection, [after.id for after in afters], act, now, details)
    return Undo(tuple(before for before, _after in changed), lines)


def _describe_release(after: Before) -> Detail:
    return Detail(text=f"in {after.resolved_in}" if after.resolved_in else "", release=after.resolved_in)


def _describe_mute(after: Before) -> Detail:
    rule = mutes.rule(after.mute_rule)
    ends = [text for text in (rule and mutes.describe(rule),) if text]
    if after.muted_until is None and not ends:
        ends = ["for ever"]
    return Detail(text=" or ".join(ends), until=after.muted_until)


def _read(connection: Connection, issue_ids: Sequence[int]) -> tuple[Before, ...]:
    rows = _BEFORE.rows(connection, issues=sqlite.values_of(issue_ids))
    found = {row[0]: row for row in rows}
    # In the order in which they were named.
    return tuple(_before(*found[each]) for each in dict.fromkeys(issue_ids) if each in found)


def _before(
    number: int,
    state: str,
    unread: int,
    muted_until: int | None,
    mute_rule: str | None,
    resolved_in: str | None,
    resolved_commit: str | None,
) -> Before:
    return Before(
        id=number,
        state=IssueState(state),
        unread=bool(unread),
        muted_until=muted_until,
        mute_rule=mute_rule,
        resolved_in=resolved_in,
        resolved_commit=resolved_commit,
    )


def _projects(connection: Connection, issue_ids: Collection[int]) -> set[int]:
    return set(connection.execute(select(issues.c.project_id).where(issues.c.id.in_(issue_ids))).scalars())


def _write(connection: Connection, targets: Sequence[Before]) -> None:
    if not targets:
        return
    revision = bump(connection)
    _CHANGE.run_many(
        connection,
        [
            {"new_revision": revision} | {f"new_{name}": value for name, value in asdict(target).items()}
            for target in targets
        ],
    )


def _touch(connection: Connection, issue_ids: Sequence[int]) -> None:
    """Give these issues a new revision: windows that show them read them again."""
    if issue_ids:
        connection.execute(update(issues).where(issues.c.id.in_(issue_ids)).values(revision=bump(connection)))


_NAMES = Before.__struct_fields__
_BEFORE = Prepared(
    select(*(issues.c[name] for name in _NAMES)).where(sqlite.among(issues.c.id, "issues"), NOT_DELETED)
)
_CHANGE = Prepared(
    update(issues)
    .where(issues.c.id == bindparam("new_id"))
    .values({name: bindparam(f"new_{name}") for name in ("revision", *_NAMES) if name != "id"})
)
