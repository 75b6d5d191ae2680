"""The table `regroupings`: corrections of grouping, how far each has come, and whether it was undone.

A regrouping's `definition` is what `regrouping` needs to undo it; lists leave it out.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, func, insert, select, union_all, update

from app.model import from_micros
from app.secrets_in_text import hide
from app.store import schema as t
from app.store.database import Connection
from app.store.prepared import Prepared


class State(StrEnum):
    """How far a regrouping has come. `RUNNING` and `UNDOING` go on after a restart."""

    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


UNDER_WAY = (State.RUNNING, State.UNDOING)
_IN_FORCE = (State.RUNNING, State.DONE)
_STATE, _DONE = t.regroupings.c.state, t.regroupings.c.done
_PROGRESS = Prepared(select(_STATE, func.count(), func.sum(_DONE)).group_by(_STATE))
_COLUMNS = [column for column in t.regroupings.c if column.name != "definition"]


class Regrouping(Struct, frozen=True, kw_only=True):
    """A merge, a split, or what a rule did; `done` of `total` events have been moved."""

    id: int
    kind: str
    title: str
    state: State
    created_at: datetime
    done: int
    total: int


def add(connection: Connection, kind: str, title: str, now: int) -> int:
    """Store the beginning of a regrouping; returns its number. `now` is in microseconds."""
    values = {"kind": kind, "title": title, "state": State.RUNNING, "created_at": now}
    row = insert(t.regroupings).values(**values, done=0, total=0, definition="{}")
    return int(connection.execute(row.returning(t.regroupings.c.id)).scalar_one())


def change(connection: Connection, number: int, **values: Any) -> None:
    """Change columns of a regrouping."""
    connection.execute(update(t.regroupings).where(t.regroupings.c.id == number).values(**values))


def get(connection: Connection, number: int) -> Regrouping | None:
    """One regrouping."""
    row = connection.execute(select(*_COLUMNS).where(t.regroupings.c.id == number)).one_or_none()
    return None if row is None else _regrouping(row)


def definition(connection: Connection, number: int) -> str:
    """The JSON that says how the regrouping is undone."""
    query = select(t.regroupings.c.definition).where(t.regroupings.c.id == number)
    return str(connection.execute(query).scalar_one())


def definitions_in_force(connection: Connection) -> list[tuple[int, str]]:
    """(number, the same JSON) of every regrouping that is not undone and not being undone."""
    query = select(t.regroupings.c.id, t.regroupings.c.definition).where(t.regroupings.c.state.in_(_IN_FORCE))
    return [(number, text) for number, text in connection.execute(query)]


def listed(connection: Connection, limit: int = 200) -> list[Regrouping]:
    """The regroupings, the newest first."""
    query = select(*_COLUMNS).order_by(t.regroupings.c.id.desc()).limit(limit)
    return [_regrouping(row) for row in connection.execute(query)]


def under_way(connection: Connection) -> list[Regrouping]:
    """The regroupings that are not finished, in the order to work on them: the newest is undone first."""
    rows = connection.execute(select(*_COLUMNS).where(t.regroupings.c.state.in_(UNDER_WAY)))
    found = [_regrouping(row) for row in rows]
    return sorted(found, key=lambda one: (1, -one.id) if one.state == State.UNDOING else (0, one.id))


def next_due(connection: Connection) -> int | None:
    """At once, if there is any to work on; else None."""
    waiting = select(t.regroupings.c.id).where(t.regroupings.c.state.in_(UNDER_WAY)).limit(1)
    return None if connection.execute(waiting).first() is None else 0


def newer(connection: Connection, number: int, issues: Collection[int]) -> Regrouping | None:
    """A later regrouping of one of these issues that is still in force, the newest."""
    query = (
        select(*_COLUMNS)
        .where(t.regroupings.c.id > number, t.regroupings.c.state.in_(_IN_FORCE))
        .where(t.regroupings.c.id.in_(_touching(issues)))
        .order_by(t.regroupings.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else _regrouping(row)


def regrouped_since(number: int) -> Select[Any]:
    """The issues that later regroupings in force have touched."""
    keys = t.regrouped_keys.c
    later = select(t.regroupings.c.id).where(
        t.regroupings.c.id > number, t.regroupings.c.state.in_(_IN_FORCE)
    )
    touched = [
        select(issue).where(keys.regrouping_id.in_(later), issue.is_not(None))
        for issue in (keys.from_issue, keys.to_issue)
    ]
    return select(union_all(*touched).subquery().c[0])


def undoing(connection: Connection, issues: Collection[int]) -> Regrouping | None:
    """A regrouping of one of these issues that is being undone."""
    query = (
        select(*_COLUMNS)
        .where(t.regroupings.c.state == State.UNDOING, t.regroupings.c.id.in_(_touching(issues)))
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else _regrouping(row)


def hidden(connection: Connection, issues: Collection[int]) -> Mapping[int, int]:
    """Which of `issues` were merged, each with the issue that it was merged into."""
    query = select(t.issues.c.id, t.issues.c.merged_into).where(
        t.issues.c.id.in_(issues), t.issues.c.merged_into != t.IN_TRASH
    )
    return {row.id: row.merged_into for row in connection.execute(query)}


def shown(connection: Connection, issues: Sequence[int]) -> list[int]:
    """These issues, or those that they were merged into, each once."""
    found = list(issues)
    while merged := hidden(connection, found):
        found = list(dict.fromkeys(merged.get(each, each) for each in found))
    return found


def last(connection: Connection) -> int:
    """The number of the newest regrouping; 0 before the first."""
    return int(connection.execute(select(func.max(t.regroupings.c.id))).scalar() or 0)


def progress(connection: Connection) -> tuple[bool, tuple[tuple[str, int, int], ...]]:
    """Whether any is under way; and what changes whenever one has moved events or ended."""
    rows = tuple((str(row[0]), int(row[1]), int(row[2])) for row in _PROGRESS.rows(connection))
    return any(state in UNDER_WAY for state, *_rest in rows), rows


def _touching(issues: Collection[int]) -> Any:
    keys = t.regrouped_keys.c
    return select(keys.regrouping_id).where(keys.from_issue.in_(issues) | keys.to_issue.in_(issues))


def _regrouping(row: Any) -> Regrouping:
    return Regrouping(
        id=row.id,
        kind=row.kind,
        title=hide(row.title),
        state=State(row.state),
        created_at=from_micros(row.created_at),
        done=row.done,
        total=row.total,
    )
