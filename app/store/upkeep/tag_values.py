"""Trims the tags of an issue: one whose values never repeat would grow for ever. Of those, the rarest go."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select, tuple_

from app.store import schema as t
from app.store.inbox.counts import event_counts

VALUES_PER_ISSUE = 2_000
# An issue is looked at when so many events with this many tags each may have brought as many values.
TAGS_PER_EVENT = 20


def grown(connection: Connection, issue_ids: Sequence[int]) -> list[int]:
    """Those of these issues that got so many events since they were trimmed that they are worth a look."""
    return event_counts.with_new_tags(connection, issue_ids, VALUES_PER_ISSUE // TAGS_PER_EVENT)


def trim(connection: Connection, issue_id: int, limit: int) -> int:
    """Remove values beyond `VALUES_PER_ISSUE` of an issue, at most `limit`; returns how many were removed."""
    tags = t.issue_tags.c
    surplus = (
        select(tags.key, tags.value)
        .where(tags.issue_id == issue_id)
        .order_by(tags.count.desc())
        .offset(VALUES_PER_ISSUE)
        .limit(limit)
    )
    going = (
        [(key, value) for key, value in connection.execute(surplus)]
        if _has_surplus(connection, issue_id)
        else []
    )
    if going:
        rows = (tags.issue_id == issue_id) & tuple_(tags.key, tags.value).in_(going)
        connection.execute(delete(t.issue_tags).where(rows))
    if len(going) < limit:
        event_counts.tags_trimmed(connection, issue_id)
    return len(going)


def _has_surplus(connection: Connection, issue_id: int) -> bool:
    """Whether there are more, found without reading or sorting any counts."""
    tags = t.issue_tags.c
    beyond = select(tags.key).where(tags.issue_id == issue_id).offset(VALUES_PER_ISSUE).limit(1)
    return connection.execute(beyond).first() is not None
