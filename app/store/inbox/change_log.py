"""Which issues each revision changed, so that a window reads only what is new to it.

A log, and not an index of the issues by revision: that would remove an entry somewhere in it for every one
that it adds, each in a page of its own. Only the newest changes are remembered; a window that is further
behind loads its list again.
"""

from typing import Any

from sqlalchemy import Connection, Select, delete, select

from app.store.schema import issue_changes

REMEMBERED = 20_000
# Between two trims, in revisions: finding where the remembered begin reads them all, which takes half a
# millisecond.
TRIM_EVERY = 64


def trim(connection: Connection, revision: int) -> None:
    """Remove what is too old to be remembered; most of the time this does nothing."""
    if revision % TRIM_EVERY:
        return
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
    changed = issue_changes.c.revision
    query = select(changed).where(changed > since).order_by(changed).limit(1).offset(limit - 1)
    return connection.execute(query).scalar()


def changed(since: int, through: int | None) -> Select[Any]:
    """A select of the issues that changed after revision `since`, and up to `through` where that is given."""
    log = issue_changes.c
    query = select(log.issue_id).where(log.revision > since)
    return query if through is None else query.where(log.revision <= through)


def is_remembered(connection: Connection, since: int) -> bool:
    """Whether `changed` still knows every change after revision `since`."""
    log = issue_changes.c.revision
    first = connection.execute(select(log).order_by(log).limit(1)).scalar()
    return first is None or first - 1 <= since
