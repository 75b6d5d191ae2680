"""The runs that the window lists, with how many events came in each.

What ended is counted once, by the engine. Of what runs, the events that came since the last reading are
looked at, so many at most: what is read with each commit must not take longer in a larger store.
"""

from msgspec import Struct
from sqlalchemy import Connection, func, select

from app.run_ending import RunState, state, words
from app.store.inbox.indexes import run_events
from app.store.inbox.indexes.run_events import RunCount
from app.store.inbox.lists import events
from app.store.places import runs
from app.store.places.runs import IsAlive, Run
from app.store.prepared import Prepared
from app.store.schema import runs as r

# In the sidebar; beside them those that run, and in all no more than so many.
NEWEST, MOST_LISTED = 3, 5
# Of each run, 1 µs an event.
LOOKED_AT = 1_000


class ListedRun(Struct, frozen=True, kw_only=True):
    """A run as people see it. `errors` is above `run_events.MOST_COUNTED` for more than that.

    `before` is the run before, of the same command and project. Times in microseconds since 1970.
    """

    id: int
    command: str
    project: str
    cwd: str
    state: RunState
    words: str
    exit_code: int | None
    signal: str | None
    started_at: int
    ended_at: int | None
    errors: int
    before: int | None


class ListedRuns(Struct, frozen=True):
    """Runs, the newest first, and how many there are besides. `is_behind`: not everything is counted yet."""

    runs: tuple[ListedRun, ...] = ()
    more: int = 0
    is_behind: bool = False


class RunNumbers:
    """Reads them, one reading at a time; remembers how far it has counted."""

    def __init__(self, is_alive: IsAlive) -> None:
        self._is_alive = is_alive
        self._counts: dict[int, RunCount] = {}

    def newest(self, connection: Connection) -> ListedRuns:
        """The newest runs, and those that have not ended."""
        many = int(_MANY.value(connection))
        if not many:
            return ListedRuns()
        found = {run.id: run for run in runs.listed(connection, NEWEST)}
        found |= {run.id: run for run in runs.running(connection)[-MOST_LISTED:]}
        chosen = sorted(found.values(), key=lambda run: run.id, reverse=True)[:MOST_LISTED]
        return self._listed(connection, chosen, many - len(chosen))

    def all(self, connection: Connection) -> ListedRuns:
        """All that are remembered."""
        return self._listed(connection, runs.listed(connection), 0)

    def one(self, connection: Connection, number: int) -> ListedRun | None:
        """One run; None when it is forgotten."""
        run = runs.get(connection, number)
        return None if run is None else self._listed(connection, [run], 0).runs[0]

    def _listed(self, connection: Connection, found: list[Run], more: int) -> ListedRuns:
        last = events.last(connection)
        listed = tuple(self._one(connection, run) for run in found)
        open_ones = {run.id for run in found if run.errors is None}
        # Forget those that were counted for good.
        self._counts = {number: count for number, count in self._counts.items() if number in open_ones}
        is_behind = any(
            count.through < last and count.errors <= run_events.MOST_COUNTED
            for count in self._counts.values()
        )
        return ListedRuns(listed, more, is_behind)

    def _one(self, connection: Connection, run: Run) -> ListedRun:
        errors = run.errors
        if errors is None:
            known = self._counts.get(run.id, RunCount())
            known = self._counts[run.id] = run_events.count_on(connection, run.id, known, LOOKED_AT)
            errors = known.errors
        is_over = not run.is_running or not self._is_alive(run)
        return ListedRun(
            id=run.id,
            command=run.command,
            project=run.project,
            cwd=run.cwd,
            state=state(is_over=is_over, exit_code=run.exit_code, signal=run.signal),
            words=words(is_over=is_over, exit_code=run.exit_code, signal=run.signal),
            exit_code=run.exit_code,
            signal=run.signal,
            started_at=run.started_at,
            ended_at=run.ended_at,
            errors=errors,
            before=runs.before(connection, run),
        )


_MANY = Prepared(select(func.count()).select_from(r))
