"""The store's revision: every change of an issue gets the next one; the window asks for what is newer."""

from sqlalchemy import Connection, update

from app.store.prepared import Prepared
from app.store.schema import state


def bump(connection: Connection) -> int:
    """Increment the revision; returns the one for the changes of this transaction."""
    return int(_BUMP.value(connection))


_BUMP = Prepared(update(state).values(revision=state.c.revision + 1).returning(state.c.revision))
