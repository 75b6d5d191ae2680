"""The outbox as a list shows it."""

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, select

from app.model import Level, from_micros
from app.secrets_in_text import hide
from app.store.database import Connection
from app.store.notices.notice import NoticeState
from app.store.schema import channels, notification_rules, outbox

DESKTOP = "desktop"
REMOVED = "(removed)"


class ListedNotice(Struct, frozen=True, kw_only=True):
    """A notice as a list shows it. `channel` and `rule` are their names."""

    id: int
    channel: str
    rule: str
    issue_id: int | None
    kind: str
    state: NoticeState
    level: Level
    title: str
    body: str
    count: int
    created_at: datetime
    due_at: datetime | None
    attempts: int
    sent_at: datetime | None
    error: str | None


def listed(connection: Connection, limit: int = 100) -> list[ListedNotice]:
    """Notices, the newest first."""
    rows = connection.execute(
        select(*outbox.c, channels.c.name.label("channel"), notification_rules.c.name.label("rule"))
        .outerjoin(channels, channels.c.id == outbox.c.channel_id)
        .outerjoin(notification_rules, notification_rules.c.id == outbox.c.rule_id)
        .order_by(outbox.c.id.desc())
        .limit(limit)
    )
    return [_listed(row) for row in rows]


def _listed(row: Row[*tuple[Any, ...]]) -> ListedNotice:
    values = row._mapping
    here = row.channel_id is None
    return ListedNotice(
        id=row.id,
        channel=DESKTOP if here else row.channel or REMOVED,
        rule=row.rule or REMOVED,
        issue_id=row.issue_id,
        kind=row.kind,
        state=NoticeState(row.state),
        level=Level(row.level),
        title=hide(row.title),
        body=hide(row.body),
        count=values["count"],
        created_at=from_micros(row.created_at),
        due_at=None if row.due_at is None else from_micros(row.due_at),
        attempts=row.attempts,
        sent_at=None if row.sent_at is None else from_micros(row.sent_at),
        error=row.error and hide(row.error),
    )
