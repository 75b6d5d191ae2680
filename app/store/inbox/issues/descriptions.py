"""What describes an issue: title, type, value, culprit, level, place and environment of its latest event.

They are read from the event's row, so that an event changes nothing but numbers in the row of its issue. What
is stored of the issue itself only counts when that event is gone, or came before this was so.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Label, case, func, select, update

from app.store import bulk
from app.store import schema as t

NAMES = ("title", "type", "value", "culprit", "level", "place", "environment")
# Issue, title, type, value, culprit, level, place, environment.
DescriptionRow = tuple[int, str, str | None, str | None, str | None, str, str | None, str | None]

_LATEST = t.events.alias("latest")
_OWN = t.issue_descriptions.c


def _column(name: str) -> ColumnElement[Any]:
    if name in ("title", "level"):
        return func.coalesce(_LATEST.c[name], _OWN[name])
    return case((_LATEST.c.id.is_(None), _OWN[name]), else_=_LATEST.c[name])


TITLE, TYPE, VALUE, CULPRIT, LEVEL, _PLACE, ENVIRONMENT = (_column(name) for name in NAMES)
COLUMNS: tuple[Label[Any], ...] = tuple(_column(name).label(name) for name in NAMES)
# The issues, each with its description.
DESCRIBED: FromClause = t.issues.join(t.issue_descriptions).join(
    _LATEST, _LATEST.c.id == t.issues.c.latest, isouter=True
)


def add(connection: Connection, rows: Sequence[DescriptionRow]) -> None:
    """Store what describes new issues by themselves."""
    bulk.add(connection, t.issue_descriptions, rows)


def change(connection: Connection, issue: int, description: Mapping[str, Any]) -> None:
    """Have these values describe the issue where its latest event does not; `description` may have more."""
    own = update(t.issue_descriptions).where(_OWN.issue_id == issue)
    connection.execute(own.values({name: description[name] for name in NAMES}))


def titles(connection: Connection, issue_ids: Sequence[int]) -> dict[int, str]:
    """The titles of issues, as they are stored."""
    query = select(t.issues.c.id, TITLE.label("title")).select_from(DESCRIBED)
    rows = connection.execute(query.where(t.issues.c.id.in_(issue_ids)))
    return {row.id: row.title for row in rows}
