"""The table `grouping_rules`: the user's rules; what they say and do is `digest.grouping.rules`."""

from collections.abc import Collection, Sequence

from msgspec import Struct
from sqlalchemy import delete, insert, select

from app.store.database import Connection
from app.store.prepared import Prepared
from app.store.schema import grouping_rules as rules


class GroupingRuleRow(Struct, frozen=True):
    """A rule's row: `definition` is JSON; without `project` it applies to all. Time in microseconds."""

    id: int
    project: str | None
    kind: str
    definition: str
    created_at: int


def listed(connection: Connection) -> tuple[GroupingRuleRow, ...]:
    """All rules, in the order in which they apply."""
    return tuple(GroupingRuleRow(*row) for row in _LISTED.rows(connection))


def projects_of(connection: Connection, numbers: Collection[int]) -> Sequence[str | None]:
    """The projects that these rules apply to, None being all."""
    return connection.execute(select(rules.c.project).where(rules.c.id.in_(numbers))).scalars().all()


def add(connection: Connection, project: str | None, kind: str, definition: str, now: int) -> int:
    """Store a rule; returns its number. `now` is in microseconds."""
    row = insert(rules).values(project=project, kind=kind, definition=definition, created_at=now)
    return int(connection.execute(row.returning(rules.c.id)).scalar_one())


def remove(connection: Connection, number: int) -> bool:
    """Delete a rule; False when there is none of that number. What it has grouped stays as it is."""
    return remove_all(connection, (number,)) > 0


def remove_all(connection: Connection, numbers: Collection[int]) -> int:
    """Delete rules; returns how many there were."""
    return connection.execute(delete(rules).where(rules.c.id.in_(numbers))).rowcount


_LISTED = Prepared(select(*rules.c).order_by(rules.c.id))
