"""The user's grouping rules, as they are kept; what they say and do is `digest.grouping.rules`."""

from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select

from app.store.schema import grouping_rules


class Kept(Struct, frozen=True):
    """A rule's row: `definition` is JSON, without `project` it is meant for all."""

    id: int
    project: str | None
    kind: str
    definition: str
    created_at: int


def listed(connection: Connection) -> tuple[Kept, ...]:
    """All rules, in the order in which they apply."""
    return tuple(
        Kept(*row) for row in connection.execute(select(*grouping_rules.c).order_by(grouping_rules.c.id))
    )


def add(connection: Connection, project: str | None, kind: str, definition: str, now: int) -> int:
    """Keep a rule; returns its number. `now` is in microseconds."""
    row = insert(grouping_rules).values(project=project, kind=kind, definition=definition, created_at=now)
    return int(connection.execute(row.returning(grouping_rules.c.id)).scalar_one())


def remove(connection: Connection, number: int) -> bool:
    """Forget a rule; False when there is none of that number. What it has grouped stays as it is."""
    return connection.execute(delete(grouping_rules).where(grouping_rules.c.id == number)).rowcount > 0
