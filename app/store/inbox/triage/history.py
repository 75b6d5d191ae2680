"""An issue's timeline: what happened to it, what users did with it, and their notes.

Lines are only added, and taken back by `undo`; they stay when retention removes the events behind them.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, delete, func, select

from app.happenings import Happening, Kind
from app.model import from_micros
from app.store import bulk
from app.store import schema as t
from app.store.prepared import Prepared


class Act(StrEnum):
    """What users do to an issue; what happens by itself is a `happenings.Kind`."""

    RESOLVED = "resolved"
    MUTED = "muted"
    REOPENED = "reopened"
    NOTE = "note"
    TRACKED = "tracked"
    UNDONE = "undone"


TITLES: dict[str, str] = {
    Kind.NEW: "First seen",
    Kind.REGRESSED: "Came back",
    Kind.ESCALATING: "Escalating",
    Kind.UNMUTED: "No longer muted",
    Kind.COUNT: "Reached",
    Act.RESOLVED: "Resolved",
    Act.MUTED: "Muted",
    Act.REOPENED: "Reopened",
    Act.NOTE: "Note",
    Act.TRACKED: "Tracked",
    Act.UNDONE: "Undone",
}


class Detail(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is stored of a line in addition to its kind. `until` is in microseconds since 1970."""

    text: str = ""
    event_id: str | None = None
    count: int | None = None
    release: str | None = None
    until: int | None = None


class Line(Struct, frozen=True, kw_only=True):
    """One line of a timeline. `title` is a word for what happened, `text` the rest, or the text of a note.

    `event_id` is the event that caused it, `count` how many events there had been by then.
    """

    id: int
    at: datetime
    kind: str
    title: str
    text: str
    event_id: str | None
    count: int | None
    release: str | None
    until: datetime | None


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Detail).decode


def record(connection: Connection, happenings: Sequence[Happening]) -> None:
    """Add the happenings that the digest found."""
    rows = [(None, each.issue_id, each.at, each.kind, _encode(_detail(each)).decode()) for each in happenings]
    bulk.add(connection, t.history, rows)


def _detail(happening: Happening) -> Detail:
    return Detail(
        text=happening.reason,
        event_id=happening.event_id,
        count=happening.count,
        release=happening.release,
    )


def add(
    connection: Connection, issue_ids: Sequence[int], kind: str, at: int, details: Sequence[Detail]
) -> tuple[int, ...]:
    """Add a line to each of these issues; returns the numbers of the lines. `at` is in microseconds."""
    if not issue_ids:
        return ()
    first = (_LAST.value(connection) or 0) + 1
    numbers = tuple(range(first, first + len(issue_ids)))
    rows = [
        (number, issue_id, at, str(kind), _encode(detail).decode())
        for number, issue_id, detail in zip(numbers, issue_ids, details, strict=True)
    ]
    bulk.add(connection, t.history, rows)
    return numbers


def take_back(connection: Connection, lines: Collection[int], at: int) -> list[int]:
    """Undo these lines; returns the issues whose timelines have changed.

    A note, and the last line of an issue, is removed. A line that others follow stays, since the timeline
    would be wrong without it, and a further line says that it was undone.
    """
    found = connection.execute(select(*t.history.c).where(t.history.c.id.in_(lines))).all()
    later = t.history.alias()
    followed = connection.execute(
        select(t.history.c.id)
        .distinct()
        .join(later, (later.c.issue_id == t.history.c.issue_id) & (later.c.id > t.history.c.id))
        .where(t.history.c.id.in_(lines), t.history.c.kind != Act.NOTE, later.c.kind != Act.NOTE)
    )
    stay = set(followed.scalars())
    gone = [row.id for row in found if row.id not in stay]
    connection.execute(delete(t.history).where(t.history.c.id.in_(gone)))
    undone = [row for row in found if row.id in stay]
    details = [Detail(text=_title(row.kind).lower()) for row in undone]
    add(connection, [row.issue_id for row in undone], Act.UNDONE, at, details)
    return [row.issue_id for row in found]


def timeline(connection: Connection, issue_id: int, *, limit: int = 1_000) -> list[Line]:
    """What happened to an issue, the newest first."""
    rows = connection.execute(
        select(*t.history.c)
        .where(t.history.c.issue_id == issue_id)
        .order_by(t.history.c.id.desc())
        .limit(limit)
    )
    lines = []
    for row in rows:
        detail = _decode(row.detail)
        lines.append(
            Line(
                id=row.id,
                at=from_micros(row.at),
                kind=row.kind,
                title=_title(row.kind),
                text=detail.text,
                event_id=detail.event_id,
                count=detail.count,
                release=detail.release,
                until=None if detail.until is None else from_micros(detail.until),
            )
        )
    return lines


def recorded_counts(connection: Connection, issue_ids: Collection[int]) -> set[tuple[int, int | None]]:
    """The round numbers of events that these issues are recorded to have reached, as (issue, count)."""
    rows = connection.execute(
        select(t.history.c.issue_id, t.history.c.detail).where(
            t.history.c.issue_id.in_(issue_ids), t.history.c.kind == Kind.COUNT
        )
    )
    return {(issue_id, _decode(detail).count) for issue_id, detail in rows}


def _title(kind: str) -> str:
    return TITLES.get(kind) or kind.capitalize()


_LAST = Prepared(select(func.max(t.history.c.id)))
