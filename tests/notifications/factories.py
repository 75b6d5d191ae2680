"""Happenings, rules in the store, and the outbox that they lead to."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from app.happenings import Happening, Kind
from app.model import Level
from app.notifications import directory, outbox
from app.notifications.directory import NamedRule
from app.notifications.rules import Rule
from app.store.notices.notice import NoticeState
from app.store.schema import outbox as table
from tests.factories import NOON, Store


def make_happening(number: int = 1, kind: Kind = Kind.NEW, **fields: Any) -> Happening:
    """Something that happened to the issue of this number."""
    given: dict[str, Any] = {
        "issue_id": number,
        "project": "shop",
        "event_id": f"{number:032x}",
        "at": NOON,
        "count": 1,
        "level": Level.ERROR,
        "title": f"KeyError: {number}",
        "culprit": "shop.checkout in charge_card",
    }
    return Happening(kind=kind, **(given | fields))


def set_rule(store: Store, **fields: Any) -> NamedRule:
    """Change the rule that there is from the beginning."""
    (given,) = store.read(directory.all_rules)
    rule = NamedRule(id=given.id, name=given.name, enabled=True, rule=Rule(**fields))
    store.write(directory.change_rule, rule)
    return rule


def enter(store: Store, *happenings: Happening, now: int = NOON) -> None:
    """Write into the outbox, as the digest does."""
    store.write(outbox.enter, happenings, now)


def notices_in(store: Store, state: NoticeState = NoticeState.WAITING) -> list[tuple[str, int | None, int]]:
    """(kind, issue, count) of the notices in this state, in the order they were written."""
    with store.database.reading() as connection:
        rows = connection.execute(select(*table.c).where(table.c.state == state).order_by(table.c.id))
        return [(row.kind, row.issue_id, row._mapping["count"]) for row in rows]


def rows(store: Store) -> Sequence[Any]:
    """The whole outbox, as it is written."""
    with store.database.reading() as connection:
        return connection.execute(select(*table.c).order_by(table.c.id)).all()


def mark_sent(store: Store, now: int) -> None:
    """All that waits is sent."""
    with store.database.writing() as connection:
        values = {"state": NoticeState.SENT, "due_at": None, "sent_at": now}
        connection.execute(update(table).where(table.c.state == NoticeState.WAITING).values(values))
