"""The numbers of projects: rows elsewhere refer to a project by its number, everything else by its name."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, func, select

from app.store import bulk
from app.store import schema as t
from app.store.prepared import Prepared


def numbers(connection: Connection, names: Collection[str], now: int) -> dict[str, int]:
    """The numbers of these projects, by name; adds those that are missing. `now` is in microseconds."""
    found = {name: _NUMBER.value(connection, wanted=name) for name in names}
    known = {name: number for name, number in found.items() if number is not None}
    missing = sorted(set(names) - known.keys())
    if missing:
        last = connection.execute(select(func.max(t.projects.c.id))).scalar() or 0
        added = {name: last + n for n, name in enumerate(missing, 1)}
        bulk.add(connection, t.projects, [(number, name, now) for name, number in added.items()])
        known |= added
    return known


_NUMBER = Prepared(select(t.projects.c.id).where(t.projects.c.name == bindparam("wanted")))
