"""Pins: issues that a person has marked to find them again, whatever becomes of them."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, bindparam, func, select, update

from app.store import schema as t
from app.store import sqlite
from app.store.prepared import Prepared
from app.store.revision import bump

# The condition on `issues`, for lists and searches (`is:pinned`).
IS_PINNED: ColumnElement[bool] = t.issues.c.pinned.is_(True)


def pin(connection: Connection, issue_ids: Collection[int], pinned: bool) -> tuple[int, ...]:
    """Pin issues, or take their pins off; returns those that this has changed."""
    given = sqlite.values_of(issue_ids)
    changed = tuple(issue for (issue,) in _OTHERS.rows(connection, issues=given, now=pinned))
    if changed:
        _CHANGE.run(
            connection, issues=sqlite.values_of(changed), new_pinned=pinned, new_revision=bump(connection)
        )
    return changed


def are_any(connection: Connection, issue_ids: Collection[int], pinned: bool) -> bool:
    """Whether any of these issues is pinned, or not."""
    given = sqlite.values_of(issue_ids)
    return _OTHERS.first(connection, issues=given, now=not pinned) is not None


def number(connection: Connection) -> int:
    """How many issues are pinned and shown."""
    return int(_NUMBER.value(connection))


_AMONG = sqlite.among(t.issues.c.id, "issues")
_IS_SHOWN = t.issues.c.merged_into.is_(None)
_OTHERS = Prepared(
    select(t.issues.c.id)
    .where(_AMONG, _IS_SHOWN, t.issues.c.pinned != bindparam("now"))
    .order_by(t.issues.c.id)
)
_CHANGE = Prepared(
    update(t.issues).where(_AMONG).values(pinned=bindparam("new_pinned"), revision=bindparam("new_revision"))
)
# By the index of the pinned ones.
_NUMBER = Prepared(select(func.count()).select_from(t.issues).where(t.issues.c.pinned, _IS_SHOWN))
