"""The store's clock: every change of an issue gets the next revision; the window asks for what is newer."""

from sqlalchemy import Connection, update

from app.store.schema import state


def bump(connection: Connection) -> int:
    """The revision for the changes of this transaction."""
    return int(
        connection.execute(
            update(state).values(revision=state.c.revision + 1).returning(state.c.revision)
        ).scalar_one()
    )
