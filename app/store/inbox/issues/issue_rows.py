"""The rows of issues as the digest reads and writes them, a batch at a time.

An issue's status is written only when more of it than the count has changed: most events only count.
"""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, func, select, update

from app.model import IssueState, MuteRule
from app.store import bulk
from app.store import schema as t
from app.store.inbox.issues import descriptions, mutes
from app.store.inbox.issues.issue_record import OPEN_STATES
from app.store.prepared import Prepared


class IssueStatus(Struct, frozen=True, kw_only=True):
    """The columns of an issue that its lifecycle depends on and changes. Times are in microseconds."""

    state: IssueState = IssueState.OPEN
    count: int = 0
    muted_until: int | None = None
    mute_rule: MuteRule | None = None
    resolved_in: str | None = None
    resolved_commit: str | None = None
    escalated_at: int | None = None


class KnownIssue(Struct, frozen=True):
    """An issue as it is stored; `first_seen` and `last_seen` are times of arrival."""

    id: int
    project_id: int
    status: IssueStatus
    first_seen: int
    last_seen: int


class IssueUpdate(Struct, frozen=True, kw_only=True):
    """What a batch changes in the row of an issue; `before` is None for a new one.

    `events` and `users` are how many more there are, and `newest_counts` is where its counts are, as in
    `recent_counts`. Title to environment are those of the latest event, whose number is `latest`.
    """

    id: int
    project_id: int
    before: IssueStatus | None
    after: IssueStatus
    events: int
    users: int
    newest_counts: int
    first_seen: int
    last_seen: int
    latest: int
    title: str
    type: str | None
    value: str | None
    culprit: str | None
    level: str
    place: str | None = None
    environment: str | None = None


STATUS_COLUMNS = (
    t.issues.c.state,
    t.issues.c.count,
    t.issues.c.first_seen,
    t.issues.c.last_seen,
    t.issues.c.muted_until,
    t.issues.c.mute_rule,
    t.issues.c.resolved_in,
    t.issues.c.escalated_at,
    t.issues.c.resolved_commit,
)


def known_issue(issue_id: int, project_id: int, status: Sequence[Any]) -> KnownIssue:
    """The issue whose `STATUS_COLUMNS` are `status`."""
    state, count, first_seen, last_seen, muted_until, mute_rule, resolved_in, escalated_at, commit = status
    known = IssueStatus(
        state=IssueState(state),
        count=count,
        muted_until=muted_until,
        mute_rule=mutes.rule(mute_rule),
        resolved_in=resolved_in,
        resolved_commit=commit,
        escalated_at=escalated_at,
    )
    return KnownIssue(issue_id, project_id, known, first_seen, last_seen)


def read(connection: Connection, issue_ids: Collection[int]) -> dict[int, KnownIssue]:
    """The issues as they are now, by number; without those that were merged into others."""
    columns = t.issues.c
    rows = connection.execute(
        select(columns.id, columns.project_id, *STATUS_COLUMNS).where(
            columns.id.in_(issue_ids), columns.merged_into.is_(None)
        )
    )
    return {row[0]: known_issue(row[0], row[1], row[2:]) for row in rows}


def last_number(connection: Connection) -> int:
    """The number of the newest issue; 0 before the first."""
    return _LAST.value(connection) or 0


def write(connection: Connection, updates: Sequence[IssueUpdate], revision: int) -> None:
    """Add the issues that are new, and change the others."""
    fresh, described, known, changed = [], [], [], []
    # In the order of the table: what is close together is written together.
    for issue in sorted(updates, key=lambda update: update.id):
        before, after = issue.before, issue.after
        if before is None:
            numbers = (after.count, issue.users, issue.first_seen, issue.last_seen, revision)
            others = (*(5 * (None,)), issue.newest_counts, issue.latest, None, False)
            fresh.append((issue.id, issue.project_id, after.state, True, *numbers, *others))
            described.append((issue.id, *(getattr(issue, name) for name in descriptions.NAMES)))
            continue
        known.append(
            {
                "issue": issue.id,
                "new_latest": issue.latest,
                "new_unread": after.state in OPEN_STATES,
                "more": issue.events,
                "more_users": issue.users,
                "new_counts": issue.newest_counts,
                "seen": issue.last_seen,
                "new_revision": revision,
            }
        )
        if replace(after, count=before.count) != before:
            changed.append(_new_status(issue.id, after))
    bulk.add(connection, t.issues, fresh)
    descriptions.add(connection, described)
    if known:
        _COUNT_EVENTS.run_many(connection, known)
    if changed:
        _CHANGE_STATUS.run_many(connection, changed)


def _new_status(issue_id: int, status: IssueStatus) -> dict[str, Any]:
    return {
        "issue": issue_id,
        "new_state": status.state,
        "new_until": status.muted_until,
        "new_rule": mutes.text(status.mute_rule),
        "new_release": status.resolved_in,
        "new_commit": status.resolved_commit,
        "new_escalated": status.escalated_at,
    }


_LAST = Prepared(select(func.max(t.issues.c.id)))
_CHANGE_STATUS = Prepared(
    update(t.issues)
    .where(t.issues.c.id == bindparam("issue"))
    .values(
        state=bindparam("new_state"),
        muted_until=bindparam("new_until"),
        mute_rule=bindparam("new_rule"),
        resolved_in=bindparam("new_release"),
        resolved_commit=bindparam("new_commit"),
        escalated_at=bindparam("new_escalated"),
    )
)
_COUNT_EVENTS = Prepared(
    update(t.issues)
    .where(t.issues.c.id == bindparam("issue"))
    .values(
        latest=bindparam("new_latest"),
        unread=t.issues.c.unread | bindparam("new_unread"),
        count=t.issues.c.count + bindparam("more"),
        users=t.issues.c.users + bindparam("more_users"),
        newest_counts=bindparam("new_counts"),
        last_seen=bindparam("seen"),
        revision=bindparam("new_revision"),
    )
)
