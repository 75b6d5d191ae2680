"""Which issues each revision changed, so that a window reads only what is new to it.

A log, and not an index of the issues by revision: that would remove an entry somewhere in it for every one
that it adds, each in a page of its own. Only the newest changes are remembered; a window that is further
behind loads its list again.
"""

from typing import Any

from sqlalchemy import Connection, Integer, Select, bindparam, delete, func, select

from app.store.prepared import Prepared
from app.store.schema import issue_changes

REMEMBERED = 20_000
_REVISION = issue_changes.c.revision
_AFTER = select(_REVISION).where(bindparam("since") < _REVISION).order_by(_REVISION)
_END = Prepared(_AFTER.limit(1).offset(bindparam("count", type_=Integer)))
_FIRST = Prepared(select(func.min(_REVISION)))


def trim(connection: Connection) -> None:
    """Remove what is too old to be remembered. Reads all that is remembered: half a millisecond."""
    log = issue_changes.c
    oldest = (
        select(log.revision)
        .order_by(log.revision.desc(), log.issue_id.desc())
        .limit(1)
        .offset(REMEMBERED)
        .scalar_subquery()
    )
    connection.execute(delete(issue_changes).where(log.revision <= oldest))


def end_of_page(connection: Connection, since: int, limit: int) -> int | None:
    """The revision of the `limit`th change after revision `since`; None when there are fewer."""
    found: int | None = _END.value(connection, since=since, count=limit - 1)
    return found


def changed(since: int, through: int | None) -> Select[Any]:
    """A select of the issues that changed after revision `since`, and up to `through` where that is given."""
    log = issue_changes.c
    query = select(log.issue_id).where(log.revision > since)
    return query if through is None else query.where(log.revision <= through)


def is_remembered(connection: Connection, since: int) -> bool:
    """Whether `changed` still knows every change after revision `since`."""
    first = _FIRST.value(connection)
    return first is None or first - 1 <= since
