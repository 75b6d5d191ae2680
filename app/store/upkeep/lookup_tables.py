"""Compares the tables by which events and issues are found with these, and fills those that differ again."""

from sqlalchemy import ColumnElement, Connection, FromClause, Table, delete, func, insert, select

from app.store import schema as t
from app.store.inbox.indexes import event_ids, events_by_issue
from app.store.inbox.indexes.issue_order import IS_CURRENT
from app.store.inbox.indexes.staged_index import StagedIndex

NO_TITLE = "An issue whose title is lost"


def repair(connection: Connection) -> list[str]:
    """Repair what disagrees; returns a line about each table."""
    faults = []
    for index, key in ((event_ids.INDEX, t.events.c.key), (events_by_issue.INDEX, t.events.c.issue_id)):
        if not _agrees(connection, index, key):
            faults.append(f"{index.settled.name} disagrees with events")
            connection.execute(delete(index.recent))
            connection.execute(delete(index.settled))
            entries = select(key, t.events.c.id).order_by(key, t.events.c.id)
            connection.execute(insert(index.settled).from_select(list(index.settled.c.keys()), entries))
    for table, found in ((t.issue_order, IS_CURRENT), (t.issue_descriptions, _IS_DESCRIPTION)):
        missing = select(t.issues.c.id).join(table, found, isouter=True).where(table.c.issue_id.is_(None))
        if ids := connection.execute(missing).scalars().all():
            faults.append(f"{len(ids)} issues are missing from {table.name}")
            for issue_id in ids:
                _add(connection, table, issue_id)
    return faults


_IS_DESCRIPTION = t.issue_descriptions.c.issue_id == t.issues.c.id


def _agrees(connection: Connection, index: StagedIndex, key: ColumnElement[int]) -> bool:
    right = entries = 0
    for table in (index.recent, index.settled):
        own_key, event = table.c
        same = (event == t.events.c.id) & (own_key == key)
        right += _count(connection, table.join(t.events, same))
        entries += _count(connection, table)
    return right == entries == _count(connection, t.events)


def _count(connection: Connection, rows: FromClause) -> int:
    return connection.execute(select(func.count()).select_from(rows)).scalar_one()


def _add(connection: Connection, table: Table, issue_id: int) -> None:
    if table is t.issue_order:
        place = select(t.issues.c.last_seen, t.issues.c.id).where(t.issues.c.id == issue_id)
        connection.execute(insert(table).from_select(list(table.c.keys()), place))
        return
    newest = events_by_issue.newest(connection, issue_id)
    columns = t.events.c
    query = select(columns.title, columns.type, columns.value, columns.culprit, columns.level)
    row = connection.execute(query.where(columns.id == newest)).one_or_none()
    described = tuple(row) if row else (NO_TITLE, None, None, None, "error")
    connection.execute(insert(table).values((issue_id, *described)))
