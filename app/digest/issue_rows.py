"""The rows of a batch's issues: found by their keys, and written again when their life has been decided.

How an issue stands is written only when that has changed: most events only count.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, Row, bindparam, func, select, update

from app.digest import grouping, older_keys
from app.digest.lifecycle import Standing
from app.digest.occurrence import IssueChange, Key, Occurrence
from app.model import IssueState
from app.store import bulk
from app.store import schema as t
from app.store.inbox import mutes
from app.store.inbox.issues import OPEN_STATES


def changes(connection: Connection, occurrences: Sequence[Occurrence]) -> dict[Key, IssueChange]:
    """What happens to each issue. An issue's time is that of arrival: clocks of clients differ."""
    found = _known(connection, {occurrence.key for occurrence in occurrences})
    unknown = [occurrence for occurrence in occurrences if occurrence.key not in found]
    if unknown:
        found |= _known_by_older_keys(connection, unknown)
    last_id = connection.execute(select(func.max(t.issues.c.id))).scalar() or 0
    by_id: dict[int, IssueChange] = {}
    changes: dict[Key, IssueChange] = {}
    for occurrence in occurrences:
        key, at = occurrence.key, occurrence.report.received_at
        change = changes.get(key)
        if change is None:
            row = found.get(key)
            if row is None:
                last_id += 1
                change = IssueChange(last_id, key[0], None, Standing(), at, at)
            else:
                change = by_id.get(row.issue_id) or _known_issue(row)
            changes[key] = by_id[change.id] = change
        change.arrivals.append(occurrence)
        change.last_seen = max(change.last_seen, at)
    return changes


def _known(connection: Connection, keys: Collection[Key]) -> dict[Key, Row[Any]]:
    """The issues of those keys that the store knows."""
    known = connection.execute(
        select(t.issue_keys, *_STANDING)
        .join_from(t.issue_keys, t.issues)
        .where(t.issue_keys.c.key.in_({key for _project, key in keys}))
    )
    return {(row.project_id, row.key): row for row in known}


def _known_by_older_keys(connection: Connection, unknown: Sequence[Occurrence]) -> dict[Key, Row[Any]]:
    """The same for keys that it does not know, by the keys that an older algorithm gave their events."""
    pairs = older_keys.of(connection, unknown)
    known = _known(connection, {older for _key, older in pairs}) if pairs else {}
    return {key: known[older] for key, older in reversed(pairs) if older in known}


_STANDING = (
    t.issues.c.state,
    t.issues.c.count.label("events"),
    t.issues.c.first_seen,
    t.issues.c.last_seen,
    t.issues.c.muted_until,
    t.issues.c.mute_rule,
    t.issues.c.resolved_in,
    t.issues.c.escalated_at,
)


def _known_issue(row: Row[Any]) -> IssueChange:
    standing = Standing(
        state=IssueState(row.state),
        # Not `row.count`: a row is a tuple, and has a method of that name.
        count=row.events,
        muted_until=row.muted_until,
        mute_rule=mutes.rule(row.mute_rule),
        resolved_in=row.resolved_in,
        escalated_at=row.escalated_at,
    )
    return IssueChange(row.issue_id, row.project_id, standing, standing, row.first_seen, row.last_seen)


def write(connection: Connection, changes: Mapping[Key, IssueChange], revision: int) -> None:
    """Write what has become of the issues, and the keys that they are found by from now on."""
    fresh, known, turned = [], [], []
    for change in {change.id: change for change in changes.values()}.values():
        latest, after = change.arrivals[-1].entry, change.after
        words = (latest.title, latest.type, latest.value, latest.culprit, latest.level)
        if change.before is None:
            numbers = (after.count, change.users, change.first_seen, change.last_seen, revision)
            fresh.append((change.id, change.project_id, *words, after.state, True, *numbers, *(5 * (None,))))
            continue
        names = ("new_title", "new_type", "new_value", "new_culprit", "new_level")
        known.append(
            {
                "issue": change.id,
                **dict(zip(names, words, strict=True)),
                "new_unread": after.state in OPEN_STATES,
                "more": len(change.arrivals),
                "more_users": change.users,
                "seen": change.last_seen,
                "new_revision": revision,
            }
        )
        if replace(after, count=change.before.count) != change.before:
            turned.append(_turned(change))
    bulk.add(connection, t.issues, fresh)
    if known:
        connection.execute(_UPDATE_ISSUE, known)
    if turned:
        connection.execute(_UPDATE_STANDING, turned)
    algorithm = grouping.CURRENT.ALGORITHM
    keys = [(*key, change.id, algorithm) for key, change in changes.items()]
    bulk.add_missing(connection, t.issue_keys, keys)


def _turned(change: IssueChange) -> dict[str, Any]:
    after = change.after
    return {
        "issue": change.id,
        "new_state": after.state,
        "new_until": after.muted_until,
        "new_rule": mutes.text(after.mute_rule),
        "new_release": after.resolved_in,
        "new_escalated": after.escalated_at,
    }


_UPDATE_STANDING = (
    update(t.issues)
    .where(t.issues.c.id == bindparam("issue"))
    .values(
        state=bindparam("new_state"),
        muted_until=bindparam("new_until"),
        mute_rule=bindparam("new_rule"),
        resolved_in=bindparam("new_release"),
        escalated_at=bindparam("new_escalated"),
    )
)
_UPDATE_ISSUE = (
    update(t.issues)
    .where(t.issues.c.id == bindparam("issue"))
    .values(
        title=bindparam("new_title"),
        type=bindparam("new_type"),
        value=bindparam("new_value"),
        culprit=bindparam("new_culprit"),
        level=bindparam("new_level"),
        unread=t.issues.c.unread | bindparam("new_unread"),
        count=t.issues.c.count + bindparam("more"),
        users=t.issues.c.users + bindparam("more_users"),
        last_seen=bindparam("seen"),
        revision=bindparam("new_revision"),
    )
)
