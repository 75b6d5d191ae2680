"""Runs of commands: what ran, since when, and how it ended.

`main.py run` writes one when its command begins and when it has ended. Which events are of a run is nobody's
to write: they are those that came meanwhile, see `inbox/indexes/run_events`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, insert, select, update

from app.secrets_in_text import hide
from app.store import revision
from app.store.inbox.indexes.run_events import SettledRun, settled_run
from app.store.inbox.lists import events
from app.store.prepared import Prepared
from app.store.schema import reports, state
from app.store.schema import runs as r

MOST = 200
"""So many are remembered, and those that have not ended."""

LONGEST_TEXT = 2_000


class Run(Struct, frozen=True, kw_only=True):
    """A run; times in microseconds since 1970. `pid` on `host` is the process of `main.py run`.

    `ended_at` is None while it runs, as far as is known. It ended by `signal`, such as SIGSEGV, or with
    `exit_code`; without either, nobody knows how. `errors` is None until all that came meanwhile is digested.
    """

    id: int = 0
    command: str
    project: str
    cwd: str
    host: str
    pid: int
    process_started: int
    started_at: int
    ended_at: int | None = None
    exit_code: int | None = None
    signal: str | None = None
    first_report: int = 0
    last_report: int | None = None
    first_event: int = 0
    last_event: int | None = None
    errors: int | None = None

    @property
    def is_running(self) -> bool:
        """Whether it is not known to have ended."""
        return self.ended_at is None


IsAlive = Callable[[Run], bool]
"""Says whether the process of a run is there; of another machine's nobody knows, so it is."""


def begin(connection: Connection, run: Run) -> int:
    """Add a run that begins now; returns its number. The oldest ones are forgotten.

    Its command is stored without secrets. What arrives from now on may be of it.
    """
    given = {
        **asdict(run),
        "command": _bounded(hide(run.command)),
        "project": _bounded(run.project),
        "cwd": _bounded(run.cwd),
        "host": _bounded(run.host),
        "first_report": _last_report(connection) + 1,
        "first_event": events.last(connection),
    }
    del given["id"]
    number = int(connection.execute(insert(r).values(**given).returning(r.c.id)).scalar_one())
    _forget_oldest(connection)
    revision.bump(connection)
    return number


def end(
    connection: Connection, number: int, now: int, *, exit_code: int | None = None, signal: str | None = None
) -> bool:
    """A run has ended (`now`, in microseconds), and all that it reports has been sent; False if unknown."""
    ended = update(r).where(r.c.id == number, r.c.last_event.is_(None))
    given = {"ended_at": now, "exit_code": exit_code, "signal": signal}
    last = _last_report(connection)
    found = connection.execute(ended.values(**given, last_report=last)).rowcount > 0
    if found:
        revision.bump(connection)
    return found


def close(connection: Connection, gone: Iterable[Run], now: int) -> None:
    """End runs whose process has gone without saying how."""
    for run in gone:
        end(connection, run.id, now)


def settled(connection: Connection) -> list[tuple[int, SettledRun]]:
    """What can be known by now of the runs that have ended and whose reports are digested."""
    ended = select(r).where(r.c.last_event.is_(None), r.c.ended_at.is_not(None))
    found = []
    for run in _runs(connection.execute(ended)):
        known = settled_run(connection, run.id, run.first_report, run.last_report or 0)
        if known is not None:
            found.append((run.id, known))
    return found


def record_settled(connection: Connection, found: Iterable[tuple[int, SettledRun]]) -> int:
    """Write down the last event of runs, and how many are of each; returns the new revision."""
    for number, known in found:
        values = {"last_event": known.last_event, "errors": known.errors}
        connection.execute(update(r).where(r.c.id == number).values(**values))
    return revision.bump(connection)


def next_due(connection: Connection) -> int | None:
    """When a run is to be settled (0: now), None for none."""
    row = _UNSETTLED.first(connection)
    return None if row is None or row[0] > _CURSOR.value(connection) else 0


def get(connection: Connection, number: int) -> Run | None:
    """A run; None for one that is not known."""
    return next(_runs(connection.execute(select(r).where(r.c.id == number))), None)


def listed(connection: Connection, limit: int = MOST) -> list[Run]:
    """The newest runs, the newest first."""
    return list(_runs(connection.execute(select(r).order_by(r.c.id.desc()).limit(limit))))


def running(connection: Connection) -> list[Run]:
    """Those that are not known to have ended, the oldest first."""
    open_ones = select(r).where(r.c.last_event.is_(None)).order_by(r.c.id)
    return [run for run in _runs(connection.execute(open_ones)) if run.is_running]


def before(connection: Connection, run: Run) -> int | None:
    """The number of the run before, of the same command and project."""
    row = _BEFORE.first(connection, run=run.id, command=run.command, project=run.project)
    return None if row is None else int(row[0])


def forget(connection: Connection, number: int) -> Run | None:
    """Forget a run, not its events; None when it is not known any more."""
    run = get(connection, number)
    if run is not None:
        connection.execute(delete(r).where(r.c.id == number))
        revision.bump(connection)
    return run


def bring_back(connection: Connection, run: Run) -> bool:
    """Remember a run again; False when it is remembered already."""
    if get(connection, run.id) is not None:
        return False
    connection.execute(insert(r).values(**asdict(run)))
    revision.bump(connection)
    return True


def any_older(connection: Connection, before: int) -> bool:
    """Whether a run ended before this time (microseconds)."""
    return connection.execute(select(r.c.id).where(_ended_before(before)).limit(1)).scalar() is not None


def forget_older(connection: Connection, before: int) -> None:
    """Forget the runs that ended before this time (microseconds)."""
    connection.execute(delete(r).where(_ended_before(before)))


def _ended_before(moment: int) -> ColumnElement[bool]:
    return and_(r.c.ended_at < moment, r.c.last_event.is_not(None))


def _forget_oldest(connection: Connection) -> None:
    kept = select(r.c.id).order_by(r.c.id.desc()).limit(MOST)
    connection.execute(delete(r).where(r.c.ended_at.is_not(None), r.c.id.not_in(kept)))


def _last_report(connection: Connection) -> int:
    """The newest report that was ever accepted."""
    newest, digested = _NEWEST_REPORT.value(connection), _CURSOR.value(connection)
    return max(int(newest or 0), int(digested))


def _runs(rows: Iterable[Any]) -> Iterator[Run]:
    return (Run(**row._mapping) for row in rows)


def _bounded(text: str) -> str:
    """As SQLite can store it: a name of a file may have bytes that are no text."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")[:LONGEST_TEXT]


_NEWEST_REPORT = Prepared(select(func.max(reports.c.id)))
_CURSOR = Prepared(select(state.c.digested_through))
_UNSETTLED = Prepared(
    select(r.c.last_report)
    .where(and_(r.c.last_event.is_(None), r.c.ended_at.is_not(None)))
    .order_by(r.c.last_report)
    .limit(1)
)
_BEFORE = Prepared(
    select(r.c.id)
    .where(
        r.c.project == bindparam("project"), r.c.command == bindparam("command"), r.c.id < bindparam("run")
    )
    .order_by(r.c.id.desc())
    .limit(1)
)
