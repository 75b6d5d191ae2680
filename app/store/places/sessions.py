"""The moments at which a person began a session: what came since then can be looked at alone."""

from sqlalchemy import Connection, delete, insert, select

from app.store.schema import sessions as s

# So many are remembered.
MOST = 20


def begin(connection: Connection, now: int) -> int:
    """Begin a session at this time (microseconds); returns its number. The oldest are forgotten."""
    number = int(connection.execute(insert(s).values(at=now).returning(s.c.id)).scalar_one())
    kept = select(s.c.id).order_by(s.c.id.desc()).limit(MOST)
    connection.execute(delete(s).where(s.c.id.not_in(kept)))
    return number


def remove(connection: Connection, number: int) -> bool:
    """Forget a session; False when it is not there any more."""
    return connection.execute(delete(s).where(s.c.id == number)).rowcount > 0


def listed(connection: Connection) -> list[int]:
    """When sessions began (microseconds), the newest first."""
    return list(connection.execute(select(s.c.at).order_by(s.c.id.desc())).scalars())
